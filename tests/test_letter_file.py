"""The letter on paper: what an owner typed comes out literally, whole and on A4, whatever it was."""

import re
import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.glyphs import drawable
from bot.letter_file import LetterFile, letter_pdf
from conversations.letter import Letter, Table
from tests.tempe_letter import TEMPE


def pages(file: LetterFile) -> list[str]:
    """The text of each page without white space: lines break where the paper wants."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(file.data)).pages]


def words(text: str) -> str:
    return re.sub(r"\s", "", text)


def everything(letter: Letter, typed: str) -> Letter:
    """`letter` with `typed` wherever an owner's words can get to."""
    table = Table("Bahan Baku", ("Nama", "Nilai"), ((typed, typed),) * 2, right=(1,), total=(typed, ""))
    return replace(
        letter,
        nomor=typed,
        kop=(typed, typed),
        identitas=(("Nama", typed),),
        isi=(typed,),
        lampiran=(table,),
        tempat_tanggal=typed,
        jabatan=typed,
        penanda_tangan=typed,
        tujuan=(typed,),
    )


def test_sari_gets_a_letter_of_one_page_and_an_annex_on_a4() -> None:
    file = letter_pdf(TEMPE)
    letter, annex = pages(file)
    for part in (TEMPE.judul, "Nomor: " + TEMPE.nomor, *TEMPE.kop, *TEMPE.isi, TEMPE.penutup, "Sari Wahyuni"):
        assert words(part) in letter
    for label, value in TEMPE.identitas:
        assert words(f"{label}:{value}") in letter
    assert "capbasah" in letter
    assert "materai" not in letter
    assert annex.count("Jumlah") >= 4
    for table in TEMPE.lampiran:
        for cell in (table.title, *(cell for row in table.rows for cell in row)):
            assert words(cell) in annex
    assert "SertifikatTidakada." in annex
    for page in PdfReader(BytesIO(file.data)).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert file.replaced == ()


def test_every_page_says_that_it_is_a_draft_and_which_page_it_is() -> None:
    for number, page in enumerate(pages(letter_pdf(TEMPE)), 1):
        assert page.startswith("DRAF")
        assert words(TEMPE.catatan) in page
        assert f"Halaman{number}dari2" in page


def test_the_file_is_an_archive_pdf_that_a_screen_reader_can_follow() -> None:
    reader = PdfReader(BytesIO(letter_pdf(TEMPE).data))
    xmp = reader.root_object.raw_get("/Metadata").get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert str(reader.root_object["/Lang"]) == "id"


def test_the_same_letter_gives_the_same_bytes() -> None:
    first = letter_pdf(TEMPE)
    letter_pdf(replace(TEMPE, penanda_tangan="Pak Budi"))
    assert letter_pdf(TEMPE) == first
    assert b"/CreationDate(D:1970" in first.data  # the clock of the machine is not in it


@pytest.mark.parametrize(
    "typed",
    [
        '#read("letter.typ")',
        "#sys.inputs",
        "$x^2$",
        "<b>Tempe</b>",
        "*Maju* _Jaya_ `k`",
        "\\ // /* */ @a <a>",
        "= Judul",
        "- butir + butir",
        '"}], "nomor": "palsu',
        "{{ nama }} %s {0}",
        'it\'s -- ... ~ "q"',
        "Café ½ kg, 10 m² – 20 × 30 cm",
        "Wi\u0302dya Łódź Đurić",
        "Тест Ωμέγα",
    ],
)
def test_what_an_owner_types_comes_out_literally(typed: str) -> None:
    file = letter_pdf(everything(TEMPE, typed))
    text = "".join(pages(file))
    assert text.count(words(unicodedata.normalize("NFC", typed))) == 15
    assert file.replaced == ()


def test_a_name_of_200_letters_without_a_space_is_whole_and_wraps() -> None:
    name = "".join(f"PTMAKMUR{n:02}" for n in range(20))
    file = letter_pdf(everything(TEMPE, name))
    page_end = words(TEMPE.catatan) + r"Halaman\ddari\dDRAF"
    assert re.sub(page_end, "", "".join(pages(file))).count(name) == 15
    lines = [line for page in PdfReader(BytesIO(file.data)).pages for line in page.extract_text().splitlines()]
    assert max(len(line) for line in lines if "MAKMUR" in line) < 90


def test_fifty_materials_run_over_pages_that_repeat_the_headings() -> None:
    rows = tuple((f"Kain katun nomor {n}", "Polyester 80%, Katun 20%", "Meter", f"{n}.250.000") for n in range(50))
    table = Table("Bahan Baku", ("Nama Bahan Baku", "Spesifikasi", "Satuan", "Nilai"), rows, right=(3,))
    annex = pages(letter_pdf(replace(TEMPE, lampiran=(table,))))[1:]
    assert len(annex) >= 2
    assert all("NamaBahanBakuSpesifikasiSatuanNilai" in page for page in annex)
    assert all("".join(annex).count(words(name) + "Poly") == 1 for name, *_ in rows)


def test_what_no_font_has_stands_as_a_box_and_is_told() -> None:
    file = letter_pdf(replace(TEMPE, penanda_tangan="Sari 😀👍🏽 茶 🇮🇩😀", kop=("Tempe ❤️ 𝐒𝐚𝐫𝐢",)))
    assert file.replaced == ("❤", "😀", "👍", "茶", "🇮🇩")
    page = pages(file)[0]
    assert "Sari□□□□□" in page
    assert "Tempe□Sari" in page


def test_every_character_held_to_be_drawn_is_in_both_weights() -> None:
    known = [c for c in map(chr, range(0x3000)) if c.isprintable() and drawable(c) == (c, ())]
    line = " ".join(c for c in known if not unicodedata.combining(c))
    assert len(known) > 1250
    assert letter_pdf(replace(TEMPE, kop=(line,), isi=(line,), lampiran=())).replaced == ()


def test_a_letter_to_the_ministry_bears_its_address_and_no_annex() -> None:
    tujuan = ("Yth. Kepala Pusat Data dan Informasi", "Kementerian Perindustrian", "di Jakarta")
    file = letter_pdf(replace(TEMPE, judul="SURAT KETERANGAN", nomor="", kop=(), tujuan=tujuan, lampiran=()))
    (page,) = pages(file)
    assert words("".join(tujuan)) in page
    assert "Nomor:………" in page
    assert "LAMPIRAN" not in page


def test_a_table_with_a_row_of_another_length_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="has 2 columns"):
        Table("Mesin", ("Jenis", "Jumlah"), (("Dandang",),))
    with pytest.raises(ValueError, match="from 0 to 1"):
        Table("Mesin", ("Jenis", "Jumlah"), (), right=(2,))


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=60),
    st.text(st.sampled_from("#$*_`<>@\\\"{}[]()=-+/~'^&|%.,:;! \n\t0aZé²½–"), max_size=60),
    st.text(max_size=400),
)
def test_no_text_at_all_stops_the_letter(wild: str, signs: str, long: str) -> None:
    letter = everything(TEMPE, wild)
    letter = replace(
        letter,
        judul=wild,
        isi=(signs, long),
        pembuka=long,
        lampiran=(
            Table(wild, (signs, wild, long), ((long, signs, wild),)),
            *letter.lampiran,
        ),
    )
    file = letter_pdf(letter)
    assert words(drawable(signs)[0]) in "".join(pages(file))
    assert set(file.replaced) == {c for text in (wild, signs, long) for c in drawable(text)[1]}
