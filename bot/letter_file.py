"""A Letter as a PDF file, typeset by letter.typ: A4, PDF/A-2a and PDF/UA-1.

It does not know the report; the text of the letter reaches the typesetter as JSON only, so it stays text.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from bot.glyphs import drawable
from conversations.letter import Letter

_TEMPLATE = Path(__file__).with_name("letter.typ")
_ONE_AT_A_TIME = Lock()  # the compiler keeps the data of the letter it is setting


@dataclass(frozen=True, slots=True)
class LetterFile:
    """The PDF, and the characters no font of ours has: they stand as □ in it, and the owner is to be told."""

    data: bytes
    replaced: tuple[str, ...]


@cache
def _compiler() -> typst.Compiler:
    # Only the fonts inside typst: the same letter on every machine. The root bounds what it could ever read.
    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True)


def letter_pdf(letter: Letter) -> LetterFile:
    """Typeset `letter` in some 30 ms of one core.

    PDF/A wants a date: it is fixed, so the same letter gives the same bytes.
    Raises typst.TypstError when letter.typ and Letter no longer fit each other, never for a text in it.
    """
    replaced: dict[str, None] = {}

    def printable(value: Any) -> Any:
        if isinstance(value, str):
            text, missing = drawable(value)
            replaced.update(dict.fromkeys(missing))
            return text
        if isinstance(value, dict):
            return {name: printable(part) for name, part in value.items()}
        return [printable(part) for part in value] if isinstance(value, tuple | list) else value

    surat = json.dumps(printable(asdict(letter)), ensure_ascii=False)
    with _ONE_AT_A_TIME:
        data = _compiler().compile(
            format="pdf", sys_inputs={"surat": surat}, pdf_standards=["a-2a", "ua-1"], timestamp=0
        )
    if not isinstance(data, bytes):
        raise TypeError("typst gave no single PDF: check letter.typ with the installed version of typst")
    return LetterFile(data, tuple(replaced))
