"""From filled to sent: the owner copies page by page, sends in SIINas, gets it back, mends it, sends it again."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import col

from storage.database import connect
from storage.tables import Answer, Person, Receipt, Report, StoredFile
from tests.chat import PNG, Chat, World, world_in
from tests.owner import Owner, load, report_of
from tests.test_scenarios import keeps_to_transcript

PAGES = 12


async def filled(world: World, scenario: str = "tempe") -> Chat:
    chat = Chat(world, 1001, "Bu Siti")
    await chat.says("/mulai")
    await Owner(chat, load(scenario)).fills_in()
    chat.lines = []
    return chat


def copies(chat: Chat) -> dict[str, str]:
    """What the copy buttons below the last message put on the clipboard."""
    rows = chat.last["reply_markup"]["inline_keyboard"]
    return {b["text"].removeprefix("Salin "): b["copy_text"]["text"] for row in rows for b in row if "copy_text" in b}


async def copies_all(chat: Chat) -> list[str]:
    """Copy every card up to the one for sending; gives their texts."""
    seen = [await chat.says("/salin")]
    while "Halaman 12 dari 12" not in chat.text:
        seen.append(await chat.taps("✓ Sudah disalin"))
    return seen


async def test_every_page_is_copied_in_the_order_of_siinas_sent_returned_mended_and_sent_again(
    tmp_path: Path,
) -> None:
    async with world_in(tmp_path) as world:
        chat = await filled(world)
        first = await chat.says("/salin")
        assert "Halaman 1 dari 12" in first
        assert copies(chat)["Nilai Mesin"] == "18500000"
        assert "Apakah Perusahaan Menggunakan Jasa Maklon?: pilih Tidak" in first
        seen = await copies_all(chat)
        order = ["Data Umum", "Data Khusus", "Investasi", "Tenaga Kerja", "Bahan Baku — Kedelai", "Bahan Baku — Ragi tempe",
                 "Bahan Baku — Plastik kemasan", "Air Baku", "Penggunaan Bahan Bakar dan Pelumas",
                 "Kapasitas Produksi — Tempe kedelai", "Produksi — Tempe kedelai",
                 "Mesin/Peralatan Produksi — Mesin pengupas kulit kedelai",
                 "Mesin/Peralatan Produksi — Dandang perebus stainless 100 liter", "Surat Pernyataan",
                 "Kirim Laporan"]  # fmt: skip
        assert [text.split("\n")[1] for text in seen] == order
        assert "surat sudah diunggah, belum terkirim" in await chat.says("/laporan")
        await chat.says("/salin")
        await chat.taps("SIINas menulis Telah Terkirim")
        await chat.taps("Telah Terkirim")
        await chat.says("kemarin")
        await chat.sends(PNG)
        assert "Januari - Juni 2026: Telah Terkirim" in await chat.says("/laporan")
        exported = await chat.data()
        assert exported["pengiriman"] == {"keadaan": "Terkirim", "tanggal": "2026-07-02", "bukti_diunggah": True}
        await chat.says("/salin")
        await chat.taps("Status di SIINas berubah")
        await chat.taps("Dikembalikan")
        await chat.says("Nilai mesin belum termasuk dandang.\nMohon diperbaiki.")
        await chat.taps("Data Umum")
        await chat.taps("☐ Nilai Mesin")
        await chat.taps("Sudah, kembali")
        asked = await chat.taps("Selesai memilih")
        assert "Catatan petugas: Nilai mesin belum termasuk dandang. Mohon diperbaiki." in asked
        assert "Jawaban sekarang: Rp18.500.000" in asked
        assert "Diminta petugas untuk diperbaiki:\n• Data Umum: Nilai Mesin\n• Surat" in await chat.says("/salin")
        await chat.says("19 juta")
        await chat.sends(PNG)
        assert "Semua yang diminta petugas sudah diperbaiki" in await chat.taps("Semua sudah")
        card = await chat.taps("Salin ke SIINas")
        assert "⚠ Nilai Mesin: 19000000" in card
        assert "⚠ Nilai Lainnya" not in card
        assert copies(chat)["Nilai Mesin"] == "19000000"
        assert "Surat Pernyataan" in await chat.taps("✓ Sudah disalin")
        assert "Halaman 12 dari 12" in await chat.taps("✓ Sudah disalin")
        await chat.taps("SIINas menulis Telah Terkirim")
        await chat.taps("Telah Terkirim")
        assert "sudah terkirim di SIINas" in await chat.taps("Hari ini") + await chat.taps("Lewati")
        assert "Januari - Juni 2026: Telah Terkirim" in await chat.says("/laporan")
        keeps_to_transcript(chat, "disalin_dikembalikan_dikirim_lagi")


async def test_nothing_is_called_sent_before_the_owner_says_so(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await filled(world)
        assert "siap disalin ke SIINas, belum terkirim" in await chat.says("/laporan")
        spoken = "\n".join(str(m.get("text", "")) for m in chat.history if m["from_bot"])
        assert "Telah Terkirim" not in spoken.replace("menulis Telah Terkirim", "")
        await copies_all(chat)
        assert "belum terkirim" in await chat.says("/laporan")


async def test_what_is_copied_is_what_is_exported(tmp_path: Path) -> None:
    for name in ("kopi", "konveksi"):
        async with world_in(tmp_path / name) as world:
            chat = await filled(world, name)
            await chat.says("/salin")
            copied: list[str] = []
            while "Halaman 12 dari 12" not in chat.text:
                copied += [text for face, text in sorted(copies(chat).items())]
                await chat.taps("✓ Sudah disalin")
            numbers = sorted(int(text) for text in copied if text.isdecimal() and len(text) > 4)
            assert numbers == sorted(big(report_of(load(name))))


def big(data: object) -> list[int]:
    """Every whole number above 9999 that the owner gave, wherever it stands; KBLI codes are texts of five digits."""
    if isinstance(data, dict):
        skipped = {"periode_sebelumnya", "periode", "maks_per_bulan"}
        return [n for key, value in data.items() if key not in skipped for n in big(value)]
    if isinstance(data, list):
        return [n for value in data for n in big(value)]
    if isinstance(data, str) and data.isdecimal() and len(data) > 4:
        return [int(data)]
    return [data] if isinstance(data, int) and data > 9999 else []


async def test_a_letter_that_no_longer_fits_is_said_so(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await filled(world)
        await chat.says("/surat")
        await chat.edits(chat.mine("19.000.000"), "20 juta")
        assert "Surat yang tadi dibuat sudah tidak cocok" in chat.text


async def test_the_number_of_the_letter_counts_on_from_the_last_one(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await filled(world)
        world.now = datetime(2027, 1, 5, 2, tzinfo=UTC)
        await chat.says("/laporan")
        await chat.taps("Laporan baru")
        await chat.taps("Juli - Desember 2026")
        await chat.taps("Ada produksi")
        await chat.says("/periksa")
        listing = chat.history[-2]
        await chat.taps("Isi: Surat Pernyataan", listing)
        assert "002/SP-SIINAS/TBS/I/2027" in chat.buttons()


async def test_after_hapus_nothing_is_left_but_a_receipt_without_content(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await filled(world)
        assert list((tmp_path / "files").iterdir())
        await chat.says("/hapus")
        gone = await chat.taps("Ya, hapus semuanya")
        assert "Nomor bukti: " in gone
        await world.close()
        engine = connect(world.database_url)
        with engine.begin() as connection:
            counts = [connection.execute(select(func.count()).select_from(table)).scalar_one()
                      for table in (Person, Report, Answer, StoredFile)]  # fmt: skip
            receipt = connection.execute(select(col(Receipt.id))).scalar_one()
        engine.dispose()
        assert counts == [0, 0, 0, 0]
        assert receipt in gone
        assert not list((tmp_path / "files").iterdir())
        for kept in tmp_path.glob("temanlapor.db*"):
            assert b"Siti Aminah" not in kept.read_bytes(), kept.name
        assert "Persiapan · Persetujuan" in await chat.says("/mulai")
