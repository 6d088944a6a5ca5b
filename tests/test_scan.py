"""Bu Sari photographs her signed letter and gets one upright PDF; what only looks like a letter does no harm."""

import asyncio
import json
import os
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from signal import SIGSEGV, SIGXCPU
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from bot import scan
from bot.scan import Scan, Trouble, made
from conversations.answers import MOST_PAGES
from storage.file_content import LARGEST, kind_of
from tests.test_files import AN_ARCHIVE, pdf, png

MORE = ("a file", "a program", "a program that starts", "a program to touch")
A4, RED, BLUE = (595, 842), (220, 20, 20), (20, 20, 220)
WHAT_IT_SAYS = """
import asyncio, json, pathlib, resource, sys, bot.scan as scan
found = {file.name: asyncio.run(scan.made([file.read_bytes()])) for file in pathlib.Path(sys.argv[1]).iterdir()}
seen = {name: getattr(told, "name", None) or told.pages for name, told in found.items()}
print(json.dumps([seen, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024]))
"""
ITS_LIMITS = """
import resource as r, bot.scan_inspect as program
kinds = r.RLIMIT_FSIZE, r.RLIMIT_NPROC, r.RLIMIT_CORE, r.RLIMIT_CPU, r.RLIMIT_AS
program.answer = lambda _: ({"limits": [r.getrlimit(kind)[0] for kind in kinds]}, b"")
program.main()
"""


def by_itself(program: str, *args: str) -> Any:
    """What a new process tells; a child of this one would start with the highest memory that this one ever had."""
    command = [sys.executable, "-c", program, *args]
    return json.loads(subprocess.run(command, cwd=scan._PROJECT, stdout=subprocess.PIPE, check=True).stdout)  # noqa: S603


def photo(held: int = 1, kind: str = "JPEG", size: tuple[int, int] = (300, 400)) -> bytes:
    """A page, red above and blue below, as a camera held that way (EXIF orientation) keeps it."""
    page = Image.new("RGB", size, BLUE)
    page.paste(RED, (0, 0, size[0], size[1] // 2))
    notes, file = Image.Exif(), BytesIO()
    notes[0x0112] = held
    page.rotate({1: 0, 3: 180, 6: 90, 8: 270}[held], expand=True).save(file, kind, exif=notes)
    return file.getvalue()


def picture(mode: str, colour: int | tuple[int, ...], kind: str = "PNG", **options: bool) -> bytes:
    file = BytesIO()
    Image.new(mode, (300, 400), colour).save(file, kind, **options)
    return file.getvalue()


def pages(count: int = 1, carrying: str = "", content: bytes = b"") -> bytes:
    writer, file, stream = PdfWriter(), BytesIO(), StreamObject()
    for _ in range(count):
        page = writer.add_blank_page(*A4)
    stream.set_data(content)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)
    launch = DictionaryObject({NameObject("/S"): NameObject("/Launch")})
    match carrying:
        case "a password":
            writer.encrypt("sari", algorithm="RC4-128")
        case "a file":
            writer.add_attachment("program.exe", b"MZ")
        case "a program":
            writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): launch})
        case "a program that starts":
            writer.root_object[NameObject("/OpenAction")] = launch
        case "a program to touch":
            writer.add_annotation(0, DictionaryObject({NameObject("/A"): launch}))
    writer.write(file)
    return file.getvalue()


def bombs() -> dict[str, tuple[bytes, str | int]]:
    """Files below 1 MB, hundreds of MB when unpacked, and what is said to them."""
    packed = zlib.compress(bytes(250_000_000), 9)
    stream = b"/Filter/FlateDecode/Length %d>>stream\n%b\nendstream\nendobj\n" % (len(packed), packed)
    table = b"%PDF-1.5\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R" + stream + b"startxref\n9\n%%EOF\n"
    head, body, end = png(20_000, 20_000)[:33], b"IDAT" + packed, png()[-12:]
    square = head + len(packed).to_bytes(4) + body + zlib.crc32(body).to_bytes(4) + end
    gradual = picture("RGB", RED, kind="JPEG", progressive=True)
    return {
        "20000x20000.png": (square, "TOO_HEAVY"),
        "claims-12000x9000.jpg": (gradual.replace(b"\x01\x90\x01\x2c", b"\x23\x28\x2e\xe0", 1), "TOO_HEAVY"),
        "its-table.pdf": (table, "TOO_HEAVY"),
        "its-page-is-never-unpacked.pdf": (pages(content=packed), 1),
        "fine.jpg": (photo(size=(3000, 4000)), 1),
    }


async def scanned(*parts: bytes) -> tuple[Scan, list[Image.Image]]:
    found = await made(parts)
    assert isinstance(found, Scan)
    assert kind_of(found.pdf) == "pdf"
    assert len(found.preview or b"") < 200_000
    drawn = [page.images[0].image or pytest.fail("no picture") for page in PdfReader(BytesIO(found.pdf)).pages]
    assert found.pages == len(drawn) == len(parts)
    return found, drawn


def near(page: Image.Image, across: int, down: int, colour: tuple[int, ...]) -> bool:
    pixel = page.convert("RGB").getpixel((across, down))
    return isinstance(pixel, tuple) and all(abs(a - b) < 12 for a, b in zip(pixel, colour, strict=True))


def is_upright(page: Image.Image) -> bool:
    middle, part = page.width // 2, page.height // 4
    return near(page, middle, part, RED) and near(page, middle, 3 * part, BLUE)


async def test_photos_however_the_phone_was_held_become_one_upright_pdf_of_a4_pages() -> None:
    found, upright = await scanned(*map(photo, [6, 8, 3, 1]), photo(6, "PNG"), photo(8, size=(400, 300)))
    assert [page.size for page in upright] == [(300, 400)] * 5 + [(400, 300)]
    assert all(is_upright(page) for page in upright)
    paper = [(page.mediabox.width, page.mediabox.height) for page in PdfReader(BytesIO(found.pdf)).pages]
    assert paper == [A4] * 5 + [A4[::-1]]


async def test_the_pages_keep_the_order_they_were_sent_in_and_are_shown_back_small() -> None:
    colours = [(200, 30, 30), (30, 200, 30), (30, 30, 200)]
    found, drawn = await scanned(*(picture("RGB", colour) for colour in colours))
    assert all(near(page, 9, 9, colour) for page, colour in zip(drawn, colours, strict=True))
    board, places = Image.open(BytesIO(found.preview or b"")), [(300, 300), (900, 300), (300, 900)]
    assert all(near(board, *place, colour) for place, colour in zip(places, colours, strict=True))


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (picture("RGBA", (200, 0, 0, 0)), (255, 255, 255)),
        (picture("LA", (0, 0)), (255, 255, 255)),
        (picture("P", 0), (0, 0, 0)),
        (picture("1", 1), (255, 255, 255)),
        (picture("L", 90), (90, 90, 90)),
        (picture("I;16", 0x8000), (128, 128, 128)),
        (picture("CMYK", (0, 255, 255, 0), kind="JPEG"), (255, 0, 0)),
    ],
)
async def test_every_kind_of_picture_becomes_paper_and_ink(data: bytes, colour: tuple[int, ...]) -> None:
    _, (page,) = await scanned(data)
    assert near(page, 150, 200, colour)


async def test_the_photo_of_a_large_camera_is_kept_readable_and_no_larger() -> None:
    _, (page,) = await scanned(photo(size=(4500, 6000)))
    assert 1900 <= page.height <= 2200
    assert is_upright(page)


async def test_thirty_pages_of_the_worst_photos_stay_below_20_mb() -> None:
    file = BytesIO()
    Image.frombytes("L", (900, 1250), os.urandom(900 * 1250)).save(file, "JPEG", quality=90)
    found, _ = await scanned(*([file.getvalue()] * MOST_PAGES))
    assert LARGEST // 4 < len(found.pdf) <= LARGEST


@pytest.mark.parametrize("data", [pdf(), pages(MOST_PAGES)], ids=["one page", "as many as may be"])
async def test_a_pdf_passes_byte_for_byte(data: bytes) -> None:
    assert await made([data]) == Scan(data, len(PdfReader(BytesIO(data)).pages), None)


@pytest.mark.parametrize(
    ("parts", "trouble"),
    [
        ([], Trouble.EMPTY),
        ([photo(), b""], Trouble.EMPTY),
        ([photo() + bytes(LARGEST)], Trouble.TOO_LARGE),
        ([b"Ini surat saya, namanya saja surat.jpg"], Trouble.OTHER_TYPE),
        ([pdf() + AN_ARCHIVE], Trouble.OTHER_TYPE),
        ([b"<html><script>alert(1)</script>" + pdf()], Trouble.OTHER_TYPE),
        ([photo() + b"<script>alert(1)</script>"], Trouble.OTHER_TYPE),
        ([b"%PDF-1.7\n<html><script>alert(1)</script></html>\n%%EOF"], Trouble.BROKEN),
        ([photo()[:-200]], Trouble.BROKEN),
        ([photo(), photo()[:300] + b"\xff\xd9"], Trouble.BROKEN),
        ([pages().replace(b"/Kids", b"/Cats")], Trouble.BROKEN),
        ([photo(), pdf()], Trouble.MIXED),
        ([pdf(), photo()], Trouble.MIXED),
        ([pages(carrying="a password")], Trouble.PASSWORD),
        ([pages(MOST_PAGES + 1)], Trouble.TOO_MANY_PAGES),
        ([photo()] * (MOST_PAGES + 1), Trouble.TOO_MANY_PAGES),
        *(([pages(carrying=what)], Trouble.CARRIES_MORE) for what in MORE),
    ],
)
async def test_anything_else_is_refused_with_the_reason(parts: list[bytes], trouble: Trouble) -> None:
    assert await made(parts) is trouble


def test_what_unpacks_to_hundreds_of_megabytes_never_takes_the_memory_of_the_machine(tmp_path: Path) -> None:
    for name, (data, _) in (files := bombs()).items():
        assert len(data) < 1_000_000
        (tmp_path / name).write_bytes(data)
    seen, memory = by_itself(WHAT_IT_SAYS, str(tmp_path))
    assert seen == {name: told for name, (_, told) in files.items()}
    assert memory < 200_000_000


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(scan, "_PROJECT", tmp_path)
    (tmp_path / "bot").mkdir()
    return tmp_path / "bot" / "scan_inspect.py"


async def test_who_takes_too_long_is_ended_and_told(monkeypatch: pytest.MonkeyPatch, instead: Path) -> None:
    instead.write_text("import signal; signal.pause()")
    monkeypatch.setattr(scan, "_SECONDS", 0)
    async with asyncio.timeout(20):  # it waits for the end of the process, which comes only by ending it
        assert await made([photo()]) is Trouble.TOO_SLOW


@pytest.mark.parametrize(("signal", "trouble"), [(SIGXCPU, Trouble.TOO_SLOW), (SIGSEGV, Trouble.BROKEN)])
async def test_a_file_that_ends_the_process_is_told_why(signal: int, trouble: Trouble, instead: Path) -> None:
    instead.write_text(f"import os; os.kill(os.getpid(), {int(signal)})")
    assert await made([photo()]) is trouble


async def test_the_inspecting_process_is_told_no_secret(monkeypatch: pytest.MonkeyPatch, instead: Path) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "kept-from-it")
    instead.write_text(
        """import os; print('{"trouble": "%s"}' % ("EMPTY", "BROKEN")["TELEGRAM_BOT_TOKEN" in os.environ])"""
    )
    assert await made([photo()]) is Trouble.EMPTY


async def test_a_process_that_does_not_work_is_our_mistake_and_says_what_to_do(instead: Path) -> None:
    instead.write_text("import nothing_of_that_name")
    with pytest.raises(RuntimeError, match=r"bot\.scan_inspect"):
        await made([photo()])


def test_the_inspecting_process_has_given_up_its_rights_before_it_reads() -> None:
    *limits, memory = by_itself(ITS_LIMITS)["limits"]
    assert limits == [0, 0, 0, 8]
    assert 0 < memory < 300_000_000  # of addresses: what is real of them is measured above


async def test_many_people_at_once_all_get_their_scan() -> None:
    await asyncio.gather(*(scanned(photo()) for _ in range(6)))
