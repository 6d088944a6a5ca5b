"""A report that came back: the owner picks what the verifier wants mended, and nothing else is asked again."""

from pathlib import Path
from typing import Any

from tests.chat import PNG, Chat, World, world_in
from tests.owner import Owner, load
from tests.test_scenarios import keeps_to_transcript

NOTE = "Nilai ragi tempe tertukar dengan plastik, dan jumlah mesin pengupas salah."


async def returned(world: World) -> Chat:
    """Bu Siti's report at the question what has to be mended."""
    chat = Chat(world, 1001, "Bu Siti")
    await chat.says("/mulai")
    await Owner(chat, load("tempe")).fills_in()
    await chat.says("/salin")
    while "Halaman 12 dari 12" not in chat.text:
        await chat.taps("✓ Sudah disalin")
    await chat.taps("SIINas menulis Telah Terkirim")
    await chat.taps("Telah Terkirim")
    await chat.taps("Hari ini")
    await chat.taps("Lewati")
    await chat.taps("Status di SIINas berubah")
    chat.lines, chat.shows_changed = [], True
    await chat.taps("Dikembalikan")
    await chat.says(NOTE)
    return chat


async def test_only_what_was_picked_is_asked_again_then_copied_then_signed(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await returned(world)
        await chat.taps("Bahan Baku")
        await chat.taps("Ragi tempe")
        await chat.taps("☐ Nilai dari Dalam Negeri")
        await chat.taps("Lihat yang lain di bagian ini")
        await chat.taps("Plastik kemasan")
        await chat.taps("☐ Nilai dari Dalam Negeri")
        await chat.taps("☐ Spesifikasi")
        await chat.taps("☑ Spesifikasi")
        await chat.taps("Sudah, kembali")
        await chat.taps("Mesin/Peralatan Produksi")
        await chat.taps("Mesin pengupas")
        await chat.taps("☐ Jumlah")
        await chat.taps("Sudah, kembali")
        assert "☑ Bahan Baku (2)" in chat.buttons()
        before = await chat.data()
        assert "Ragi tempe" in await chat.taps("Selesai memilih", picker(chat))
        assert "Bahan Baku — Ragi tempe" in chat.text
        assert NOTE in chat.text
        assert "Jawaban sekarang: Rp468.000" in chat.text
        assert "Bahan Baku — Ragi tempe: Nilai dari Dalam Negeri" in await chat.says("/periksa")
        assert (await chat.data())["bahan_baku"] == before[
            "bahan_baku"
        ]  # the old ones count until there are new ones
        await chat.says("486 ribu")
        assert "Bahan Baku — Plastik kemasan" in chat.text
        await chat.taps("Tetap seperti sekarang")
        assert "Mesin/Peralatan Produksi — Mesin pengupas" in chat.text
        assert "Salin dulu yang berubah ke SIINas" in await chat.says("2")
        pages = [await chat.taps("Salin ke SIINas dulu")]
        while "Halaman 12 dari 12" not in chat.text:
            pages.append(await chat.taps("✓ Sudah disalin"))
        titles = [page.split("\n")[1] for page in pages]
        assert titles == ["Bahan Baku — Ragi tempe", "Mesin/Peralatan Produksi — Mesin pengupas kulit kedelai",
                          "Surat Pernyataan", "Kirim Laporan"]  # fmt: skip
        await chat.sends(PNG)
        assert "Semua yang diminta petugas sudah diperbaiki" in await chat.taps("Semua sudah")
        after = await chat.data()
        assert [row["nilai_dalam_negeri"] for row in after["bahan_baku"]] == [81_900_000, 486_000, 2_860_000]
        assert [row["jumlah"] for row in after["mesin"]] == [2, 2]
        keeps_to_transcript(chat, "dikembalikan_pilih_isian")


def picker(chat: Chat) -> dict[str, Any]:
    """The message in which fields are picked."""
    return next(m for m in reversed(chat.history) if m["from_bot"] and "Selesai memilih" in chat.buttons(m))


async def test_what_a_new_answer_asks_for_besides_is_asked_along_with_it(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await returned(world)
        await chat.taps("Produksi")
        await chat.taps("☐ Apakah Produk Ini Diekspor?")
        await chat.taps("Sudah, kembali")
        await chat.taps("Data Khusus")
        await chat.taps("☐ Jenis Kelamin")
        await chat.taps("Sudah, kembali")
        assert "Jenis Kelamin" in await chat.taps("Selesai memilih")
        assert "Apakah Produk Ini Diekspor?" in await chat.taps("Perempuan")
        await chat.taps("Ya")
        assert chat.label != "Upload"
        assert "Bagian 6 dari 11 · Produksi — Tempe kedelai" in chat.text


async def test_picking_nothing_skipping_and_a_slip_of_the_finger_lose_nothing(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = await returned(world)
        assert "Belum ada isian yang dicentang" in await chat.taps("Selesai memilih")
        assert "Tekan salah satu tombol" in await chat.says("nilai mesin")
        await chat.taps("Lewati")
        assert "dikembalikan dan BELUM dikirim lagi" in chat.text
        await chat.says("/salin")
        assert "Surat Pernyataan" in chat.text
        assert "surat_pernyataan" in await chat.data()
        await chat.says("/laporan")
        assert "dikembalikan, perlu diperbaiki" in chat.text
