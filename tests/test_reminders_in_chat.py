"""Reminders as people meet them: what they say, what their buttons do, whom they leave alone, and that the question
that was open stays the one that the next text answers."""

from datetime import UTC, datetime
from pathlib import Path

from tests.chat import Chat, World, world_in
from tests.owner import Owner, load
from tests.test_scenarios import keeps_to_transcript
from tests.test_sending import copies_all, filled

NINE = 2  # nine in the morning in Jakarta, in UTC


def july(day: int, hour: int = NINE, minute: int = 0) -> datetime:
    return datetime(2026, 7, day, hour, minute, 20, tzinfo=UTC)


async def begins(world: World, number: int = 1001, name: str = "Bu Siti") -> Chat:
    chat = Chat(world, number, name)
    await chat.says("/mulai")
    await Owner(chat, load("tempe")).fills_in(until="Bagian 3 dari 11")
    await chat.says("milik sendiri")
    chat.lines = []
    return chat


async def at(world: World, chat: Chat, moment: datetime) -> str:
    """What this person hears at that moment."""
    world.now = moment
    return await chat.hears()


async def test_a_reminder_in_the_middle_changes_nothing_of_the_open_question(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        siti = await begins(world)
        asked, shown = siti.text, siti.label
        world.now = july(17)
        assert "14 hari lagi batas laporan Januari - Juni 2026, 31 Juli 2026" in await siti.hears()
        assert list(siti.buttons()) == ["Lanjutkan", "Ingatkan besok", "Pengingat", "Berhenti"]
        assert "Belum: 33 isian, kira-kira 1,5 jam." in siti.text
        assert await siti.hears() == ""
        answer = await siti.says("0")
        assert f"Tersimpan: {shown}" in answer, (asked, answer)
        world.now = july(24)
        assert "7 hari lagi" in await siti.hears()
        reminder, open_question = siti.last, siti.history[-2]["text"]
        await siti.taps("Lanjutkan", reminder)
        assert siti.label in open_question
        keeps_to_transcript(siti, "pengingat_di_tengah")


async def test_once_more_tomorrow_and_then_no_more(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        siti = await begins(world)
        world.now = july(17)
        await siti.hears()
        told = await siti.taps("Ingatkan besok")
        assert "besok pukul 09.00 WIB" in told
        await siti.taps("Ingatkan besok", siti.history[-2])
        world.now = july(18, NINE - 1)
        assert await siti.hears() == ""
        world.now = july(18)
        assert "13 hari lagi" in await siti.hears()
        world.now = july(19)
        assert await siti.hears() == ""
        world.now = july(24)
        await siti.hears()
        assert "tidak mengingatkan lagi" in await siti.taps("Berhenti")
        world.now = july(28)
        assert await siti.hears() == ""
        keeps_to_transcript(siti, "pengingat_besok_dan_berhenti")


async def test_who_moves_the_hour_after_a_reminder_hears_nothing_more_that_day(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        siti = await begins(world)
        assert "14 hari lagi" in await at(world, siti, july(17))
        await siti.says("/pengingat 11.00")
        assert await at(world, siti, july(17, NINE + 2)) == ""
        assert await at(world, siti, july(24)) == ""
        assert "7 hari lagi" in await at(world, siti, july(24, NINE + 2))


async def test_the_settings_in_the_middle_of_a_question(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        siti = await begins(world)
        label = siti.label
        assert "Sekarang: nyala, pukul 09.00 WIB." in await siti.says("/pengingat")
        await siti.taps("Matikan")
        assert "Sekarang: mati." in siti.text
        world.now = july(17)
        assert await siti.hears() == ""
        await siti.taps("Nyalakan")
        assert await siti.hears() == "", "what was due before is over"
        assert "Pilih jam antara 08.00 dan 20.00" in await siti.says("/pengingat 22.00")
        assert "belum terbaca" in await siti.says("/pengingat pagi sekali")
        assert "malam hari" in await siti.says("/pengingat jam 12 malam")
        assert "Sekarang: mati." in await siti.says("/pengingat mati")
        assert "Sekarang: nyala, pukul 09.00" in await siti.says("/pengingat Nyala")
        assert "pukul 14.30" in await siti.says("/pengingat 14.30")
        await siti.taps("☑ 3 hari")
        assert "☐ 3 hari sebelum batas" in siti.buttons()
        await siti.taps("Lanjutkan mengisi")
        assert siti.label == label
        world.now = july(24)
        assert await siti.hears() == ""
        world.now = july(24, 7, 30)
        assert "7 hari lagi" in await siti.hears()
        world.now = july(28, 7, 30)
        assert await siti.hears() == ""
        keeps_to_transcript(siti, "pengingat_diatur")


async def test_who_has_filled_in_but_not_sent_is_reminded_of_sending_and_who_has_sent_of_nothing(
    tmp_path: Path,
) -> None:
    async with world_in(tmp_path) as world:
        siti = await filled(world)
        world.now = july(17)
        said = await siti.hears()
        assert "Isian sudah lengkap, tetapi laporan BELUM terkirim.\nTinggal menyalin" in said
        await siti.taps("Lanjutkan")
        assert "BELUM terkirim" in siti.text
        await copies_all(siti)
        assert "Semua halaman sudah disalin. Langkah berikutnya: tekan Kirim" in await siti.says("/periksa")
        world.now = july(21, NINE - 1)
        await siti.taps("Ingatkan besok", next(m for m in siti.history if "Ingatkan besok" in siti.buttons(m)))
        world.now = july(22)
        assert "Semua sudah disalin. Tinggal menekan Kirim" in await siti.hears()
        await siti.says("/salin")
        await siti.taps("SIINas menulis Telah Terkirim")
        await siti.taps("Telah Terkirim")
        world.now = july(24)
        assert await siti.hears() == ""
        await siti.says("/salin")
        await siti.taps("Status di SIINas berubah")
        await siti.taps("Dikembalikan")
        world.now = july(28)
        assert "dikembalikan. Perbaiki yang diminta" in await siti.hears()
        world.now = datetime(2026, 8, 7, NINE, 0, 20, tzinfo=UTC)
        late = await siti.hears()
        assert "sudah lewat" in late
        assert "Tidak apa-apa" in late
        world.now = datetime(2027, 1, 1, NINE, 0, 20, tzinfo=UTC)
        fresh = await siti.hears()
        assert "Laporan Juli - Desember 2026 sudah bisa dikirim, paling lambat 31 Januari 2027" in fresh
        assert "belum dimulai" in fresh
        await siti.taps("Lanjutkan")
        assert "Juli - Desember 2026" in siti.buttons()


async def test_no_production_or_another_form_is_reminded_of_nothing(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        budi = Chat(world, 1002, "Pak Budi")
        await budi.says("/mulai")
        await Owner(budi, load("tempe")).fills_in(until="Bagian 1 dari 11")
        await budi.says("Januari - Juni 2026")
        assert "14 hari lagi" in await at(world, budi, july(17))
        await budi.taps("Lanjutkan")
        await budi.taps("Tidak ada sama sekali")
        sari = Chat(world, 1003, "Sari")
        await sari.says("/mulai")
        await sari.taps("Setuju")
        await sari.taps("Belum jalan")
        assert await at(world, budi, july(24)) == ""
        assert await at(world, sari, july(24)) == ""


async def test_who_blocked_the_bot_hears_nothing_until_they_write_again(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        siti = await begins(world)
        world.telegram.blocks(siti.user_id)
        world.now = july(17)
        assert await siti.hears() == ""
        sends = [call for call in world.telegram.log if call.method == "sendMessage"]
        world.telegram.log.clear()
        world.now = july(24)
        await world.reminds()
        assert sends
        assert not [call for call in world.telegram.log if call.method == "sendMessage"]
        world.telegram.unblocks(siti.user_id)
        await siti.says("/lanjut")
        world.now = july(28)
        assert "3 hari lagi" in await siti.hears()


async def test_the_firms_own_nine_o_clock_and_english_for_who_reads_english(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        siti = await begins(world)
        await siti.says("/bahasa")
        await siti.taps("English")
        await siti.says("/ubah")
        await siti.edits(siti.mine("Kabupaten Tulungagung"), "Kota Jayapura")
        assert "14 days left" in await at(world, siti, july(17, 0))
