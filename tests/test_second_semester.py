"""The next period: what stays is confirmed with one tap a section, what belongs to the period is asked anew."""

from datetime import UTC, datetime
from pathlib import Path

from storage.database import connect
from storage.reports import load as read
from tests.chat import Chat, world_in
from tests.owner import Owner, Scenario, answers_of, load, report_of
from tests.quick_owner import QuickOwner
from tests.test_scenarios import keeps_to_transcript

MOST_ACTS = 30
NEXT = {"tahun": 2026, "semester": 2, "rentang": "Juli - Desember 2026",
        "nama_di_daftar_siinas": "Semester Genap Tahun 2026", "nama_di_data_umum": "Semester 2 2026"}  # fmt: skip


def six_months_later(scenario: Scenario) -> Scenario:
    """The same firm, the same numbers, the next period."""
    before = {key: scenario["data_umum"][key] for key in ("nilai_mesin", "nilai_lainnya")}
    general = {**scenario["data_umum"], "periode_yang_dilaporkan": "Juli - Desember",
               "periode_sebelumnya": {"label": "Semester 1 2026", **before}}  # fmt: skip
    letter = {**scenario["surat_pernyataan"], "nomor": "002/SP-SIINAS/TBS/I/2027"}
    return {**scenario, "periode": NEXT, "data_umum": general, "surat_pernyataan": letter}


async def test_the_second_semester_of_a_tempe_maker_takes_at_most_thirty_messages_and_taps(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = Chat(world, 1001, "Bu Siti")
        await chat.says("/mulai")
        await Owner(chat, load("tempe")).fills_in()
        world.now = datetime(2027, 1, 5, 2, tzinfo=UTC)
        chat.acts, chat.lines = 0, []
        second = six_months_later(load("tempe"))
        await chat.says("/laporan")
        await chat.taps("Laporan baru")
        owner = QuickOwner(chat, second)
        end = await owner.fills_in()
        assert "Tidak ada yang kurang" in end
        assert chat.acts <= MOST_ACTS
        exported = answers_of(await chat.data())
        assert exported.pop("perusahaan")["nama"] == "Tempe Bu Siti"
        assert exported.pop("lengkap") is True
        assert exported == report_of(second)
        keeps_to_transcript(chat, "tempe_semester_kedua")


async def test_what_was_carried_over_waits_in_the_checklist_until_it_is_confirmed(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = Chat(world, 1001, "Bu Siti")
        await chat.says("/mulai")
        await Owner(chat, load("tempe")).fills_in()
        world.now = datetime(2027, 1, 5, 2, tzinfo=UTC)
        await chat.says("/laporan")
        await chat.taps("Laporan baru")
        checklist = await chat.says("/periksa")
        assert "Data Khusus: Masih sama atau berubah belum diisi" in checklist
        assert "Data produksi belum diisi" in checklist
        exported = await chat.data()
        assert exported["data_khusus"]["nama_pemilik_penanda_tangan"] == "Siti Aminah"
        assert "nilai" not in exported["produksi"][0]
        assert "nomor" not in exported.get("surat_pernyataan", {})


async def test_the_rows_of_an_earlier_report_come_in_the_order_they_were_told_in(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        scenario = load("tempe")
        for number in (1002, 1001):  # the ids of the second one's items are in another order
            chat = Chat(world, number, "Bu Siti")
            await chat.says("/mulai")
            await Owner(chat, scenario).fills_in()
        await chat.says("/laporan")
        await chat.taps("Laporan baru")
        engine = connect(world.database_url)
        with engine.connect() as connection:
            (past,) = read(connection, 1001).draft.past
        engine.dispose()
        told = [material["nama"] for material in scenario["bahan_baku"]]
        assert [row["bahan_baku.nama"] for row in past.items["bahan_baku"]] == told
