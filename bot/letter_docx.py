"""A Letter as a Word file, for owners who put it on their firm's own letterhead: the header of page 1 is free, the
firm's name and address stand as plain paragraphs at the top and can be deleted. It does not know the report."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as WordFile
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from bot.glyphs import clean
from conversations.letter import Letter, Table

_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_DOTS = "………………………………"  # to be filled in by hand
_GREY = RGBColor(0x64, 0x64, 0x64)
_LINE = 160  # millimetres of A4 between the margins
_MANY = 6  # columns; above it letters are smaller
_NO_DAY = datetime(2000, 1, 1)  # the same letter gives the same bytes
_NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}  # not allowed in XML


def written(text: str) -> str:
    """`text` cleaned (see bot/glyphs.py) and without what an Office file cannot hold; emoji stay."""
    return clean(text.translate(_NO_CHARACTERS))


def letter_docx(letter: Letter) -> bytes:
    """The letter as DOCX on A4, every text literal, with nothing of this machine or moment in it."""
    file = Document()
    _prepare(file, letter)
    for number, line in enumerate(letter.kop):
        _said(file.add_paragraph(), line, size=15 if number == 0 else 9.5, bold=number == 0, align=_CENTER, after=1)
    title = _said(file.add_paragraph(), letter.judul, size=14, bold=True, underline=True, align=_CENTER, after=2)
    title.paragraph_format.space_before = Pt(18) if letter.kop else Mm(28)  # room for printed letterhead
    _said(file.add_paragraph(), f"Nomor: {letter.nomor or _DOTS}", align=_CENTER, after=18)
    if letter.tujuan:
        _said(file.add_paragraph(), "\n".join(letter.tujuan), after=12)
    if letter.pembuka:
        _said(file.add_paragraph(), letter.pembuka)
    _identity(file, letter.identitas)
    for text in filter(None, letter.isi):
        _said(file.add_paragraph(), text, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    _signature(file, letter)
    if letter.lampiran:
        _annex(file, letter)
    made = io.BytesIO()
    file.save(made)
    return _timeless(made.getvalue())


def _prepare(file: WordFile, letter: Letter) -> None:
    """Paper, the letters' shape and language, the footer, and properties that tell nothing."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(22), Mm(27)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = file.styles[name]
        style.font.name, style.font.color.rgb = "Times New Roman", RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "id-ID")
        style.element.get_or_add_rPr().append(language)
    file.styles["Normal"].font.size = Pt(11.5)
    footer = _said(section.footer.paragraphs[0], letter.catatan, size=8, color=_GREY)
    for text, field in (("\nHalaman ", "PAGE"), (" dari ", "NUMPAGES")):
        run = footer.add_run(text)
        run.font.size, run.font.color.rgb = Pt(8), _GREY
        element = OxmlElement("w:fldSimple")
        element.set(qn("w:instr"), field)
        number = footer.add_run("1")
        number.font.size, number.font.color.rgb = Pt(8), _GREY
        element.append(number._r)
        footer._p.append(element)
    about = file.core_properties
    about.title, about.language, about.author = written(letter.judul), "id-ID", ""
    about.comments = about.keywords = about.last_modified_by = ""
    about.created = about.modified = _NO_DAY


def _said(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 0,
    bold: bool = False,
    underline: bool = False,
    color: RGBColor | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
    after: float = 6,
) -> Paragraph:
    """The paragraph with this text, its size and the room after it in points."""
    run = paragraph.add_run(written(text))
    run.bold, run.underline, run.font.color.rgb = bold, underline, color
    if size:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def _table(file: WordFile, rows: int, widths: list[float], style: str) -> WordTable:
    """An empty table with columns of these widths in millimetres, which a long word does not stretch."""
    table: WordTable = file.add_table(rows, len(widths), style)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _identity(file: WordFile, pairs: tuple[tuple[str, str], ...]) -> None:
    table = _table(file, len(pairs), [45, _LINE - 45], "Normal Table")
    for row, (label, value) in zip(table.rows, pairs, strict=True):
        _said(row.cells[0].paragraphs[0], label, after=4)
        told = _said(row.cells[1].paragraphs[0], f":\u00a0{value or _DOTS}", after=4).paragraph_format
        told.left_indent, told.first_line_indent = Mm(2.5), Mm(-2.5)
    file.add_paragraph().paragraph_format.space_after = Pt(0)


def _signature(file: WordFile, letter: Letter) -> None:
    """The closing sentence with place, date, room for stamp and signature, and the name: never apart."""
    closing = _said(file.add_paragraph(), letter.penutup, align=WD_ALIGN_PARAGRAPH.JUSTIFY, after=14)
    table = _table(file, 3, [_LINE - 78, 30, 48], "Normal Table")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    head, room, name = table.rows
    role = f"{letter.jabatan}," if letter.jabatan else ""
    place = "\n".join(filter(None, (letter.tempat_tanggal, role)))
    _said(head.cells[1].merge(head.cells[2]).paragraphs[0], place, align=_CENTER)
    room.height, room.height_rule = Mm(28), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, text in ((room.cells[1], "cap basah"), (room.cells[2], "tanda tangan")):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _said(cell.paragraphs[0], text, size=9, color=_GREY, align=_CENTER, after=0)
    _dashed(room.cells[1])
    signer = name.cells[1].merge(name.cells[2]).paragraphs[0]
    _said(signer, letter.penanda_tangan or _DOTS, bold=True, underline=True, align=_CENTER)
    signer.paragraph_format.space_before = Pt(4)
    for row in (head, room):
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    closing.paragraph_format.keep_with_next = True
    for row in table.rows:
        _mark(row, "w:cantSplit")


def _dashed(cell: _Cell) -> None:
    """A frame around the cell, where the wet stamp goes."""
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "4"), ("color", "8C8C8C")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    properties = cell._tc.get_or_add_tcPr()
    properties.insert(list(properties).index(properties.find(qn("w:vAlign"))), borders)  # the schema's order


def _mark(row: _Row, name: str) -> None:
    """Switch a property of a row on: w:cantSplit, w:tblHeader."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _annex(file: WordFile, letter: Letter) -> None:
    heading = file.add_heading(level=1)
    heading.paragraph_format.page_break_before = True
    _said(heading, "LAMPIRAN — Rekapitulasi Laporan", size=13, bold=True, align=_CENTER, after=2)
    below = ", Nomor: ".join(filter(None, (letter.judul, letter.nomor)))
    _said(file.add_paragraph(), below, align=_CENTER, after=8)
    for table in letter.lampiran:
        _said(file.add_heading(level=2), table.title, size=11, bold=True, after=3)
        if table.rows:
            _recap(file, table)
        else:
            _said(file.add_paragraph(), "Tidak ada.", size=9.5)


def _recap(file: WordFile, data: Table) -> None:
    """One table of the annex; its headings are repeated on every page."""
    headed = any(data.columns)
    heads = (data.columns,) if headed else ()
    totals = () if data.total is None else (data.total,)
    rows = (*heads, *data.rows, *totals)
    table = _table(file, len(rows), _widths(rows), "Table Grid")
    size = 8.5 if len(data.columns) > _MANY else 9.5
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        bold = number < len(heads) or number >= len(rows) - len(totals)
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            align = _RIGHT if column in data.right else None
            said = _said(cell.paragraphs[0], text, size=size, bold=bold, align=align, after=1.5)
            said.paragraph_format.space_before = Pt(1.5)
        _mark(row, "w:cantSplit")
    if headed:
        _mark(table.rows[0], "w:tblHeader")


def _widths(rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """A column has room for its longest word first (16 letters of a wide font at most), then for its longest line
    (45 at most)."""
    columns = list(zip(*rows, strict=True))
    words = [
        min(16, max(len(word) for text in column for word in text.split() or [""])) * 5 // 4 + 3 for column in columns
    ]
    lines = [min(45, max(len(line) for text in column for line in text.split("\n"))) + 3 for column in columns]
    spare = max(0, 95 - sum(words)) / max(1, sum(lines) - sum(words))  # some 95 letters stand in a line
    shares = [word + max(0, line - word) * min(1, spare) for word, line in zip(words, lines, strict=True)]
    return [share / sum(shares) * _LINE for share in shares]


def _timeless(data: bytes) -> bytes:
    """The same archive with the clock of this machine out of it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return made.getvalue()
