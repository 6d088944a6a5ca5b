"""Lays inspected photos out: as JPEGs, as the pages of one PDF, as one small picture of all pages. It reads nothing."""

from io import SEEK_END, BytesIO

from PIL import Image

_A4 = (595, 842)  # points
_QUALITIES = (82, 72, 60, 48)
_PREVIEW, _PREVIEW_LARGEST, _GAP = 1200, 200_000, 8


def packed(photo: Image.Image, most: int) -> bytes:
    """The JPEG of a page: as good as fits into `most` bytes, smaller only where the poorest quality does not."""
    while True:
        for quality in _QUALITIES:
            file = BytesIO()
            photo.save(file, "JPEG", quality=quality)
            if file.tell() <= most:
                return file.getvalue()
        photo = photo.resize((photo.width * 3 // 4, photo.height * 3 // 4))


def joined(photos: list[tuple[tuple[int, int], str, bytes]]) -> bytes:
    """A PDF with each (size, mode, JPEG) in the middle of an A4 page that lies or stands as the photo does."""
    kids = " ".join(f"{3 + 3 * at} 0 R" for at in range(len(photos)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(photos)}/Kids[{kids}]>>".encode()]
    for (width, height), mode, jpeg in photos:
        across, up = _A4 if width <= height else _A4[::-1]
        scale = min(across / width, up / height)
        w, h = width * scale, height * scale
        drawn = f"{w:.2f} 0 0 {h:.2f} {(across - w) / 2:.2f} {(up - h) / 2:.2f} cm /P Do".encode()
        number = len(objects) + 1
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across} {up}]/Contents {number + 1} 0 R"
            f"/Resources<</XObject<</P {number + 2} 0 R>>>>>>".encode(),
            _stream("", drawn),
            _stream(
                f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8"
                f"/ColorSpace/Device{'Gray' if mode == 'L' else 'RGB'}/Filter/DCTDecode",
                jpeg,
            ),
        ]
    file, at = BytesIO(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    file.seek(0, SEEK_END)
    for number, content in enumerate(objects, 1):
        at.append(file.tell())
        file.writelines((f"{number} 0 obj\n".encode(), content, b"\nendobj\n"))
    table = "".join(f"{place:010} 00000 n \n" for place in at)
    size, start = len(objects) + 1, file.tell()
    file.write(f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n".encode())
    file.write(f"startxref\n{start}\n%%EOF\n".encode())
    return file.getvalue()


def _stream(entries: str, data: bytes) -> bytes:
    return f"<</Length {len(data)}{entries}>>stream\n".encode() + data + b"\nendstream"


def tile(photo: Image.Image, count: int) -> Image.Image:
    """The page as small as the preview of `count` pages needs it."""
    side = _PREVIEW // _columns(count) - _GAP
    small = photo.copy()
    small.thumbnail((side, side), reducing_gap=2.0)
    return small.convert("RGB")


def _columns(count: int) -> int:
    return next(columns for columns in range(1, count + 1) if columns * columns >= count)


def contact(tiles: list[Image.Image]) -> bytes:
    """All pages on one picture, row by row in their order."""
    columns = _columns(len(tiles))
    cell = _PREVIEW // columns
    board = Image.new("RGB", (columns * cell, -(-len(tiles) // columns) * cell), "gray")
    for at, tile in enumerate(tiles):
        row, column = divmod(at, columns)
        board.paste(tile, (column * cell + (cell - tile.width) // 2, row * cell + (cell - tile.height) // 2))
    return packed(board, _PREVIEW_LARGEST)
