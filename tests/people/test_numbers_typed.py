"""Amounts the way people type them, good and bad, in a rupiah question and in a quantity."""

import pytest

from tests.chat import World
from tests.people.person import MACHINES, arrives


@pytest.mark.parametrize(
    ("text", "rupiah", "spelled"),
    [
        ("Rp 18.500.000,-", 18_500_000, "delapan belas juta lima ratus ribu rupiah"),
        ("SEMBILAN BELAS JUTA", 19_000_000, "sembilan belas juta rupiah"),
        ("20jt500rb", 20_500_000, "dua puluh juta lima ratus ribu rupiah"),
    ],
)
async def test_sari_sees_in_words_what_was_read(world: World, text: str, rupiah: int, spelled: str) -> None:
    sari = await arrives(world, MACHINES)
    assert spelled in await sari.says(text)
    assert (await sari.data())["data_umum"]["nilai_mesin"] == rupiah


async def test_5m_is_asked_back_and_every_time_in_other_words(world: World) -> None:
    sari = await arrives(world, MACHINES)
    for _ in range(4):
        await sari.says("5M")
        assert {"Rp5.000.000.000", "Rp5.000.000"} <= sari.buttons().keys()
    assert "nilai_mesin" not in (await sari.data())["data_umum"]
    await sari.says("25M")
    await sari.taps("Rp25.000.000")
    assert (await sari.data())["data_umum"]["nilai_mesin"] == 25_000_000
    sari.keeps("lima_m")


async def test_a_range_is_asked_back_and_about_is_taken_and_said(world: World) -> None:
    sari = await arrives(world, MACHINES)
    await sari.says("18-25 juta")
    assert {"Rp18.000.000", "Rp25.000.000"} <= sari.buttons().keys()
    assert "angka pasti" in await sari.says("sekitar 20 juta")
    await sari.says("20jt500")
    assert {"Rp20.500.000", "Rp20.000.500"} <= sari.buttons().keys()
    await sari.taps("Rp20.500.000")
    assert sari.label == "Modal Kerja"
    kept = (await sari.data())["data_umum"]
    assert (kept["nilai_mesin"], kept["nilai_lainnya"]) == (20_000_000, 20_500_000)
    sari.keeps("kira_kira")


async def test_three_dozen_are_thirty_six_pieces_and_an_unknown_unit_is_not_guessed(world: World) -> None:
    sari = await arrives(world, "\nSatuan Asli")
    await sari.says("pcs")
    assert "36 Pcs" in await sari.says("3 lusin")
    assert "tampah" in await sari.says("5 tampah")
    assert "Berat 1 Pcs" in sari.text
    await sari.taps("Lewati")
    row = (await sari.data())["kapasitas_produksi"][0]
    assert (row["satuan_asli"], row["maks_per_bulan"], row["kapasitas_satuan_asli"]) == ("Pcs", 36, 216)
    sari.keeps("tiga_lusin")


async def test_a_unit_of_her_own_is_taken_and_a_changed_unit_asks_to_look_at_the_numbers(world: World) -> None:
    sari = await arrives(world, "\nSatuan Asli")
    await sari.says("Tampah")
    await sari.says("36")
    await sari.says("Kembali")
    await sari.says("Kembali")
    changed = await sari.says("lusin")
    assert "dari Tampah menjadi Lusin" in changed
    assert "Coba dicek" in changed
    assert "36 Lusin" in changed
    assert (await sari.data())["kapasitas_produksi"][0]["satuan_asli"] == "Lusin"
    sari.keeps("satuan_sendiri")


async def test_machines_worth_less_than_last_time_are_refused_with_both_numbers(world: World) -> None:
    sari = await arrives(world, MACHINES)
    for text in ("15 juta", "15,5 juta", "14.000.000"):
        assert "Dulu Rp16.000.000, sekarang Rp1" in await sari.says(text)
    assert "nilai_mesin" not in (await sari.data())["data_umum"]
    await sari.says("16 juta")
    assert (await sari.data())["data_umum"]["nilai_mesin"] == 16_000_000
    sari.keeps("mesin_turun")


async def test_a_code_with_dots_is_the_same_code(world: World) -> None:
    sari = await arrives(world, "Apa kode KBLI")
    assert "Kodenya harus 5 angka" in await sari.says("1.039")
    assert "10391" in await sari.says("10.391")
    assert (await sari.data())["perusahaan"]["kbli"] == ["10391"]
    sari.keeps("kode_bertitik")


async def test_an_hs_code_in_any_dress_is_kept_as_the_tariff_book_writes_it(world: World) -> None:
    sari = await arrives(world, "Berapa kode HS")
    assert "8 angka" in await sari.says("2106.90")
    await sari.says("2106 90 97")
    assert (await sari.data())["kapasitas_produksi"][0]["kode_hs"] == "2106.90.97"


async def test_a_period_that_still_runs_and_one_of_the_future_are_refused_with_the_reason(world: World) -> None:
    sari = await arrives(world, "Laporan untuk bulan apa?")
    for text in ("Juli - Desember 2026", "Januari - Juni 2027", "Juli - Desember 2026"):
        assert f"{text} belum selesai" in await sari.says(text)
    assert "periode_yang_dilaporkan" not in (await sari.data()).get("data_umum", {})
    await sari.says("Januari - Juni 2025")
    await sari.taps_on("Ubah jawaban tadi")
    assert "Tetap" not in await sari.says("Januari - Juni 2026")
    assert (await sari.data())["data_umum"]["tahun"] == 2026
    sari.keeps("periode_salah")


async def test_english_words_are_read_where_they_are_plain_and_refused_kindly_where_not(world: World) -> None:
    sari = await arrives(world, "Apakah ada produksi pada")
    await sari.says("yes")
    await sari.says("no")
    assert "million" in await sari.says("18 million")
    await sari.says("help")
    await sari.says("18 jt")
    assert (await sari.data())["data_umum"]["nilai_mesin"] == 18_000_000
    sari.keeps("kata_inggris")


async def test_the_reported_period_can_be_wrong_and_everything_else_stays(world: World) -> None:
    sari = await arrives(world, "Bagian 2 dari 11")
    before = (await sari.data())["data_umum"]
    await sari.says("/ubah")
    await sari.taps_on("Data Umum")
    await sari.taps_on("Ubah Periode yang dilaporkan")
    assert "Terisi sendiri: Tahun — 2025" in await sari.says("Januari - Juni 2025")
    after = (await sari.data())["data_umum"]
    assert after["tahun"] == 2025
    assert after["modal_kerja"] == before["modal_kerja"]
    sari.keeps("periode_lain")
