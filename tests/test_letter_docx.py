"""The letter as a Word file: the same words as on paper, literal, with the header left to the firm's own letterhead."""

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letter_docx import letter_docx, written
from conversations.letter import Letter, Table
from tests.tempe_letter import TEMPE
from tests.test_letter_file import everything


def opened(letter: Letter) -> WordFile:
    return Document(io.BytesIO(letter_docx(letter)))


def cells(file: WordFile) -> list[list[str]]:
    """The texts of every row of every table."""
    return [[cell.text for cell in row.cells] for table in file.tables for row in table.rows]


def test_sari_finds_every_word_of_her_letter_in_order() -> None:
    file = opened(TEMPE)
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    places = [text.index(part) for part in (*TEMPE.kop, TEMPE.judul, f"Nomor: {TEMPE.nomor}", TEMPE.pembuka,
              *TEMPE.isi, TEMPE.penutup, "LAMPIRAN")]  # fmt: skip
    assert places == sorted(places)
    identity, signature, *annex = file.tables
    assert [(row.cells[0].text, row.cells[1].text) for row in identity.rows] == [
        (label, f":\u00a0{value}") for label, value in TEMPE.identitas
    ]
    assert identity._tbl.tblPr.find(qn("w:tblBorders")) is None
    signed = [cell.text for row in signature.rows for cell in row.cells]
    for part in (f"{TEMPE.tempat_tanggal}\nPemilik,", "cap basah", "tanda tangan", "Sari Wahyuni"):
        assert part in signed
    shown = [table for table in TEMPE.lampiran if table.rows]
    assert [[[cell.text for cell in row.cells] for row in table.rows] for table in annex] == [
        [list(row) for row in (*([table.columns] if any(table.columns) else []), *table.rows,
                               *([table.total] if table.total else []))]
        for table in shown
    ]  # fmt: skip
    assert "Sertifikat\nTidak ada." in text


def test_the_header_is_free_for_letterhead_and_every_page_says_what_this_is() -> None:
    section = opened(TEMPE).sections[0]
    assert "".join(paragraph.text for paragraph in section.header.paragraphs) == ""
    assert TEMPE.catatan in section.footer.paragraphs[0].text
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)  # type: ignore[union-attr]  # both are set


def test_headings_are_repeated_and_numbers_flush_right() -> None:
    table = opened(TEMPE).tables[4]
    assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [
        2 if column in TEMPE.lampiran[2].right else None for column in range(8)
    ]


def test_no_table_is_wider_than_the_paper_whatever_is_in_it() -> None:
    for table in opened(everything(TEMPE, "PTMAKMUR" * 25)).tables:
        assert table.autofit is False
        assert sum(column.width.mm for column in table.columns if column.width) <= 160.1


@pytest.mark.parametrize(
    "typed", ["<b>Tempe</b> & <w:p/>", "=1+1", "{{ nama }} %s", "Sari 😀 茶 🇮🇩", "Wîdya ½ kg – 20 × 30 cm", "]]>"]
)
def test_what_an_owner_types_comes_out_literally(typed: str) -> None:
    file = opened(everything(TEMPE, typed))
    everywhere = [*(p.text for p in file.paragraphs), *(text for row in cells(file) for text in row)]
    assert "\n".join(everywhere).count(typed) >= 13


def test_the_same_letter_gives_the_same_bytes_and_tells_nothing_of_the_machine() -> None:
    assert letter_docx(TEMPE) == letter_docx(TEMPE)
    about = opened(TEMPE).core_properties
    assert (about.author, about.last_modified_by, about.comments, about.title) == ("", "", "", "SURAT PERNYATAAN")
    assert about.created == about.modified
    assert about.created.year == 2000


def test_what_is_not_known_is_dots_and_a_letter_without_kop_leaves_room() -> None:
    file = opened(
        replace(TEMPE, kop=(), nomor="", penanda_tangan="", tujuan=("Yth. Kapusdatin", "di Jakarta"), lampiran=())
    )
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert text.startswith("SURAT PERNYATAAN\nNomor: ………")
    assert file.paragraphs[0].paragraph_format.space_before.mm == pytest.approx(28, abs=0.1)
    assert "Yth. Kapusdatin\ndi Jakarta" in text
    assert "LAMPIRAN" not in text
    assert file.tables[1].rows[2].cells[1].text.startswith("………")


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_no_text_at_all_stops_the_letter(wild: str) -> None:
    wild += "\ufffe\uffff\ud800\x00"
    table = Table(wild, (wild, wild, wild), ((wild, wild, wild),))
    file = opened(replace(everything(TEMPE, wild), judul=wild, lampiran=(table,), catatan=wild))
    assert [written(wild)] * 3 in cells(file)
