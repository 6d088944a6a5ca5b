"""A ministry's list comes as somebody saved it: any separator, any encoding, a sheet with remarks above the heading."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlmodel import col

from bot.import_codes import CodeListError, Scheme, import_codes, read_list
from storage.code_search import CodeLine
from storage.code_tables import Code
from storage.database import connect
from storage.trouble import DatabaseUnavailableError

COBEK = CodeLine("6912.00.10", "Cobek – ulekan, “besar”")
NIRA = CodeLine("1701.20.20", "Gula nira; dicetak")

Save = Callable[[str | bytes], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def saved(content: str | bytes) -> Path:
        file = tmp_path / "daftar.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return saved


def workbook(file: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


def with_a_wrong_size(file: Path) -> Path:
    """The workbook as some programs write it: each sheet says that it has one cell."""
    with ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with ZipFile(file, "w") as book:
        for name, part in parts.items():
            book.writestr(name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', part))
    return file


def stored(url: str) -> list[tuple[str, str, str, str]]:
    engine = connect(url)
    with engine.begin() as connection:
        rows = connection.execute(select(Code).order_by(col(Code.scheme), col(Code.code))).all()
    engine.dispose()
    return [(row.scheme, row.edition, row.code, row.title) for row in rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_separator_and_encoding_is_read(save: Save, separator: str, encoding: str, end: str) -> None:
    lines = (("Kode", "Uraian"), COBEK, NIRA)
    text = end.join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    assert read_list(Scheme.HS, save(text.encode(encoding))) == ((COBEK, NIRA), 0)


def test_letters_of_latin_1_are_read(save: Save) -> None:
    lines, _ = read_list(Scheme.KBLI, save("kode,judul\n10391,Purée\n".encode("latin-1")))
    assert lines == (CodeLine("10391", "Purée"),)


@pytest.mark.parametrize(
    "heading",
    [
        "kode,judul",
        "KODE,JUDUL",
        "Kode KBLI 2020,Judul KBLI",
        "kbli,deskripsi",
        "code,title",
        " Code , Description ",
        "Kode,Nama",
    ],
)
def test_columns_are_found_by_their_heading(save: Save, heading: str) -> None:
    assert read_list(Scheme.KBLI, save(f"{heading}\n10391,Tempe\n"))[0] == (CodeLine("10391", "Tempe"),)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("no,kode,uraian,uraian_lengkap", "b"),
        ("no,kode,uraian,judul", "b"),
        ("no,kode,judul,uraian", "a"),
        ("no,hs code,description,satuan", "a"),
    ],
)
def test_of_several_descriptions_the_one_that_says_most_by_itself_is_taken(
    save: Save, heading: str, title: str
) -> None:
    assert read_list(Scheme.HS, save(f"{heading}\n1,69120010,a,b\n"))[0] == (CodeLine("6912.00.10", title),)


@pytest.mark.parametrize("written", ["6912.00.10", "69120010", "6912 0010", "6912-00-10", "'69120010", "69120010.0"])
def test_a_code_is_read_in_any_punctuation(save: Save, written: str) -> None:
    assert read_list(Scheme.HS, save(f"kode,uraian\n{written},Cobek\n"))[0][0].code == "6912.00.10"


def test_a_zero_that_a_spreadsheet_took_is_put_back(save: Save) -> None:
    lines, skipped = read_list(Scheme.HS, save("kode,uraian\n9011010,Biji\n9011020.0,Bubuk\n901,Kopi\n"))
    assert [line.code for line in lines] == ["0901.10.10", "0901.10.20"]
    assert skipped == 1


def test_chapters_and_groups_are_skipped_and_counted(save: Save, sqlite_url: str) -> None:
    kbli = save("kode,judul\nC,Industri\n10,Makanan\n103,Buah\n1039,Lain\n10391,Tempe\n\n,\n")
    said = import_codes(sqlite_url, Scheme.KBLI, "2020", kbli)
    assert said == "KBLI 2020: 1 new, 0 changed, 0 as before. 4 lines were skipped: their codes do not have 5 digits."
    assert stored(sqlite_url) == [("kbli", "2020", "10391", "Tempe")]


def test_a_title_is_kept_on_one_line_without_control_characters(save: Save) -> None:
    lines, _ = read_list(Scheme.KBLI, save('kode,judul\n10391,"Tempe\n  kedelai\x00\tbesar "\n'))
    assert lines == (CodeLine("10391", "Tempe kedelai besar"),)


def test_a_workbook_is_read_with_remarks_above_and_numbers_for_codes(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Daftar kode", None, None],
        [None, date(2026, 7, 1)],
        [],
        ["No", "Kode HS", "Uraian Barang"],
        [1, 69120010, "Cobek"],
        [2, 9011010.0, "Biji"],
        [3, "6912", "Peralatan dapur"],
        [None, None, None],
        [4, "1701.20.20", "Gula"],
    ]
    file = workbook(tmp_path / "daftar.xlsx", {"Catatan": [["isi", "bebas"]], "Daftar": rows})
    lines, skipped = read_list(Scheme.HS, with_a_wrong_size(file))
    assert [tuple(line) for line in lines] == [
        ("6912.00.10", "Cobek"),
        ("0901.10.10", "Biji"),
        ("1701.20.20", "Gula"),
    ]
    assert skipped == 1


def test_a_list_with_wrong_rows_says_the_first_five_and_takes_nothing(save: Save, sqlite_url: str) -> None:
    import_codes(sqlite_url, Scheme.KBLI, "2020", save("kode,judul\n10391,Tempe\n"))
    wrong = "kode,judul\n10391,Tahu\n10392,\n,Kecap\nabc,Tauco\n10393,Oncom\n10393,Oncom merah\n10A91,x\n1039l,y\n"
    with pytest.raises(CodeListError) as caught:
        import_codes(sqlite_url, Scheme.KBLI, "2020", save(wrong))
    assert str(caught.value) == (
        'daftar.csv: line 3: 10392 has no title; line 4: "" is no code; line 5: "abc" is no code; '
        'line 7: 10393 stands there twice, with two titles; line 8: "10A91" is no code; and 1 more. '
        "Nothing was stored."
    )
    assert stored(sqlite_url) == [("kbli", "2020", "10391", "Tempe")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "needs a heading"),
        ("nomor,nama\n10391,Tempe\n", "begins with: nomor, nama"),
        ("kode,judul\n", "no code of 5 digits"),
        ("kode,judul\n1039,Lain\n", "no code of 5 digits"),
        ('kode,judul\n10391,Tempe\n10392,"Tahu\n', "line 3: unexpected end of data"),
        (b"PK\x03\x04 no zip", "is no XLSX workbook"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "save it as .xlsx or .csv"),
        (bytes(range(256)), "needs a heading"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(save: Save, content: str | bytes, says: str) -> None:
    with pytest.raises(CodeListError, match=says):
        read_list(Scheme.KBLI, save(content))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodeListError, match=r"tidak-ada\.csv cannot be read: No such file"):
        read_list(Scheme.KBLI, tmp_path / "tidak-ada.csv")


@pytest.mark.parametrize("edition", ["", "20", "dua ribu", "2020 ", "20200", "٢٠٢٠"])
def test_an_edition_that_is_no_year_is_refused(save: Save, sqlite_url: str, edition: str) -> None:
    with pytest.raises(CodeListError, match="such as 2020"):
        import_codes(sqlite_url, Scheme.KBLI, edition, save("kode,judul\n10391,Tempe\n"))


def test_importing_again_updates_and_never_doubles(save: Save, database_url: str) -> None:
    def said(content: str) -> str:
        return import_codes(database_url, Scheme.HS, "2022", save(content))

    assert said("kode,uraian\n69120010,Cobek\n69120020,Kendi\n") == "HS 2022: 2 new, 0 changed, 0 as before."
    assert said("kode,uraian\n69120010,Cobek\n69120020,Kendi\n") == "HS 2022: 0 new, 0 changed, 2 as before."
    assert said("kode,uraian\n6912.00.10,Ulekan\n6912.00.30,Tempayan\n") == (
        "HS 2022: 1 new, 1 changed, 0 as before. 1 codes stored earlier are not in this file; they were kept."
    )
    assert stored(database_url) == [
        ("hs", "2022", "6912.00.10", "Ulekan"),
        ("hs", "2022", "6912.00.20", "Kendi"),
        ("hs", "2022", "6912.00.30", "Tempayan"),
    ]


def test_another_edition_stands_beside_and_is_said_to_be_unsearched(save: Save, sqlite_url: str) -> None:
    file = save("kode,judul\n10391,Tempe\n")
    import_codes(sqlite_url, Scheme.KBLI, "2020", file)
    assert import_codes(sqlite_url, Scheme.KBLI, "2025", file).endswith(
        "The form asks for edition 2020, so this one is not searched."
    )
    assert [edition for _, edition, _, _ in stored(sqlite_url)] == ["2020", "2025"]


def test_a_database_that_another_program_holds_is_told_and_nothing_is_taken(
    save: Save, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite.LOCK_SECONDS", 0.05)
    import_codes(sqlite_url, Scheme.KBLI, "2020", save("kode,judul\n10391,Tempe\n"))
    other = connect(sqlite_url)
    with other.begin(), pytest.raises(DatabaseUnavailableError, match="another program holds the database"):
        import_codes(sqlite_url, Scheme.KBLI, "2020", save("kode,judul\n10392,Tahu\n"))
    other.dispose()
    assert [code for _, _, code, _ in stored(sqlite_url)] == ["10391"]
