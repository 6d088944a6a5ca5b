"""The files that go along with a message: the letter, its Word version and picture, the data, the recaps. Made from
one walk; knows no chat."""

import html
from dataclasses import dataclass
from datetime import date

import simplejson

from bot.letter_docx import letter_docx
from bot.letter_file import letter_pdf
from bot.preview import preview_png
from bot.recap import recap_pdf, recap_xlsx
from bot.render import Translate
from conversations.export import report
from conversations.route import Walk
from conversations.statement import statement
from conversations.words import N_

_MOST_SIGNS = 30  # named in a caption, which takes 1,024 characters
_REPLACED = N_("Tanda yang tidak bisa dicetak diganti □: {tanda}")


@dataclass(frozen=True, slots=True)
class Document:
    """A file: our name for it, its content, and a remark (HTML) for its caption."""

    name: str
    content: bytes
    remark: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether a chat shows it by itself."""
        return self.name.endswith((".png", ".jpg"))


def made(kind: str, walk: Walk, day: date, translate: Translate) -> Document:
    """The document of this kind (see messages.Message). Raises ValueError for a kind that the engine never names."""
    period = walk.scope().period
    tail = period.key if period else "draf"
    match kind:
        case "data":
            data = simplejson.dumps(report(walk), use_decimal=True, ensure_ascii=False, indent=1)
            return Document(f"laporan-{tail}.json", data.encode())
        case "rekap_xlsx":
            return Document(f"rekap-{tail}.xlsx", recap_xlsx(walk))
        case "rekap_pdf":
            return Document(f"rekap-{tail}.pdf", recap_pdf(walk, day))
        case "surat_docx":
            return Document(f"surat-{tail}.docx", letter_docx(statement(walk, day)))
        case "surat_gambar":
            return Document(f"surat-{tail}.png", preview_png(statement(walk, day)))
        case "surat":
            letter = letter_pdf(statement(walk, day))
            signs = html.escape(" ".join(letter.replaced[:_MOST_SIGNS]))
            return Document(
                f"surat-{tail}.pdf", letter.data, translate(_REPLACED).format(tanda=signs) if signs else ""
            )
    raise ValueError(f"No document is called {kind}: name it in bot/documents.py.")
