"""Bu Sari photographs her signed letter and gets one upright PDF; what only looks like a letter is told apart safely."""

import asyncio
import json
import os
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from bot import scan
from bot.scan import MOST_PAGES, Scan, Trouble, made
from storage.file_content import LARGEST, kind_of
from tests.test_files import AN_ARCHIVE, pdf, png

A4 = (595, 842)
RED, BLUE = (220, 20, 20), (20, 20, 220)
MEMORY = 200_000_000
SEEN_ONLY_BY_ITSELF = """
import asyncio, json, pathlib, resource, sys
from bot.scan import made
seen = {}
for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    found = asyncio.run(made([file.read_bytes()]))
    seen[file.name] = getattr(found, "name", None) or found.pages
print(json.dumps([seen, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024]))
"""


def photo(kind: str = "JPEG", held: int = 1, size: tuple[int, int] = (300, 400)) -> bytes:
    """A page, red above and blue below, as a camera held that way (EXIF orientation) keeps it."""
    page = Image.new("RGB", size, BLUE)
    page.paste(RED, (0, 0, size[0], size[1] // 2))
    as_kept = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[
        held
    ]
    notes, file = Image.Exif(), BytesIO()
    notes[0x0112] = held
    (page if as_kept is None else page.transpose(as_kept)).save(file, kind, exif=notes)
    return file.getvalue()


def picture(mode: str, colour: int | tuple[int, ...], size: tuple[int, int] = (300, 400), kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new(mode, size, colour).save(file, kind)
    return file.getvalue()


def pages(count: int = 1, password: str = "", content: bytes = b"") -> bytes:
    writer, file = PdfWriter(), BytesIO()
    for _ in range(count):
        page = writer.add_blank_page(*A4)
    if content:
        stream = StreamObject()
        stream.set_data(content)
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(file)
    return file.getvalue()


def starts(action: dict[str, str], *, on_a_page: bool) -> bytes:
    """A PDF that does something when it is opened or touched."""
    writer, file = PdfWriter(), BytesIO()
    page = writer.add_blank_page(*A4)
    done = DictionaryObject({NameObject("/S"): NameObject(action["S"]), NameObject("/F"): TextStringObject("x")})
    if on_a_page:
        writer.add_annotation(
            page, DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): done})
        )
    else:
        writer.root_object[NameObject("/OpenAction")] = done
    writer.write(file)
    return file.getvalue()


def with_a_file_inside() -> bytes:
    writer, file = PdfWriter(pages_of := BytesIO(pages())), BytesIO()
    writer.add_attachment("program.exe", b"MZ")
    writer.write(file)
    pages_of.close()
    return file.getvalue()


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(megabytes)) + packer.flush()


def its_table_is_a_bomb() -> bytes:
    """A PDF whose list of objects must be unpacked to find the pages, and unpacks to 400 MB."""
    packed = bomb(400)
    table = b"1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return b"%PDF-1.5\n" + table + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


def drawn(found: Scan | Trouble) -> list[Image.Image]:
    assert isinstance(found, Scan)
    assert kind_of(found.pdf) == "pdf"
    return [page.images[0].image or pytest.fail("no picture") for page in PdfReader(BytesIO(found.pdf)).pages]


def near(pixel: object, colour: tuple[int, ...]) -> bool:
    return isinstance(pixel, tuple) and all(abs(a - b) < 12 for a, b in zip(pixel, colour, strict=True))


def is_upright(page: Image.Image) -> bool:
    across, down = page.size
    return near(page.getpixel((across // 2, down // 4)), RED) and near(
        page.getpixel((across // 2, down * 3 // 4)), BLUE
    )


async def test_photos_however_the_phone_was_held_become_one_upright_pdf_of_a4_pages() -> None:
    found = await made([photo(held=6), photo(held=8), photo(held=3), photo("PNG", held=6), photo()])
    upright = drawn(found)
    assert isinstance(found, Scan)
    assert found.pages == len(upright) == 5
    assert [page.size for page in upright] == [(300, 400)] * 5
    assert all(is_upright(page) for page in upright)
    assert {(page.mediabox.width, page.mediabox.height) for page in PdfReader(BytesIO(found.pdf)).pages} == {A4}


async def test_the_pages_keep_the_order_they_were_sent_in_and_are_shown_back_small() -> None:
    colours = [(200, 30, 30), (30, 200, 30), (30, 30, 200)]
    found = await made([picture("RGB", colour) for colour in colours])
    assert all(near(page.getpixel((9, 9)), colour) for page, colour in zip(drawn(found), colours, strict=True))
    assert isinstance(found, Scan)
    assert found.preview is not None
    assert len(found.preview) < 200_000
    board = Image.open(BytesIO(found.preview))
    first, second, third = (300, 300), (900, 300), (300, 900)
    assert all(near(board.getpixel(at), colour) for at, colour in zip((first, second, third), colours, strict=True))


async def test_a_photo_lying_across_gets_a_page_lying_across() -> None:
    found = await made([picture("RGB", RED, (400, 300), "JPEG")])
    assert isinstance(found, Scan)
    page = PdfReader(BytesIO(found.pdf)).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == A4[::-1]


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (picture("RGBA", (200, 0, 0, 0)), (255, 255, 255)),
        (picture("LA", (0, 0)), (255, 255, 255)),
        (picture("P", 0), (0, 0, 0)),
        (picture("1", 1), 255),
        (picture("L", 90), 90),
        (picture("I;16", 0x8000), 128),
        (picture("CMYK", (0, 255, 255, 0), kind="JPEG"), (255, 0, 0)),
    ],
    ids=["transparent", "transparent grey", "palette", "black and white", "grey", "16 bits", "print colours"],
)
async def test_every_kind_of_picture_becomes_paper_and_ink(data: bytes, colour: int | tuple[int, ...]) -> None:
    (page,) = drawn(await made([data]))
    pixel = page.getpixel((150, 200))
    assert abs(pixel - colour) < 3 if isinstance(colour, int) and isinstance(pixel, int) else near(pixel, colour)  # type: ignore[arg-type] # near compares colours only


async def test_the_photo_of_a_large_camera_is_kept_readable_and_no_larger() -> None:
    (page,) = drawn(await made([photo(size=(6000, 8000))]))
    assert 1900 <= page.height <= 2200
    assert is_upright(page)


async def test_thirty_pages_of_the_worst_photos_stay_below_20_mb() -> None:
    file = BytesIO()
    Image.frombytes("L", (1400, 1900), os.urandom(1400 * 1900)).save(file, "JPEG", quality=90)
    found = await made([file.getvalue()] * MOST_PAGES)
    assert isinstance(found, Scan)
    assert found.pages == MOST_PAGES
    assert LARGEST // 4 < len(found.pdf) <= LARGEST
    assert found.preview is not None
    assert len(found.preview) < 200_000


@pytest.mark.parametrize("data", [pdf(), pages(MOST_PAGES)], ids=["one page", "as many as may be"])
async def test_a_pdf_passes_byte_for_byte(data: bytes) -> None:
    found = await made([data])
    assert found == Scan(data, len(PdfReader(BytesIO(data)).pages), None)


@pytest.mark.parametrize(
    ("parts", "trouble"),
    [
        ([], Trouble.EMPTY),
        ([b""], Trouble.EMPTY),
        ([photo(), b""], Trouble.EMPTY),
        ([photo() + bytes(LARGEST)], Trouble.TOO_LARGE),
        ([b"Ini surat saya, namanya saja surat.jpg"], Trouble.OTHER_TYPE),
        ([pdf() + AN_ARCHIVE], Trouble.OTHER_TYPE),
        ([b"<html><script>alert(1)</script>" + pdf()], Trouble.OTHER_TYPE),
        ([photo() + b"<script>alert(1)</script>"], Trouble.OTHER_TYPE),
        ([b"%PDF-1.7\n<html><script>alert(1)</script></html>\n%%EOF"], Trouble.BROKEN),
        ([photo()[:-200]], Trouble.BROKEN),
        ([photo(), photo()[:300] + b"\xff\xd9"], Trouble.BROKEN),
        ([png(width=5000, height=5000)], Trouble.BROKEN),
        ([pages().replace(b"/Kids", b"/Cats")], Trouble.BROKEN),
        ([photo(), pdf()], Trouble.MIXED),
        ([pdf(), pdf()], Trouble.MIXED),
        ([pages(password="sari")], Trouble.PASSWORD),  # noqa: S106 - made up here
        ([pages(MOST_PAGES + 1)], Trouble.TOO_MANY_PAGES),
        ([photo()] * (MOST_PAGES + 1), Trouble.TOO_MANY_PAGES),
        ([starts({"S": "/JavaScript"}, on_a_page=False)], Trouble.CARRIES_MORE),
        ([starts({"S": "/Launch"}, on_a_page=True)], Trouble.CARRIES_MORE),
        ([with_a_file_inside()], Trouble.CARRIES_MORE),
    ],
)
async def test_anything_else_is_refused_with_the_reason(parts: list[bytes], trouble: Trouble) -> None:
    assert await made(parts) is trouble


def test_what_unpacks_to_hundreds_of_megabytes_never_takes_the_memory_of_the_machine(tmp_path: Path) -> None:
    rgba = picture("RGBA", (0, 0, 0, 9), (4200, 4200))
    files = {
        "20000x20000.png": (picture("1", 0, (20_000, 20_000)), "TOO_HEAVY"),
        "4200x4200-transparent.png": (rgba, "TOO_HEAVY"),
        "25000x1-claimed.jpg": (photo().replace(b"\x01\x90\x01\x2c", b"\xff\xf0\xff\xf0", 1), "TOO_HEAVY"),
        "its-table.pdf": (its_table_is_a_bomb(), "TOO_HEAVY"),
        "never-unpacked-page.pdf": (pages(content=bomb(400)), 1),
        "fine.jpg": (photo(size=(3000, 4000)), 1),
    }
    for name, (data, _) in files.items():
        assert len(data) < 1_000_000
        (tmp_path / name).write_bytes(data)
    # A process of its own: a child inherits the highest memory of the one that starts it.
    ran = subprocess.run([sys.executable, "-c", SEEN_ONLY_BY_ITSELF, tmp_path], capture_output=True, check=True)  # noqa: S603
    seen, memory = json.loads(ran.stdout)
    assert seen == {name: told for name, (_, told) in files.items()}
    assert memory < MEMORY


async def test_who_takes_too_long_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    start = asyncio.create_subprocess_exec

    async def noted(*args: str, **options: object) -> asyncio.subprocess.Process:
        started.append(await start(*args, **options))  # type: ignore[arg-type] # passed on as they came
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    monkeypatch.setattr(scan, "_SECONDS", 0)
    assert await made([photo()]) is Trouble.TOO_SLOW
    assert started[0].returncode is not None


async def test_the_inspecting_process_knows_no_secret_and_cannot_lift_its_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "kept-from-it")
    program = """
import os, resource as r
from bot.scan_inspect import limit
limit()
print(dict(os.environ), [r.getrlimit(k) for k in (r.RLIMIT_FSIZE, r.RLIMIT_CORE, r.RLIMIT_NPROC, r.RLIMIT_CPU)])
try:
    bytearray(300_000_000)
except MemoryError:
    print("no memory")
"""
    start = asyncio.create_subprocess_exec
    told = []

    async def asked(*args: str, **options: object) -> asyncio.subprocess.Process:
        process = await start(args[0], "-c", program, **options)  # type: ignore[arg-type] # passed on as they came
        told.append((await process.communicate())[0].decode())
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", asked)
    with pytest.raises(json.JSONDecodeError):
        await made([photo()])
    assert "kept-from-it" not in told[0]
    assert "[(0, 0), (0, 0), (0, 0), (8, 9)]" in told[0]
    assert "no memory" in told[0]


async def test_a_process_that_does_not_work_is_our_mistake_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(scan, "_PROJECT", tmp_path)
    with pytest.raises(RuntimeError, match=r"bot\.scan_inspect"):
        await made([photo()])


async def test_many_people_at_once_all_get_their_scan() -> None:
    found = await asyncio.gather(*(made([photo()]) for _ in range(6)))
    assert all(isinstance(each, Scan) for each in found)
