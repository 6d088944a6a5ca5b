"""The recap for a bookkeeper: every number of the report as a number, every text as it was typed, and a picture of the
letter that fits a chat."""

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from bot.preview import preview_png
from bot.recap import recap_pdf, recap_xlsx
from conversations.answers import Mark, Paper, Place, Value
from conversations.draft import Draft
from conversations.export import report
from conversations.route import Walk, walk
from conversations.sections.tenaga_kerja import CELLS, KINDS
from conversations.statement import annex, statement
from tests.owner import load
from tests.roads import FIRM, FORM, SCAN, begun
from tests.scenario_draft import TODAY, draft_of, seen, told
from tests.tempe_letter import TEMPE

FULL = ("tempe", "kopi", "konveksi")
PERIOD: dict[str, Value] = {"data_umum.periode_yang_dilaporkan": "Januari - Juni", "data_umum.tahun": 2026}


def whole(name: str) -> Walk:
    """The report of a scenario, with its firm, its workers, what it burns and drinks."""
    scenario, draft = load(name), draft_of(name)
    workers = {cell: told(scenario, cell) or 0 for cell in CELLS}
    also: dict[str, Value] = {**FIRM, KINDS: tuple(cell for cell in CELLS if workers[cell]), **workers,
                              "air_baku.sumber": ("air_tanah",), "surat_pernyataan.scan": Paper((SCAN,))}  # fmt: skip
    for key, value in also.items():
        draft = draft.with_answer(Place(key), begun("mesin", {key: value}).answers[Place(key)])
    return seen(draft)


def reading(found: Walk) -> Workbook:
    return load_workbook(io.BytesIO(recap_xlsx(found)))


def of_a_product(**answers: Value) -> Walk:
    product: dict[str, Value] = {"produk": "Tempe", "spesifikasi": "Daun", "satuan": "Bungkus", **answers}
    return walk(FORM, begun("mesin", {**FIRM, **PERIOD}, {"produksi": product}), TODAY)


def product_row(found: Walk) -> dict[Any, Any]:
    """The first product: cell by heading."""
    headings, row = list(reading(found)["Produksi"].iter_rows())[:2]
    return {heading.value: cell for heading, cell in zip(headings, row, strict=True)}


def numbers(data: object) -> list[Decimal]:
    """Every number in there but truths."""
    if isinstance(data, dict):
        return [number for part in data.values() for number in numbers(part)]
    if isinstance(data, list):
        return [number for part in data for number in numbers(part)]
    return [Decimal(str(data))] if isinstance(data, int | Decimal | float) and not isinstance(data, bool) else []


@pytest.mark.parametrize("name", FULL)
def test_the_workbook_holds_exactly_the_numbers_of_the_report(name: str) -> None:
    found = whole(name)
    exported = {key: value for key, value in report(found).items() if key != "periode"}
    cells = [cell.value for sheet in reading(found).worksheets[1:] for row in sheet.iter_rows() for cell in row]
    assert len(numbers(exported)) > 30
    assert sorted(numbers(cells)) == sorted(numbers(exported))
    assert sum(numbers(cells)) == sum(numbers(exported))


def test_a_sheet_for_each_part_of_the_form_behind_whose_it_is() -> None:
    book = reading(whole("tempe"))
    assert book.sheetnames == [
        "Ringkasan", "Data Umum", "Data Khusus", "Investasi", "Tenaga Kerja", "Kapasitas Produksi", "Produksi",
        "Bahan Baku", "Air Baku", "Penggunaan Bahan Bakar dan Pelu", "Mesin-Peralatan Produksi", "Surat Pernyataan",
    ]  # fmt: skip
    assert list(book["Ringkasan"].values)[1:] == [
        ("Perusahaan", "Tempe Bu Siti"), ("NIB", "CONTOH"), ("Periode", "Januari - Juni 2026"),
        ("Nama di daftar SIINas", "Semester Ganjil Tahun 2026"), ("Keadaan laporan", "sedang diisi, belum terkirim"),
    ]  # fmt: skip
    assert ("Air Tanah", "Ya") in list(book["Air Baku"].values)
    assert ("Upload", "Ada") in list(book["Surat Pernyataan"].values)


def test_numbers_are_numbers_and_codes_and_years_look_like_themselves() -> None:
    found = of_a_product(kbli="10391", jumlah_satuan_asli=Decimal("15.6"), jumlah_kg=Decimal("3600.00"), nilai=522_000_000,
                         kode_hs="0901.21.11", nomor_sertifikat_halal=Mark.KOSONG)  # fmt: skip
    row = product_row(found)
    assert (row["Jumlah Dalam Satuan Asli"].value, row["Jumlah Dalam Satuan Asli"].number_format) == (
        15.6,
        "#,##0.00",
    )
    assert (row["Jumlah Dalam Satuan Standar (Kilogram)"].value, row["Nilai (Rp)"].value) == (3600, 522_000_000)
    assert row["Nilai (Rp)"].number_format == "#,##0"
    assert row["Kode HS"].value == "0901.21.11"
    assert "Nomor Sertifikat Halal" not in row
    year = next(cell for label, cell in reading(found)["Data Umum"].iter_rows() if label.value == "Tahun")
    assert (year.value, year.number_format) == (2026, "0")


@pytest.mark.parametrize(
    "typed", ["=1+1", '=HYPERLINK("http://a")', "+62 812", "-5", "@SUM(A1)", "#N/A", "0123", "12", "1e9", "TRUE", "<c>&amp;",
              "😀 茶"],
)  # fmt: skip
def test_what_an_owner_types_stays_text(typed: str) -> None:
    cell = product_row(of_a_product(spesifikasi=typed))["Spesifikasi"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (typed, "s", True)


def test_what_looks_like_a_spreadsheets_escape_is_kept_from_being_one() -> None:
    assert product_row(of_a_product(spesifikasi="a_x0041_b"))["Spesifikasi"].value == "a_x005F_x0041_b"


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_no_text_at_all_makes_a_formula_or_stops_the_workbook(wild: str) -> None:
    for typed in (wild, f"={wild}\ufffe\uffff\ud800\x00"):
        data = recap_xlsx(of_a_product(spesifikasi=typed))
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            assert not any(re.search(rb"<f[ >/]", book.read(name)) for name in book.namelist() if "/sheet" in name)
        load_workbook(io.BytesIO(data))


def test_an_empty_report_has_its_sheets_too() -> None:
    book = reading(walk(FORM, Draft(), TODAY))
    assert list(book["Produksi"].values) == [("Belum ada isian.",)]
    assert list(book["Ringkasan"].values)[1:] == [("Keadaan laporan", "sedang diisi, belum terkirim")]


def test_the_recap_on_paper_is_the_annex_alone() -> None:
    found = whole("tempe")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(recap_pdf(found, TODAY))).pages)
    packed = re.sub(r"\s", "", text)
    for part in ("Rekapitulasi Laporan", "Tempe Bu Siti", "Periode: Januari - Juni 2026", "6 Juli 2026"):
        assert re.sub(r"\s", "", part) in packed
    assert "tandatangan" not in packed.casefold().replace("menandatangani", "")
    for table in annex(found):
        for cell in (table.title, *(cell for row in table.rows for cell in row)):
            assert re.sub(r"\s", "", cell) in re.sub(
                r"Dibuat6Juli2026darijawabandiTemanLapor.Halaman\ddari\d", "", packed
            )


def test_the_recap_on_paper_takes_what_no_font_has_and_commands_as_text() -> None:
    paper = recap_pdf(of_a_product(spesifikasi='Daun 😀 #read("recap.typ")', nilai=1), TODAY)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert 'Daun□#read("recap.typ")' in re.sub(r"\s", "", text)


def test_the_picture_of_the_letter_fits_a_chat() -> None:
    for letter in (TEMPE, statement(whole("konveksi"), TODAY)):
        picture = preview_png(letter)
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
        assert 780 <= width <= 820
        assert 1.40 < height / width < 1.42
        assert 20_000 < len(picture) < 300_000
    assert preview_png(TEMPE) == preview_png(TEMPE)
