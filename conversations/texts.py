"""Questions answered in free words: one text, several texts, or a sent file."""

import re
import unicodedata
from dataclasses import dataclass

from conversations.answers import Paper, Place, Value
from conversations.problems import Problem, not_needed, send_a_file, text_empty, text_too_long, words_needed
from conversations.questions import Option, Question, Read, Reading, fold, has_words
from conversations.scope import Scope
from conversations.words import N_

_PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:\d[ .-]?){14,15}\d(?!\d)")  # NIK has 16 digits, NPWP 15 or 16
_NIK = 16  # digits
_PASSWORD = re.compile(
    r"\b(kata ?sandi|pass ?word\w*|passwd)\b[^?]*$|\bpin\b\s*((siinas|saya|nya|adalah)\b|[:=])", re.IGNORECASE
)  # no answer of the form has these words; a question about them is no password
_BARE = {"ya", "iya", "y", "ok", "oke", "tidak", "gak", "ga", "enggak", "nggak", "betul", "benar", "sudah", "belum"}
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}  # not Cn: a smiley younger than our Python is one
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def storable(text: str) -> str:
    """The text as every database takes it: no halves of characters, which Telegram does not take back either, no NUL."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", " ")


def cleaned(text: str) -> str:
    """Text as it is kept: NFC, one line, no control characters and no lone surrogates."""
    return _BREAKS.sub(" ", unicodedata.normalize("NFC", storable(text))).strip()


def is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen: spaces, controls, marks of direction. Telegram sends no such text."""
    return all(unicodedata.category(sign) in _UNSEEN for sign in text)


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, longest: int) -> str:
    """The beginning of a text of more than `longest` units, with three dots behind it."""
    if 2 * len(text) <= longest or units(text) <= longest:  # no sign counts more than twice
        return text
    return text.encode("utf-16-le")[: 2 * longest - 2].decode("utf-16-le", "ignore") + "…"


def personal(text: str, *, amount: bool = False) -> bool:
    """Whether the text holds what we never keep: a NIK, an NPWP, a password. As an `amount`, fifteen bare digits
    are a number of rupiah."""
    if amount and text.strip().isdigit() and len(text.strip()) < _NIK:
        return False
    return bool(_PERSONAL_NUMBER.search(text) or _PASSWORD.search(text))


def _read_text(text: str, longest: int) -> str | Problem:
    """The cleaned text, or why it cannot be taken."""
    kept = cleaned(text)
    if not has_words(kept):
        return text_empty()
    if len(kept) > longest:
        return text_too_long(longest)
    return not_needed() if personal(kept) else kept


@dataclass(frozen=True, kw_only=True)
class Text(Question):
    """One line of free text."""

    longest: int = 200

    def read(self, text: str, scope: Scope) -> Reading:
        """The text itself, cleaned; an option by its name gives that option with what hangs on it."""
        kept = _read_text(text, self.longest)
        if isinstance(kept, Problem):
            return kept
        words = fold(kept)
        for option in self.options(scope):
            if words in option.names:
                return Read(option.value, option.also)
        return words_needed(kept) if words in _BARE else Read(kept)


@dataclass(frozen=True, kw_only=True)
class Texts(Question):
    """Several texts, separated by commas, semicolons or lines; "tidak ada" means none."""

    longest: int = 100
    takes_lines: bool = True
    none_words: tuple[str, ...] = ("tidak ada", "tidak punya", "belum ada", "belum punya", "kosong")

    def read(self, text: str, scope: Scope) -> Reading:  # noqa: ARG002 - the kind's shape
        """A tuple of texts in the order given, without repeats."""
        if fold(text) in self.none_words or text.strip() == "-":
            return Read(())
        found: dict[str, None] = {}
        for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
            kept = _read_text(part, self.longest)
            if isinstance(kept, Problem):
                return kept
            found[kept] = None
        return Read(tuple(found)) if found else text_empty()


ADD = Option("tambah", N_("Tambahkan ke surat"), ("tambah", "tambahkan", "tambah halaman"))
REPLACE = Option("ganti", N_("Ganti surat yang lama"), ("ganti", "ganti semuanya"))
DROP = Option("buang", N_("Buang yang baru ini"), ("buang", "batal", "tidak jadi"))


@dataclass(frozen=True, kw_only=True)
class Attachment(Question):
    """Photos, or one PDF, that the person sends; text is never an answer to it. `until`: the question behind it that
    ends the collecting: as long as that is open, every photo is one more page. Without it one photo is all."""

    until: str = ""

    def read(self, text: str, scope: Scope) -> Reading:  # noqa: ARG002 - the kind's shape
        """Always a problem: what is needed is a file."""
        return send_a_file()

    def options(self, scope: Scope) -> tuple[Option, ...]:
        """What to do with photos that came when the paper was finished, as long as they wait for it."""
        paper = scope.known.get(Place(self.key, scope.item))
        if not isinstance(paper, Paper) or not paper.waiting:
            return ()
        joins = not paper.is_pdf and all(file.kind != "pdf" for file in paper.waiting)
        return (ADD, REPLACE, DROP) if joins else (REPLACE, DROP)

    def show(self, value: Value, scope: Scope) -> str:
        """`3 halaman`, `PDF, 2 halaman`, `1 foto`."""
        if isinstance(value, Paper):
            return f"{'PDF, ' if value.is_pdf else ''}{value.pages} {'halaman' if self.until or value.is_pdf else 'foto'}"
        return super().show(value, scope)
