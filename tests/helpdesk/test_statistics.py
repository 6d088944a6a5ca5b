"""The figures that staff and Prometheus see: right, and without a personal value."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from bot import helpdesk_lists
from bot.metrics import exposition
from conversations.sections import laporan_produksi
from storage.database import connect
from storage.statistics import Figures, Stop, figures
from tests.helpdesk.room import BUDI, RINI, SITI, room_in

NAME = "perusahaan.nama"


async def test_firms_reports_where_people_stop_and_tickets(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling(until="Apa nama usaha Anda")
        budi = await room.filling(until="Apa nama usaha Anda", user_id=BUDI, name="Pak Budi")
        await budi.says("Kopi Pak Budi")
        await siti.asks("Nama tokonya atau nama usahanya?")
        room.world.now += timedelta(days=2, hours=3)
        told = (await room.writes(RINI, "/statistik"), room.texts()[-1])[1]
        assert "Usaha: 2" in told
        assert "mengisi: 2" in told
        assert "Data Perusahaan, Nama Perusahaan: 1 dari 2" in told
        assert "Tiket terbuka: 1, yang tertua 2 hari" in told
        assert "Pesan tiket: menunggu 0, sedang dikirim 0, sampai 1" in told
        assert "Kopi" not in told
        assert "Siti" not in told
        await room.writes(RINI, "/tiket")
        assert "#1 Usaha belum bernama, 2 hari, belum diambil" in room.texts()[-1]
        assert f"https://t.me/c/1234567890/{room.topic}" in room.texts()[-1]


def test_every_question_has_a_name_that_staff_know_and_one_of_an_older_form_its_key() -> None:
    form = laporan_produksi()
    stops = tuple(Stop(key, 1, 2) for key in (*form.by_key, "produksi.masih_sama", "produksi.lama"))
    lines: list[str] = []
    for stop in stops:
        told = helpdesk_lists.statistics(Figures(1, stops=(stop,)), form, datetime(2026, 7, 3, tzinfo=UTC))
        lines += [line for line in told.splitlines() if line.endswith(": 1 dari 2")]
    assert len({*lines}) == len(stops)
    assert "• Kapasitas Produksi, Berat 1 satuan: 1 dari 2" in lines
    assert lines[-2:] == ["• Produksi: 1 dari 2", "• produksi.lama: 1 dari 2"]


async def test_metrics_say_the_same(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling(until="Apa nama usaha Anda")
        await siti.asks("Nama tokonya atau nama usahanya?")
        await room.world.close()
        later = room.world.now + timedelta(days=2)
        with connect(room.world.database_url).begin() as connection:
            found = figures(connection, later)
        assert found.stops == (Stop(NAME, 1, 1),)
        text = exposition(found, later).decode()
        values = {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }
        assert values["temanlapor_firms",] == 1
        assert values["temanlapor_reports", "mengisi"] == 1
        assert values["temanlapor_question_stopped", NAME] == 1
        assert values["temanlapor_question_shown", NAME] == 1
        assert values["temanlapor_tickets_open",] == 1
        assert values["temanlapor_ticket_oldest_seconds",] == 2 * 24 * 3600
        assert values["temanlapor_ticket_messages", "sent"] == 1
        assert str(SITI) not in [part for key in values for part in key]
