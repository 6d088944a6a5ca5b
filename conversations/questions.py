"""What every question is: its key, its words, when it is asked, and how a text becomes a value.

A kind of question is a subclass in amounts.py, choices.py, texts.py or names.py. Nothing here asks or stores:
`read` turns words into a value, a doubt or a problem, and that is all.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, Protocol

from conversations.answers import Mark, Ticking, Value
from conversations.conditions import ALWAYS, Condition
from conversations.problems import Problem
from conversations.scope import Scope
from conversations.words import N_

NOTHING: Mapping[str, Value] = MappingProxyType({})


class Read(NamedTuple):
    """A text that was understood. `also` holds answers to other questions that it gave; `about` marks a
    number given as "sekitar", which is taken as exact and said so."""

    value: Value
    also: Mapping[str, Value] = NOTHING
    about: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text with several readings, most likely first; the person chooses. The value of each is text that reads
    exactly."""

    readings: "tuple[Option, ...]"

    @classmethod
    def between(cls, readings: Iterable[str]) -> "Doubt":
        """A doubt between texts that are their own button."""
        return cls(tuple(map(Option, readings)))


Reading = Read | Doubt | Problem


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: the value it stands for, what its button says, and words that mean it too."""

    value: str
    label: str = ""
    aliases: tuple[str, ...] = ()
    also: Mapping[str, Value] = field(default_factory=dict)

    @property
    def face(self) -> str:
        """The text on its button."""
        return self.label or self.value

    @property
    def names(self) -> tuple[str, ...]:
        """Every word for it, folded."""
        return _folded(self.value, self.face, *self.aliases)


class Rule(Protocol):
    """How an answer follows from others."""

    def compute(self, scope: Scope) -> Value | None:
        """The value, or None while something it needs is missing."""

    def mentions(self) -> tuple[str, ...]:
        """The keys it needs."""


class Check(Protocol):
    """A rule that a value must keep beside its kind's own."""

    def problem(self, value: Value, scope: Scope) -> Problem | None:
        """Why the value cannot be taken; None where it can."""


class Suggest(Protocol):
    """Buttons that answer a question whose words are free."""

    def options(self, scope: Scope) -> tuple[Option, ...]:
        """What to offer, best first."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of the form.

    key: `section.question`, permanent. label: exactly as SIINas writes it. ask: one sentence, with gaps such as
    {periode}, {satuan}, {barang} (see asking.py). line: the row of "Kirim Laporan" that stays until it is filled
    (K1..K7). otherwise: the value that counts while the question does not apply. on_request: asked only when the
    person opens it. related: questions that can be opened from here. offers: commands offered here. names: gaps of
    its sentences with fixed text. takes_lines: a text of several lines is one answer, not one answer a line. short: its
    name where the section is not in sight. carry: whether a new report begins with the last one's answer.
    """

    key: str
    label: str
    ask: str
    example: str = ""
    help: str = ""
    unit: str = ""
    needed: bool = True
    when: Condition = ALWAYS
    line: str = ""
    otherwise: Value | None = None
    computed: Rule | None = None
    checks: tuple[Check, ...] = ()
    suggest: Suggest | None = None
    export: bool = True
    can_wait: bool = True
    on_request: bool = False
    acknowledged: bool = True
    takes_lines: bool = False
    short: str = ""
    carry: bool = True
    related: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def read(self, text: str, scope: Scope) -> Reading:
        """What `text` means here."""
        raise NotImplementedError(f"{type(self).__name__} must say how a text is read.")

    def options(self, scope: Scope) -> tuple[Option, ...]:
        """What can be chosen by button, in order."""
        return self.suggest.options(scope) if self.suggest else ()

    def show(self, value: Value, scope: Scope) -> str:  # noqa: ARG002 - kinds with units need it
        """The value as a person reads it, in Indonesian."""
        match value:
            case Mark.KOSONG:
                return N_("(dikosongkan)")
            case Mark.NANTI | Ticking():
                return N_("(belum diisi)")
            case tuple():
                return ", ".join(value) or N_("tidak ada")
        return str(value)

    def spelled(self, value: Value) -> str:  # noqa: ARG002 - amounts spell theirs
        """The value in words where a wrong zero would hurt; "" elsewhere."""
        return ""

    def exported(self, value: Value) -> object:
        """The value as the JSON export holds it: text, number, list, or null where it was left empty."""
        match value:
            case Mark():
                return None
            case Decimal():
                return int(value) if value == value.to_integral_value() else value
            case tuple():
                return list(value)
        return value

    def against(self, value: Value, scope: Scope) -> Problem | None:
        """What speaks against this value as things stand; None where nothing does."""
        for check in self.checks:
            if problem := check.problem(value, scope):
                return problem
        return None

    def checked(self, read: Reading, scope: Scope) -> Reading:
        """The reading, or what speaks against it once what it answers `also` is counted in."""
        if isinstance(read, Read):
            return self.against(read.value, scope.knowing(read.also)) or read
        return read


@lru_cache(
    maxsize=4096
)  # folding the words of a question's options again takes longer than all else of a typed answer
def _folded(*words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words)


_WORD = re.compile(r"[^\W_]+")


def has_words(text: str) -> bool:
    """Whether `fold` would leave anything of it."""
    return _WORD.search(text) is not None


def fold(text: str) -> str:
    """Text for comparing: small letters, no punctuation, single spaces."""
    return " ".join(_WORD.findall(text.casefold()))
