"""Official lists of KBLI or HS codes, from the CSV or XLSX file of a ministry into the database.

The file is the operator's; none is part of this program. Knows how such files are written and nothing of chats.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile

from conversations.search import words
from storage.code_search import CodeLine
from storage.codes import ASKED_EDITION, take_list
from storage.database import connect
from storage.schema import upgrade
from storage.trouble import clear_trouble

Row = tuple[int, Sequence[str]]  # its number in the file, from 1, and its cells

CODE_HEADINGS = ("kode", "code", "kbli", "hs", "pos tarif", "tariff")
TITLE_HEADINGS = ("uraian lengkap", "judul", "title", "uraian", "deskripsi", "description", "nama")  # best first
ROWS_BEFORE_HEADING = 20
WRONG_ROWS_TOLD = 5


class Scheme(StrEnum):
    """The two kinds of list."""

    KBLI = "kbli"
    HS = "hs"


class CodeListError(Exception):
    """The file cannot be taken as a list of codes; the text says what to correct. Nothing was stored."""


def import_codes(database: str, scheme: Scheme, edition: str, file: Path) -> str:
    """Store the list in `file` as `edition` (a year) of `scheme`, all or nothing; gives what was done, in a sentence.

    Importing again updates titles and never doubles a code. Raises CodeListError, and DatabaseUnavailableError while
    another program holds the database.
    """
    if not re.fullmatch(r"(19|20)[0-9]{2}", edition):
        raise CodeListError(f"The edition is a year, such as {ASKED_EDITION[scheme]}.")
    lines, skipped = read_list(scheme, file)
    engine = connect(database)
    upgrade(engine)
    with clear_trouble(), engine.begin() as connection:
        taken = take_list(connection, scheme, edition, lines)
    engine.dispose()
    done = f"{scheme.upper()} {edition}: {taken.new} new, {taken.changed} changed, {taken.same} as before."
    if taken.left:
        done += f" {taken.left} codes stored earlier are not in this file; they were kept."
    if skipped:
        done += f" {skipped} lines were skipped: their codes do not have {_digits(scheme)} digits."
    if edition != ASKED_EDITION[scheme]:
        done += f" The form asks for edition {ASKED_EDITION[scheme]}, so this one is not searched."
    return done


def read_list(scheme: Scheme, file: Path) -> tuple[tuple[CodeLine, ...], int]:
    """The lines of a file, and how many were skipped because their code is one of a group, not of a product.

    Raises CodeListError for a file without such columns, and for one with wrong rows, naming the first five.
    """
    rows, code_column, title_column = _below_heading(file)
    titles: dict[str, str] = {}
    wrong: list[str] = []
    skipped = 0
    for number, cells in rows:
        cell, title = (_cell(cells, column) for column in (code_column, title_column))
        if not cell and not title:
            continue
        code = _code(scheme, cell)
        if not cell or code is None:
            wrong.append(f'line {number}: "{cell[:20]}" is no code')
        elif not code:
            skipped += 1
        elif not title:
            wrong.append(f"line {number}: {code} has no title")
        elif titles.setdefault(code, title) != title:
            wrong.append(f"line {number}: {code} stands there twice, with two titles")
    if wrong:
        more = f"; and {len(wrong) - WRONG_ROWS_TOLD} more" if len(wrong) > WRONG_ROWS_TOLD else ""
        raise CodeListError(f"{file.name}: {'; '.join(wrong[:WRONG_ROWS_TOLD])}{more}. Nothing was stored.")
    if not titles:
        raise CodeListError(f"{file.name} has no code of {_digits(scheme)} digits. Nothing was stored.")
    return tuple(CodeLine(code, title) for code, title in titles.items()), skipped


def _digits(scheme: Scheme) -> int:
    return 5 if scheme is Scheme.KBLI else 8


def _code(scheme: Scheme, cell: str) -> str | None:
    """The code as SIINas writes it, "" for one of another length (a chapter, a group), None for no code."""
    cell = re.sub(r"^([0-9]{4,8})\.0$", r"\1", cell)  # a number that passed through a spreadsheet
    if re.fullmatch(r"[A-Z]", cell):
        return ""  # KBLI's categories
    if not re.fullmatch(r"[\W_]*([0-9][\W_]*)+", cell):
        return None
    digits = re.sub(r"[^0-9]", "", cell)
    if scheme is Scheme.HS and len(digits) == 7:
        digits = f"0{digits}"  # a spreadsheet took the zero of chapters 01 to 09; no HS level has seven digits
    if len(digits) != _digits(scheme):
        return ""
    return digits if scheme is Scheme.KBLI else f"{digits[:4]}.{digits[4:6]}.{digits[6:]}"


def _cell(cells: Sequence[str], column: int) -> str:
    """The text of a cell on one line, "" where the row is shorter."""
    text = cells[column] if column < len(cells) else ""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())


def _below_heading(file: Path) -> tuple[Iterator[Row], int, int]:
    """The rows below the heading, and the columns of code and title."""
    seen = ""
    for table in _tables(file):
        rows = iter(table)
        with suppress(CodeListError):  # quotes stand in wrong places where the separator is not the file's
            for (_, cells), _ in zip(rows, range(ROWS_BEFORE_HEADING), strict=False):
                code, title = _column(cells, CODE_HEADINGS), _column(cells, TITLE_HEADINGS)
                if code is not None and title is not None:
                    return rows, code, title
                seen = seen or ", ".join(cell for cell in cells if cell)[:200]
    raise CodeListError(
        f'{file.name} needs a heading with a column "kode" and a column "judul" or "uraian"; it begins with: {seen}'
    )


def _column(cells: Sequence[str], names: Iterable[str]) -> int | None:
    """The column with one of these headings: exactly, else beginning with it ("Kode KBLI 2020"); first name first."""
    headings = [" ".join(words(cell.replace("_", " "))) for cell in cells]
    for name in names:
        if name in headings:
            return headings.index(name)
    return next((i for name in names for i, heading in enumerate(headings) if heading.startswith(f"{name} ")), None)


def _tables(file: Path) -> Iterator[Iterable[Row]]:
    """The file as rows, in each way it may be meant: a sheet of a workbook, a separator of a text."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CodeListError(f"{file} cannot be read: {error.strerror}.") from None
    if data.startswith((b"PK", b"\xd0\xcf")):
        yield from _sheets(file, data)
        return
    text = _decoded(data)
    for separator in ",;\t":
        yield _separated(text, separator)


def _separated(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise CodeListError(f"line {reader.line_num}: {error}. Nothing was stored.") from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")  # "Unicode text" of a spreadsheet
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _sheets(file: Path, data: bytes) -> Iterator[Iterable[Row]]:
    from openpyxl import load_workbook  # only here: the bot itself never opens a workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise CodeListError(f"{file.name} is no XLSX workbook: save it as .xlsx or .csv and try again.") from error
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write a wrong size, and rows beyond it would be lost
        rows = sheet.iter_rows(values_only=True)
        yield ((n, ["" if cell is None else str(cell) for cell in cells]) for n, cells in enumerate(rows, 1))
