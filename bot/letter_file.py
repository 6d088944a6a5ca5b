"""A Letter as a PDF file, typeset by letter.typ: A4, PDF/A-2a and PDF/UA-1.

It does not know the report; the text of the letter reaches the typesetter as JSON only, so it stays text.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from bot.glyphs import drawable
from conversations.letter import Letter

_ROOT = Path(__file__).parent
_ONE_AT_A_TIME = Lock()  # the compiler keeps the data of what it is setting


@dataclass(frozen=True, slots=True)
class LetterFile:
    """The PDF, and the characters no font of ours has: they stand as □ in it, and the owner is to be told."""

    data: bytes
    replaced: tuple[str, ...]


@cache
def _compiler() -> typst.Compiler:
    # Only the fonts inside typst: the same letter on every machine. The root bounds what it could ever read.
    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(root=_ROOT, font_paths=fonts, ignore_system_fonts=True)


def letter_pdf(letter: Letter) -> LetterFile:
    """Typeset `letter` in some 30 ms of one core; the same letter gives the same bytes."""
    replaced: dict[str, None] = {}
    (data,) = typeset("letter.typ", asdict(letter), replaced=replaced)
    return LetterFile(data, tuple(replaced))


def typeset(
    template: str, data: Mapping[str, object], ppi: int = 0, replaced: dict[str, None] | None = None
) -> tuple[bytes, ...]:
    """Set `data` with a template of this folder: one PDF/A file, or with `ppi` (points an inch) a PNG for each page.
    `replaced` takes the characters that became □.

    PDF/A wants a date: it is fixed. Raises typst.TypstError when template and data do not fit each other, never for a
    text in the data.
    """
    missed: dict[str, None] = {} if replaced is None else replaced

    def printable(value: object) -> object:
        if isinstance(value, str):
            text, missing = drawable(value)
            missed.update(dict.fromkeys(missing))
            return text
        if isinstance(value, Mapping):
            return {name: printable(part) for name, part in value.items()}
        return [printable(part) for part in value] if isinstance(value, tuple | list) else value

    surat = {"surat": json.dumps(printable(data), ensure_ascii=False)}
    path = _ROOT / template
    with _ONE_AT_A_TIME:
        if ppi:
            made = _compiler().compile(path, format="png", ppi=ppi, sys_inputs=surat)
        else:
            standards: list[typst.PDFStandard] = ["a-2a", "ua-1"]
            made = _compiler().compile(path, format="pdf", sys_inputs=surat, pdf_standards=standards, timestamp=0)
    if made is None:
        raise TypeError(f"typst gave nothing for {template}: check it with the installed version of typst")
    return tuple(made) if isinstance(made, list) else (made,)
