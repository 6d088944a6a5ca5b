"""What the bot can utter, before any channel: paragraphs, buttons with what pressing them does, documents.
It knows no Telegram; bot/render.py and the terminal turn these into something to read.

Named tuples, for a turn makes dozens. What two kinds do is told by their class: `==` looks at the fields alone.
"""

from typing import NamedTuple

from conversations.answers import Place
from conversations.words import Words


class Pick(NamedTuple):
    """Choose the option of this token (see `token` in options.py) for the question in this place."""

    place: Place
    token: str


class Put(NamedTuple):
    """Answer the question in this place with this text, as if it had been typed."""

    place: Place
    text: str


class Tick(NamedTuple):
    """Set one tick on or off. Pressing twice does the same as once."""

    place: Place
    token: str
    on: bool


class On(NamedTuple):
    """Do something with the question in this place: selesai, semua, nanti, lewati, kembali, bantuan, buka, isi, disalin,
    perbaiki, jangan_perbaiki, tetap."""

    action: str
    place: Place


class InGroup(NamedTuple):
    """Do something with a repeat group or one of its items: tambah, kartu, salin, hapus, hapus_ya, pulihkan, perbaiki."""

    action: str
    group: str
    item: str = ""


class CopyText(NamedTuple):
    """Put this text (1 to 256 characters) on the person's clipboard; nothing reaches us."""

    text: str


class Keep(NamedTuple):
    """Leave a doubtful answer as it is: the soft warning with this fingerprint is not shown again."""

    fingerprint: str


class Go(NamedTuple):
    """The same as typing this command."""

    command: str


Effect = Pick | Put | Tick | On | InGroup | Keep | Go | CopyText


class Button(NamedTuple):
    """A button: what it says and what it does."""

    words: Words
    effect: Effect


class Paragraph(NamedTuple):
    """One paragraph: `bold` first, if any, then `words`. `quiet` ones are less important."""

    words: Words | None = None
    bold: Words | None = None
    quiet: bool = False


class Message(NamedTuple):
    """Paragraphs, each on its own line ("" between blocks), then rows of buttons.

    place: the question it asks, if it asks one. edits: it replaces the message whose button was pressed.
    document: a file to make and send with it: "surat", "surat_docx",
    "surat_gambar", "pindaian", "pindaian_gambar", "data", "rekap_pdf", "rekap_xlsx".
    """

    paragraphs: tuple[Paragraph, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    place: Place | None = None
    edits: bool = False
    document: str = ""

    def plain(self) -> str:
        """The text in Indonesian without marks: for the terminal and for tests of the engine."""
        parts = []
        for paragraph in self.paragraphs:
            words = (
                paragraph.bold.plain() if paragraph.bold else "",
                paragraph.words.plain() if paragraph.words else "",
            )
            parts.append(" ".join(filter(None, words)))
        return "\n".join(parts)


BLANK = Paragraph()
