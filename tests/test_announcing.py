"""What staff announce: shown before it goes out, stopped where it was wrong, and nobody else's to do."""

from pathlib import Path

from bot.staff import Staff
from tests.chat import Chat, world_in
from tests.test_reminders_in_chat import begins
from tests.test_scenarios import keeps_to_transcript

RINI, GROUP = 501, -100500


async def test_rini_announces_to_everybody_and_watches_it_go_out(tmp_path: Path) -> None:
    async with world_in(tmp_path, Staff(frozenset({RINI}), GROUP)) as world:
        siti, budi = await begins(world), await begins(world, 1002, "Pak Budi")
        rini = Chat(world, RINI, "Rini")
        assert "di belakang perintah" in await rini.says("/umumkan")
        await rini.says("/umumkan SIINas <diperbaiki> sampai pukul 15.00 WIB.\nMohon sabar.")
        assert list(rini.buttons()) == ["Ke semua (2 orang)", "Yang belum terkirim (2 orang)", "Batal"]
        assert await siti.hears() == ""
        await rini.taps("Ke semua")
        assert "Kirim ke 2 orang (semua orang), kira-kira 1 menit?" in rini.text
        assert await siti.hears() == ""
        await rini.taps("Ya, kirim")
        assert "Mulai dikirim dalam satu menit." in rini.text
        await rini.taps("Kemajuan")
        open_question = siti.label
        assert "SIINas <diperbaiki> sampai pukul 15.00 WIB.\nMohon sabar." in await siti.hears()
        assert "Pengumuman dari petugas" in budi.text
        await rini.taps("Kemajuan")
        assert "Sudah sampai: 2. Menunggu: 0." in rini.text
        assert not rini.buttons()
        assert await siti.hears() == ""
        assert "Tersimpan" in await siti.says("0")
        assert open_question in siti.text
        keeps_to_transcript(rini, "pengumuman")


async def test_a_stopped_announcement_reaches_nobody_more(tmp_path: Path) -> None:
    async with world_in(tmp_path, Staff(frozenset({RINI}), GROUP)) as world:
        siti = await begins(world)
        rini = Chat(world, RINI, "Rini")
        await rini.says("/umumkan Salah tulis.")
        await rini.taps("Yang belum terkirim")
        await rini.taps("Ya, kirim")
        await rini.taps("Hentikan")
        assert "Dibatalkan." in rini.text
        assert await siti.hears() == ""


async def test_an_announcement_goes_out_whole_or_not_at_all(tmp_path: Path) -> None:
    async with world_in(tmp_path, Staff(frozenset({RINI}), GROUP)) as world:
        siti = await begins(world)
        rini = Chat(world, RINI, "Rini")
        assert "Terlalu panjang" in await rini.says("/umumkan " + "\U0001f600" * 1501)
        assert "di belakang perintah" in await rini.says("/umumkan \u202e")
        await rini.says("/umumkan SIINas\x00 pulih \ud83d" + "\U0001f600" * 1450)
        await rini.taps("Ke semua")
        await rini.taps("Ya, kirim")
        assert ("SIINas  pulih \ufffd" + "\U0001f600" * 1450) in await siti.hears()


async def test_an_owner_announces_nothing(tmp_path: Path) -> None:
    async with world_in(tmp_path, Staff(frozenset({RINI}), GROUP)) as world:
        siti = await begins(world)
        assert "Perintah itu belum ada" in await siti.says("/umumkan Saya menang")
        assert await siti.hears() == ""
