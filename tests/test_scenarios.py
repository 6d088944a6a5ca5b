"""Whole reports, from /mulai to an empty checklist, the letter and the export, with a restart at every turn or none."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.chat import Awake, Chat, World, world_in
from tests.owner import Owner, answers_of, load, report_of

TRANSCRIPTS = Path(__file__).parent / "transcripts"
BU_SITI = 1001
FULL = ("tempe", "kopi", "konveksi")


def keeps_to_transcript(chat: Chat, name: str) -> None:
    """The dialogue is the one that was read and found good; REWRITE_TRANSCRIPTS=1 takes a new one."""
    path = TRANSCRIPTS / f"{name}.txt"
    spoken = "\n\n".join(chat.lines) + "\n"
    if os.environ.get("REWRITE_TRANSCRIPTS"):
        path.write_text(spoken)
    assert spoken == path.read_text()


async def begins(world: World, scenario: dict[str, object]) -> Owner:
    chat = Chat(world, BU_SITI, "Pemilik")
    await chat.says("/mulai")
    return Owner(chat, scenario)


@pytest.mark.parametrize("kind", [World, Awake])
@pytest.mark.parametrize("name", FULL)
async def test_a_whole_report_ends_with_an_empty_checklist_the_letter_and_the_same_data(
    name: str, kind: type[World], tmp_path: Path
) -> None:
    async with world_in(tmp_path, kind=kind) as world:
        scenario = load(name)
        owner = await begins(world, scenario)
        end = await owner.fills_in()
        assert "Semua isian sudah lengkap. Tidak ada yang kurang." in end
        assert "BELUM terkirim" in end
        exported = answers_of(await owner.chat.data())
        firm = exported.pop("perusahaan")
        assert exported.pop("lengkap") is True
        assert exported == report_of(scenario)
        assert firm["nama"] == scenario["profil"]["nama_perusahaan"]
        assert firm["kbli"] == [scenario["profil"]["kbli_2020"]]
        await owner.chat.says("/surat")
        paper = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(owner.chat.document(".pdf"))).pages)
        for expected in (scenario["profil"]["nama_perusahaan"], scenario["surat_pernyataan"]["nomor"],
                         scenario["data_khusus"]["nama_pemilik_penanda_tangan"], "LAMPIRAN"):  # fmt: skip
            assert expected in " ".join(paper.split())
        keeps_to_transcript(owner.chat, name)


async def test_above_five_miliar_the_zeros_are_checked_then_the_report_stops(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        owner = await begins(world, load("di_atas_5_miliar"))
        asked = await owner.fills_in(until="Periksa dulu nolnya")
        assert "Rp5.200.000.000" in asked
        assert {"Ubah Nilai Mesin", "Ubah Nilai Lainnya", "Ubah Modal Kerja"} <= owner.chat.buttons().keys()
        end = await owner.chat.taps("Ya, semua sudah benar")
        assert "Industri Menengah Besar" in end
        assert "saya berhenti di sini" in end
        assert "tidak ada surat dari saya" in await owner.chat.says("/surat")
        assert "lengkap" not in await owner.chat.says("/periksa")
        await owner.chat.taps("Ubah Nilai Mesin")
        assert "Apakah Perusahaan Menggunakan Jasa Maklon?" in await owner.chat.says("3 miliar")
        keeps_to_transcript(owner.chat, "di_atas_5_miliar")


async def test_exactly_five_miliar_goes_on(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        scenario = load("tepat_5_miliar") | {"profil": load("tempe")["profil"]}
        owner = await begins(world, scenario)
        assert "Bagian 2 dari 11 · Data Khusus" in await owner.fills_in(until="Data Khusus")
        assert (await owner.chat.data())["data_umum"] == report_of(scenario)["data_umum"]


async def test_an_investment_below_the_last_one_is_refused_with_both_numbers(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        scenario = load("investasi_turun") | {"profil": load("tempe")["profil"]}
        owner = await begins(world, scenario)
        await owner.fills_in(until="Bagian 1 dari 11 · Data Umum\nNilai Lainnya")
        doubt = await owner.chat.says("2")
        assert {"Rp2", "Rp2.000", "Rp2.000.000"} <= owner.chat.buttons().keys(), doubt
        refused = await owner.chat.taps("Rp2")
        assert "tidak boleh lebih kecil dibandingkan periode sebelumnya" in refused
        assert "Dulu Rp1.500.000, sekarang Rp2." in refused
        assert "nilai_lainnya" not in (await owner.chat.data())["data_umum"]
        keeps_to_transcript(owner.chat, "investasi_turun")


async def test_the_next_report_knows_the_last_one_of_the_firm(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        first = load("tempe") | {"periode": {"rentang": "Juli - Desember 2025"}}
        owner = await begins(world, first)
        await owner.fills_in(until="Bagian 2 dari 11")
        await owner.chat.says("/laporan")
        await owner.chat.taps("Laporan baru")
        second = Owner(owner.chat, load("tempe"))
        await second.fills_in(until="Ini jawaban Anda di laporan sebelumnya. Masih sama?")
        assert "Nilai Mesin — Rp18.500.000" in owner.chat.text
        await owner.chat.taps("Ada yang berubah")
        await owner.chat.taps("Ubah Nilai Mesin", owner.chat.history[-2])
        assert "Dulu Rp18.500.000, sekarang Rp18.000.000." in await owner.chat.says("18 juta")
        assert (await owner.chat.data())["data_umum"]["periode_sebelumnya"] == {
            "label": "Semester 2 2025", "nilai_mesin": 18_500_000, "nilai_lainnya": 14_000_000
        }  # fmt: skip


async def test_an_almost_empty_draft_lists_every_line_of_siinas(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        scenario = load("draf_kosong")
        owner = await begins(world, scenario)
        await owner.fills_in(until="Bagian 2 dari 11 · Data Khusus")
        checklist = await owner.chat.says("/periksa")
        for line in scenario["diharapkan"]["baris_kirim_laporan_yang_kurang"]:
            assert f"• {line}" in checklist


async def test_no_production_leads_to_a_letter_instead_of_a_report(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        world.now = datetime(2027, 1, 4, 3, tzinfo=UTC)
        scenario = load("tidak_berproduksi")
        owner = await begins(world, scenario)
        end = await owner.fills_in()
        assert "Cukup dengan surat" in end
        assert "siinas.kemenperin.go.id/helpdesk" in end
        exported = answers_of(await owner.chat.data())
        assert exported["tidak_berproduksi"] == scenario["tidak_berproduksi"]
        assert exported["periode"] == scenario["periode"]
        await owner.chat.taps("Buat surat")
        paper = " ".join(PdfReader(io.BytesIO(owner.chat.document(".pdf"))).pages[0].extract_text().split())
        assert "1 Juli 2026 sampai dengan 31 Desember 2026" in paper
        assert "Tungku pembakaran rusak" in paper
        assert "DRAF" not in paper
        assert "lewat Helpdesk SIINas" in await owner.chat.says("/surat_docx")
        word = Document(io.BytesIO(owner.chat.document(".docx")))
        assert "Tungku pembakaran rusak" in "\n".join(line.text for line in word.paragraphs)
        assert "tidak berproduksi, cukup sebuah surat" in await owner.chat.says("/laporan")
        assert "/salin" not in await owner.chat.says("/salin")
        await owner.chat.says("/rekap_xlsx")
        book = load_workbook(io.BytesIO(owner.chat.document(".xlsx")))
        assert book.sheetnames == ["Ringkasan", "Data Umum", "Tidak Berproduksi"]
        keeps_to_transcript(owner.chat, "tidak_berproduksi")


async def test_who_is_still_building_is_sent_to_the_other_report_before_anything_long(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        owner = await begins(world, {})
        await owner.chat.taps("Setuju")
        end = await owner.chat.taps("Belum jalan")
        assert "Laporan Industri - Tahap Pembangunan" in end
        assert owner.chat.acts == 3


async def test_who_does_not_know_when_production_begins_again_still_gets_the_letter(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        world.now = datetime(2027, 1, 4, 3, tzinfo=UTC)
        owner = await begins(world, load("tidak_berproduksi"))
        await owner.fills_in(until="Kapan rencananya mulai produksi lagi?")
        await owner.chat.says("belum tahu")
        await owner.fills_in()
        await owner.chat.taps("Buat surat")
        paper = " ".join(PdfReader(io.BytesIO(owner.chat.document(".pdf"))).pages[0].extract_text().split())
        assert "belum dapat dipastikan" in paper
