"""A report's answers for a bookkeeper: a workbook with numbers to count with, and its tables as a PDF.
It decides nothing: what an answer is called and how it is read comes from the form."""

import io
import re
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.letter_docx import written
from bot.letter_file import typeset
from conversations.amounts import Percent, Rupiah, Year
from conversations.answers import Mark, Place, Ticking
from conversations.choices import TIDAK, YA, Ticks
from conversations.form import Section
from conversations.naming import Gaps, said
from conversations.periods import long_date
from conversations.questions import Question
from conversations.route import Walk
from conversations.sending import STATES, state
from conversations.statement import annex, in_recap, statement
from conversations.texts import Attachment

Content = str | int | Decimal
Cell = tuple[Content, str]  # with its number format
Row = list[Cell]
_NOT_IN_SHEET_NAMES = re.compile(r"[\\*?:/\[\]]")
_LINE = 15  # the height of a line in points
_SHEET_NAME = 31  # characters that spreadsheets allow
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # spreadsheets read _x0041_ as A
_FIRM = (("Perusahaan", "perusahaan.nama"), ("NIB", "perusahaan.nib"))
_NOTHING = "Belum ada isian."


def recap_pdf(walk: Walk, today: date) -> bytes:
    """The tables of the annex alone, without a letter: A4, PDF/A-2a."""
    firm, *address = statement(walk, today).kop or ("",)
    tables = annex(walk)
    told = [firm, ", ".join(address), *(f"{label}: {value}" for label, value in _when(walk))]
    data = {
        "judul": "Rekapitulasi Laporan",
        "baris": [line for line in told if line],
        "catatan": f"Dibuat {long_date(today)} dari jawaban di TemanLapor.",
        "lampiran": [asdict(table) for table in tables],
    }
    return typeset("recap.typ", data)[0]


def recap_xlsx(walk: Walk) -> bytes:
    """The report as a workbook: a sheet "Ringkasan", then one for each section of it. Amounts are numbers, texts
    are texts whatever they begin with; there is no formula in it."""
    book = Workbook()
    book.properties.creator = "TemanLapor"
    book.remove(book.worksheets[0])
    firm = [(label, walk.scope().text(key)) for label, key in _FIRM]
    _fill(
        book.create_sheet("Ringkasan"), ("Isian", "Jawaban"), [_plain(row) for row in (*firm, *_when(walk)) if row[1]]
    )
    for section in in_recap(walk):
        sheet = book.create_sheet(_NOT_IN_SHEET_NAMES.sub("-", section.title)[:_SHEET_NAME])
        if section.repeat:
            _fill(sheet, *_items(walk, section))
        else:
            _fill(sheet, ("Isian", "Jawaban"), _fields(walk, section))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _when(walk: Walk) -> list[tuple[str, str]]:
    """The period as far as it is known, and how far the report is."""
    period = walk.scope().period
    told = [("Periode", period.name), ("Nama di daftar SIINas", period.list_name)] if period else []
    return [*told, ("Keadaan laporan", STATES[state(walk)])]


def _plain(texts: tuple[str, ...]) -> Row:
    return [(text, "") for text in texts]


def _fields(walk: Walk, section: Section) -> list[Row]:
    """Label and value of every answer; ticks that are questions of their own each in a row."""
    rows = []
    for question in section.questions:
        value = walk.known.get(Place(question.key))
        if value is None or isinstance(value, Mark | Ticking):
            continue
        if isinstance(question, Ticks) and question.each:
            chosen = value if isinstance(value, tuple) else ()
            rows += [_plain((o.face, YA if o.value in chosen else TIDAK)) for o in question.choices]
        elif isinstance(question, Attachment):
            rows.append(_plain((question.label, "Ada")))
        elif question.export:
            rows.append([(_label(walk, section, question), ""), _cell(walk, question, Place(question.key))])
    return rows


def _items(walk: Walk, section: Section) -> tuple[tuple[str, ...], list[Row]]:
    """The headings, and a row for each item; a question that no item answered is no column."""
    items = walk.draft.items.get(section.key, ())
    answered = {place.question for place, value in walk.known.items() if not isinstance(value, Mark | Ticking)}
    asked = [question for question in section.questions if question.export and question.key in answered]
    rows = [[_cell(walk, question, Place(question.key, item)) for question in asked] for item in items]
    return tuple(_label(walk, section, question) for question in asked), rows


def _label(walk: Walk, section: Section, question: Question) -> str:
    """`Nilai (Rp)`: the label with the unit that is the same for every item."""
    unit = "Rp" if isinstance(question, Rupiah) else "%" if isinstance(question, Percent) else question.unit
    label = said(question.label, Gaps(walk, section, question, "")).plain()
    return f"{label} ({unit})" if unit else label


def _cell(walk: Walk, question: Question, place: Place) -> Cell:
    """The value and its number format; "" for what was put off or left empty."""
    value = walk.known.get(place)
    if value is None or isinstance(value, Mark | Ticking):
        return "", ""
    if not isinstance(value, int | Decimal):
        return question.show(value, walk.scope(place.item)), ""
    if isinstance(question, Year):
        return value, "0"
    return value, "#,##0" if value == int(value) else "#,##0.00"


def _fill(sheet: Worksheet, headings: tuple[str, ...], rows: list[Row]) -> None:
    """Headings that stay in sight, the rows, and room for every line of them; printed on A4 across."""
    every = [_plain(headings), *rows] if rows else [_plain((_NOTHING,))]
    widths = [_width([row[column] for row in rows or every]) for column in range(len(every[0]))]
    for number, row in enumerate(every, 1):
        for column, (content, number_format) in enumerate(row, 1):
            if content != "":
                _put(sheet, number, column, content, number_format)
        lines = max(-(-len(str(content)) // (width - 3)) for (content, _), width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = _LINE * max(1, lines)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    if rows:
        for cell in sheet[1]:
            cell.font = Font(name="Calibri", size=11, bold=True)
        sheet.freeze_panes = "A2"


def _width(cells: list[Cell]) -> int:
    """Room for the longest line of a column in letters, from 16 to 44."""
    longest = max(len(line) for content, _ in cells for line in str(content).split("\n"))
    return min(44, max(16, longest + longest // 5 + 3))


def _put(sheet: Worksheet, row: int, column: int, content: Content, number_format: str) -> None:
    cell = sheet.cell(row, column)
    text = isinstance(content, str)
    cell.alignment = Alignment("left" if text else "right", "top", wrap_text=text, indent=1)
    if isinstance(content, str):
        cell.value = _LOOKS_ESCAPED.sub("_x005F_", written(content))
        cell.data_type = "s"  # not what its first sign would make of it
        cell.quotePrefix = True  # nor when somebody edits it
    else:
        cell.value, cell.number_format = content, number_format
