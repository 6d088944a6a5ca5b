"""The signed letter: photos, one after the other or as an album, become one PDF; a PDF is taken as it is; anything
else gets a clear answer and leaves nothing behind."""

import io
from pathlib import Path
from typing import Any

from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.chat import PNG, Chat, World, world_in
from tests.owner import Owner, load
from tests.test_scenarios import keeps_to_transcript

K7 = "• Surat Pernyataan belum di upload"
SHADES = (20, 90, 160, 230)


def photo(shade: int) -> bytes:
    """A page that can be told from others by its grey."""
    file = io.BytesIO()
    Image.new("L", (300, 400), shade).save(file, "JPEG")
    return file.getvalue()


def shades(pdf: bytes) -> list[int]:
    """The grey of each page, in order."""
    found: list[int] = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        image = page.images[0].image
        assert image
        grey = image.convert("L").getpixel((150, 200))
        assert isinstance(grey, int)
        found.append(min(SHADES, key=lambda shade: abs(shade - grey)))
    return found


def paper(pages: int = 1) -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(file)
    return file.getvalue()


async def at_the_scan(world: World) -> Chat:
    chat = Chat(world, 1001, "Bu Siti")
    await chat.says("/mulai")
    await Owner(chat, load("tempe")).fills_in(until="Cetak Surat Pernyataan dari SIINas, tanda tangani")
    chat.lines = []
    return chat


async def taken_home(chat: Chat) -> list[int]:
    """The pages of the one PDF, as the owner gets it for SIINas."""
    await chat.says("/pindaian")
    return shades(chat.document(".pdf"))


def kept(world: World) -> list[str]:
    return sorted(path.name for path in (world.folder / "files").glob("*"))


def question(chat: Chat) -> dict[str, Any]:
    """The newest message with a button to change the last answer."""
    return next(m for m in reversed(chat.history) if m["from_bot"] and "Ubah jawaban tadi" in chat.buttons(m))


async def test_what_is_no_scan_is_answered_and_not_kept(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await at_the_scan(world)
        assert "Yang bisa saya terima hanya foto (JPG, PNG) atau PDF" in await chat.sends(
            b"halo, ini surat saya", "surat.jpg"
        )
        assert "Berkas itu kosong" in await chat.sends(b"", "surat.pdf")
        assert "rusak" in await chat.sends(PNG[:40], "surat.png")
        assert "kirim foto atau PDF" in await chat.says("sudah saya tanda tangani")
        assert not kept(world)
        assert K7 in await chat.says("/periksa")


async def test_pages_sent_one_after_the_other_and_later_become_one_pdf_for_siinas(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await at_the_scan(world)
        await chat.sends(photo(20))
        told = await chat.sends(photo(90))
        assert "dari 1 halaman menjadi 2 halaman" in told
        assert "Masih ada halaman lain?" in told
        assert "Surat Anda: 2 halaman" in await chat.taps("Semua sudah")
        picture = next(m for m in reversed(chat.history) if m["from_bot"] and "photo" in m)
        small = Image.open(io.BytesIO(world.telegram.file(picture["photo"][-1]["file_id"])))
        assert small.getpixel((300, 300)) != small.getpixel((900, 300))  # two pages, side by side
        await chat.taps("Ambil PDF untuk diunggah", picture)
        assert shades(chat.document(".pdf")) == [20, 90]

        asked = await chat.sends(photo(160))
        assert "Surat yang tersimpan ada 2 halaman. Yang baru Anda kirim 1 halaman. Mau diapakan?" in asked
        assert await taken_home(chat) == [20, 90]
        assert K7 not in await chat.says("/periksa")
        await chat.taps("Tambahkan ke surat")
        assert await taken_home(chat) == [20, 90, 160]
        await chat.taps("Semua sudah")
        await chat.sends(photo(230))
        assert "tetap 3 halaman" in await chat.taps("Buang yang baru ini")
        assert len(kept(world)) == 3
        await chat.sends(photo(230))
        await chat.says("ganti")
        assert await taken_home(chat) == [230]
        assert len(kept(world)) == 1
        keeps_to_transcript(chat, "surat_beberapa_halaman")


async def test_an_album_is_in_the_order_it_was_sent_in_however_it_arrives(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await at_the_scan(world)
        album = [world.telegram.sends_photo(1001, photo(shade), media_group_id="7") for shade in SHADES]
        fresh = await world.telegram.updates.fetch(world._offset, 100, 0)
        assert [raw["message"]["message_id"] for raw in fresh] == [message["message_id"] for message in album]
        for raw in reversed(fresh):
            world.telegram.updates.push({**raw, "update_id": 2 * 10**9 - raw["update_id"]})
        world._offset = fresh[-1]["update_id"] + 1
        await world.settle()
        assert "4 halaman" in chat.text
        assert await taken_home(chat) == list(SHADES)


async def test_a_pdf_is_kept_under_our_own_name_replaces_photos_and_is_joined_with_none(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await at_the_scan(world)
        await chat.sends(photo(20))
        told = await chat.sends(paper(3), "../../surat bu siti.pdf")
        assert "PDF, 3 halaman" in told
        assert "menggantikan foto-foto tadi" in told
        (first,) = kept(world)
        assert "siti" not in first
        assert K7 not in await chat.says("/periksa")
        asked = await chat.sends(photo(90))
        assert "Surat yang tersimpan ada 3 halaman" in asked
        assert "Tambahkan ke surat" not in chat.buttons()
        await chat.taps("Ganti surat yang lama")
        assert await taken_home(chat) == [90]
        (second,) = kept(world)
        assert second != first


async def test_a_letter_has_thirty_pages_at_most(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await at_the_scan(world)
        for _ in range(31):
            world.telegram.sends_photo(1001, PNG)
        await world.settle()
        assert "Paling banyak 30 halaman" in chat.text
        assert len(kept(world)) == 30
