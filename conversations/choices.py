"""Questions answered by choosing: one of a list, yes or no, several ticks."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from conversations.answers import Value
from conversations.problems import choose_one, choose_some, tick_at_least_one
from conversations.questions import Option, Question, Read, Reading, fold
from conversations.scope import Scope

YA, TIDAK = "Ya", "Tidak"
_SURE = 88  # a typo in a word of six letters scores about this; two options never lie that close


def match(text: str, options: tuple[Option, ...]) -> Option | None:
    """The option that the text names: exactly, by one of its other words, or with a typo; None in doubt."""
    names = [(name, option) for option in options for name in option.names]
    wanted = fold(text)
    if not wanted:
        return None
    for name, option in names:
        if name == wanted:
            return option
    close = process.extract(wanted, [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=_SURE, limit=None)
    found = {names[index][1].value: names[index][1] for _, _, index in close}
    return next(iter(found.values())) if len(found) == 1 else None


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One of a fixed list; a list too long for buttons is `typed_only`. `finer`: more exact words than those on
    the buttons, taken when they are typed."""

    choices: tuple[Option, ...] = ()
    typed_only: bool = False
    finer: tuple[Option, ...] = ()

    def options(self, scope: Scope) -> tuple[Option, ...]:
        """The list in the order declared."""
        return super().options(scope) if self.typed_only else self.choices

    def read(self, text: str, scope: Scope) -> Reading:  # noqa: ARG002 - the kind's shape
        """The option that the text names, or its number in the list."""
        options = self.choices
        if re.fullmatch(r"\d{1,2}", text.strip()) and 1 <= int(text) <= len(options):
            return Read(options[int(text) - 1].value, options[int(text) - 1].also)
        option = match(text, (*self.finer, *options))
        return Read(option.value, option.also) if option else choose_one()

    def show(self, value: Value, scope: Scope) -> str:
        """What the button of the value says."""
        for option in self.choices:
            if option.value == value:
                return option.face
        return super().show(value, scope)


_YES = ("ya", "iya", "y", "yes", "yoi", "betul", "benar", "ada", "sudah", "udah", "ok", "oke", "punya")
_NO = (
    "tidak",
    "t",
    "tdk",
    "no",
    "enggak",
    "engga",
    "gak",
    "ga",
    "nggak",
    "ngga",
    "ndak",
    "ora",
    "belum",
    "bukan",
)


def yes_no(yes: str = YA, no: str = TIDAK) -> tuple[Option, ...]:
    """`Ya` and `Tidak` as options, with what their buttons say."""
    return Option(YA, yes, _YES), Option(TIDAK, no, (*_NO, "tidak ada", "tidak punya"))


@dataclass(frozen=True, kw_only=True)
class YesNo(Choice):
    """Yes or no; the value is "Ya" or "Tidak", as in the export."""

    choices: tuple[Option, ...] = yes_no()


_OTHER_WORDS = {"bahan bakar lainnya", "lainnya", "lain", "lain lain"}


@dataclass(frozen=True, kw_only=True)
class Ticks(Question):
    """Several of a list in one message. `least`: how many must be ticked. `each` is "" where the export holds the
    list itself; otherwise every option is a yes/no of its own below this prefix. `all_of_them`: a button that
    ticks the whole list at once. `described`: an option ("lainnya") and the question that a more exact word for it
    ("kayu bakar") answers too."""

    choices: tuple[Option, ...]
    least: int = 0
    each: str = ""
    truth: tuple[object, object] = (YA, TIDAK)
    takes_lines: bool = True
    all_of_them: bool = False
    columns: int = 1
    described: tuple[str, str] = ("", "")

    def read(self, text: str, scope: Scope) -> Reading:  # noqa: ARG002 - the kind's shape
        """The options named in the text, separated by commas, "dan" or lines; "tidak ada" means none."""
        if fold(text) in {"tidak ada", "tidak", "kosong", "tidak ada satu pun"} or text.strip() == "-":
            return tick_at_least_one() if self.least else Read(())
        if self.all_of_them and fold(text) in {"semua", "semuanya", "sudah semua", "ya semuanya", "ya"}:
            return Read(tuple(option.value for option in self.choices))
        found: set[str] = set()
        words: list[str] = []
        for part in filter(None, map(str.strip, re.split(r"[;\n]|,(?!\d)|\bdan\b|\+|&", text))):
            option = match(part, self.choices)
            if not option:
                return choose_some(part)
            found.add(option.value)
            if option.value == self.described[0] and fold(part) not in _OTHER_WORDS:
                words.append(part[:1].upper() + part[1:])
        also = {self.described[1]: ", ".join(words)} if words else {}
        return Read(self.ordered(found), also) if found else choose_one()

    def ordered(self, chosen: set[str]) -> tuple[str, ...]:
        """The chosen values in the order of the list."""
        return tuple(option.value for option in self.choices if option.value in chosen)

    def show(self, value: Value, scope: Scope) -> str:
        """The ticked labels."""
        if isinstance(value, tuple):
            return ", ".join(option.face for option in self.choices if option.value in value) or "tidak ada"
        return super().show(value, scope)
