"""The program that reads what strangers send: `python -m bot.scan_inspect`, parts on stdin, the answer on stdout.

It gives itself limits before it reads the first byte, and knows nothing but the parts.
"""

import json
import mmap
import sys
from io import BytesIO
from pathlib import Path
from resource import RLIMIT_AS, RLIMIT_CORE, RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_NPROC, setrlimit
from typing import BinaryIO

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject

from bot.scan import Trouble
from bot.scan_pages import contact, joined, packed, tile
from conversations.answers import MOST_PAGES
from storage.file_content import LARGEST, Refusal, kind_of

_MEMORY = 150_000_000  # beyond what this program takes by itself, of which 40 MB are real
_CPU_SECONDS = (8, 9)  # told to end, and ended
_LIMITS = {RLIMIT_FSIZE: 0, RLIMIT_NOFILE: 16, RLIMIT_NPROC: 0, RLIMIT_CORE: 0}

_PIXELS = 210_000_000  # the largest camera of a phone; a JPEG that large is unpacked at an eighth
_UNPACKED = 108_000_000  # bytes of a progressive JPEG; the rest is for what was sent and what is made
_LONGEST, _SHARP = 2200, 1900  # pixels of a page's long side: at most, and enough where unpacking gets cheaper
_FOR_PHOTOS = LARGEST - 1024 * 1024
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112
_PROGRAMS = {"/Launch", "/JavaScript"}


class Refused(Exception):  # noqa: N818 - no error of ours
    """A part is not taken; `args[0]` is the Trouble."""


def limit() -> None:
    """Take away memory, time, files and children for good."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * mmap.PAGESIZE
    for kind, most in {**_LIMITS, RLIMIT_AS: used + _MEMORY}.items():
        setrlimit(kind, (most, most))
    setrlimit(RLIMIT_CPU, _CPU_SECONDS)


def answer(source: BinaryIO) -> tuple[dict[str, object], bytes]:
    """The line and the content that go back for the parts in `source`."""
    try:
        count, photos, tiles = int.from_bytes(source.read(4)), [], []
        for _ in range(count):
            data, kind = _part(source)
            if kind == "pdf":
                if count > 1:
                    raise Refused(Trouble.MIXED)
                return {"pages": _pages(data), "preview": 0, "page": 0}, b""
            photo = _photo(data, kind)
            tiles.append(tile(photo, count))
            most = _FOR_PHOTOS // count
            jpeg = data if len(data) <= most and _is_page(data, kind) else packed(photo, most)
            photos.append((photo.size, photo.mode, jpeg))
        preview, page = contact(tiles), photos[0][2] if count == 1 else b""
        return {"pages": count, "preview": len(preview), "page": len(page)}, preview + page + joined(photos)
    except Refused as refused:
        trouble = refused.args[0]
    except (MemoryError, LimitReachedError, Image.DecompressionBombError):
        trouble = Trouble.TOO_HEAVY
    except Exception as error:  # the libraries raise anything at hostile bytes; our own mistakes show in the tests
        heavy = isinstance(error.__cause__, (MemoryError, LimitReachedError))
        trouble = Trouble.TOO_HEAVY if heavy else Trouble.BROKEN
    return {"trouble": trouble.name}, b""


def _part(source: BinaryIO) -> tuple[bytes, str]:
    data = source.read(int.from_bytes(source.read(4)))
    kind = kind_of(data)
    if isinstance(kind, Refusal):
        raise Refused(Trouble[kind.name])
    return data, kind


def _pages(data: bytes) -> int:
    """Count the pages of a PDF; no stream of a page is unpacked."""
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        raise Refused(Trouble.PASSWORD)
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise Refused(Trouble.TOO_MANY_PAGES)
    if not pages:
        raise Refused(Trouble.BROKEN)
    root = reader.root_object
    names = root.get("/Names", DictionaryObject()).get_object()
    actions = [
        root.get("/OpenAction"),
        *(note.get_object().get("/A") for page in reader.pages for note in _notes(page)),
    ]
    programs = any(
        isinstance(a := action.get_object(), dict) and a.get("/S") in _PROGRAMS for action in actions if action
    )
    if programs or "/EmbeddedFiles" in names or "/JavaScript" in names:
        raise Refused(Trouble.CARRIES_MORE)
    return pages


def _notes(page: DictionaryObject) -> ArrayObject:
    notes = page.get("/Annots", ArrayObject()).get_object()
    return notes if isinstance(notes, ArrayObject) else ArrayObject()


def _photo(data: bytes, kind: str) -> Image.Image:
    """The picture, upright, grey or RGB, its long side at most `_LONGEST`; what is transparent becomes paper."""
    photo: Image.Image = Image.open(BytesIO(data), formats=[kind.upper()])
    if photo.width * photo.height > _PIXELS:
        raise Refused(Trouble.TOO_HEAVY)
    turn, whole = _UPRIGHT.get(_orientation(photo)), photo.width * photo.height
    share = _SHARP / max(photo.size)
    photo.draft(None, (int(photo.width * share) or 1, int(photo.height * share) or 1))
    if _unpacked(photo, whole) > _UNPACKED:
        raise Refused(Trouble.TOO_HEAVY)
    if photo.has_transparency_data:
        photo = photo.convert("RGBA")
    elif photo.mode == "I;16":
        photo = photo.point(lambda shade: shade * (1 / 256)).convert("L")
    elif photo.mode not in {"L", "RGB", "CMYK"}:
        photo = photo.convert("L" if photo.mode == "1" else "RGB")
    photo.thumbnail((_LONGEST, _LONGEST), Image.Resampling.HAMMING, reducing_gap=None)
    if photo.mode == "RGBA":
        paper = Image.new("RGB", photo.size, "white")
        paper.paste(photo, mask=photo.getchannel("A"))
        photo = paper
    elif photo.mode == "CMYK":
        photo = photo.convert("RGB")
    return photo.transpose(turn) if turn is not None else photo


def _is_page(data: bytes, kind: str) -> bool:
    """Whether a photo is already what `packed` makes of one: packing it once more would only blur it. A camera's
    notes, a turn or other colours stand in segments of their own."""
    if kind != "jpeg":
        return False
    photo = Image.open(BytesIO(data), formats=["JPEG"])
    notes = [name for name, _ in getattr(photo, "applist", ())]
    return max(photo.size) <= _LONGEST and photo.mode in {"L", "RGB"} and notes == ["APP0"]


def _orientation(photo: Image.Image) -> int:
    """How the camera was held; 1, upright, where its note cannot be read."""
    try:
        return int(photo.getexif().get(_ORIENTATION, 1))
    except MemoryError:
        raise
    except Exception:  # a damaged note does not spoil the picture
        return 1


def _unpacked(photo: Image.Image, whole: int) -> int:
    """Bytes that a progressive JPEG takes: all samples of the `whole` at 2, then 4 for a pixel. 0 for any other, which
    ends in a MemoryError by itself where the library for JPEG only says that something is wrong."""
    if not isinstance(photo, JpegImageFile) or "progressive" not in photo.info:
        return 0
    shares = [across * down for _, across, down, _ in photo.layer]
    return 2 * whole * sum(shares) // max(shares) + 4 * photo.width * photo.height


def main() -> None:
    """Limit, read, answer."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = _PIXELS
    Image.preinit()
    limit()
    line, content = answer(sys.stdin.buffer)
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
