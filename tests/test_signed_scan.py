"""The signed letter: a photo or a PDF is taken, anything else gets a clear answer and leaves nothing behind."""

import io
from pathlib import Path

from pypdf import PdfWriter

from tests.chat import PNG, Chat, World, world_in
from tests.owner import Owner, load

K7 = "• Surat Pernyataan belum di upload"


async def at_the_scan(world: World) -> Chat:
    chat = Chat(world, 1001, "Bu Siti")
    await chat.says("/mulai")
    await Owner(chat, load("tempe")).fills_in(until="Cetak Surat Pernyataan dari SIINas, tanda tangani")
    return chat


async def test_what_is_no_scan_is_answered_and_not_kept(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await at_the_scan(world)
        assert "Yang bisa saya terima hanya foto (JPG, PNG) atau PDF" in await chat.sends(
            b"halo, ini surat saya", "surat.jpg"
        )
        assert "Berkas itu kosong" in await chat.sends(b"", "surat.pdf")
        assert "rusak" in await chat.sends(PNG[:40], "surat.png")
        assert "kirim foto atau PDF" in await chat.says("sudah saya tanda tangani")
        assert not list((tmp_path / "files").glob("*"))
        assert K7 in await chat.says("/periksa")


async def test_a_pdf_is_kept_under_our_own_name_and_a_new_photo_takes_its_place(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await at_the_scan(world)
        writer, paper = PdfWriter(), io.BytesIO()
        writer.add_blank_page(595, 842)
        writer.write(paper)
        assert "Surat bertanda tangan" in await chat.sends(paper.getvalue(), "../../surat bu siti.pdf")
        first = [path.name for path in (tmp_path / "files").iterdir()]
        assert len(first) == 1
        assert "siti" not in first[0]
        assert K7 not in await chat.says("/periksa")
        await chat.taps("Ubah jawaban tadi", next(
            m for m in reversed(chat.history) if m["from_bot"] and "Ubah jawaban tadi" in chat.buttons(m)))  # fmt: skip
        await chat.sends(PNG)
        second = [path.name for path in (tmp_path / "files").iterdir()]
        assert len(second) == 1
        assert second != first
