"""The form as a whole: sections in order, each with its questions, repeats and endings, checked when it is made.
It knows the order of things and nothing of any draft."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from conversations.answers import Value
from conversations.choices import YA, Choice, Ticks
from conversations.conditions import Condition
from conversations.periods import Scheme
from conversations.problems import choose_one
from conversations.questions import Option, Question, Reading
from conversations.scope import Scope


class FormDefinitionError(Exception):
    """The form is declared wrongly: its text says which key to mend."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """The questions of a section are asked for each of one to `limit` items; `name` is the key that names one."""

    name: str
    noun: str
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the report stops being for us, as things stand: why, in words, and which answers could change it.
    `letter`: a letter of ours takes its place."""

    key: str
    title: str
    words: str
    when: Condition
    opens: tuple[str, ...]
    letter: bool = False


@dataclass(frozen=True)
class Section:
    """One page of SIINas. `title` as in the form; `numbered` sections count as "Bagian N dari M"."""

    key: str
    title: str
    entries: tuple[Question | Ending, ...]
    repeat: Repeat | None = None
    numbered: bool = True
    company: bool = False
    applies: Condition | None = None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Its questions without the endings."""
        return tuple(entry for entry in self.entries if isinstance(entry, Question))

    @cached_property
    def still_same(self) -> str:
        """The key of the answer "what was carried over is still so"."""
        return f"{self.key}.masih_sama"

    @cached_property
    def all_listed(self) -> str:
        """The key of the answer "that was all" of a repeat group."""
        return f"{self.key}.sudah_semua"

    @cached_property
    def asks_still_same(self) -> "StillSame":
        """The question whether what was carried over is still so."""
        return StillSame(
            key=self.still_same,
            label=self.title,
            short="Masih sama atau berubah",
            ask="Ini jawaban Anda di laporan sebelumnya. Masih sama?",
            help="Kalau semuanya masih benar, tekan Masih sama. Kalau ada yang lain, tekan Ada yang berubah.",
            choices=(Option(YA, "Masih sama", ("sama", "masih", "sama saja", "tetap")),),
            export=False,
            acknowledged=False,
        )

    @cached_property
    def asks_all_listed(self) -> "AllListed":
        """The question behind the items of a repeat group: was that all?"""
        return AllListed(
            key=self.all_listed,
            label=self.title,
            ask="Masih ada {sebutan} lain? Tulis namanya, atau tekan Sudah semua.",
            help="Tulis nama yang belum tercatat di bawah ini. Kalau semuanya sudah tercatat, tekan Sudah semua.",
            needed=False,
            export=False,
            example=self.repeat.noun if self.repeat else "",
        )


def on_siinas(section: Section, question: Question) -> bool:
    """Whether the label stands on a page of SIINas: then it is the same in every language. Others are ours, as are
    ticks that are only noted as true or false."""
    noted = isinstance(question, Ticks) and question.truth[0] is True
    return section.numbered and question.export and not noted


class StillSame(Choice):
    """Before what was carried over from the last report: is it still so? Its value is "Ya" once it was confirmed."""


class AllListed(Choice):
    """After the last item of a group: add another, or that was all. Its value is "Ya" once all are listed."""


class ToMend(Question):
    """What the verifier wants mended, picked field by field: see mending.py for its value."""

    def read(self, text: str, scope: Scope) -> Reading:  # noqa: ARG002 - the kind's shape
        """Always a problem: fields are picked by button."""
        return choose_one()

    def show(self, value: Value, scope: Scope) -> str:
        """How many are left."""
        return str(len(value)) if isinstance(value, tuple) and value else super().show(value, scope)


@dataclass(frozen=True)
class Form:
    """The sections in the order asked, with the calendar. Raises FormDefinitionError for a form that cannot work."""

    version: str
    scheme: Scheme
    sections: tuple[Section, ...]
    by_key: dict[str, Question] = field(init=False, default_factory=dict)
    section_of: dict[str, Section] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for section in self.sections:
            for entry in section.entries:
                self._check(entry.when.mentions(), entry.key)
                if isinstance(entry, Ending):
                    continue
                if entry.key in self.by_key:
                    raise FormDefinitionError(f"{entry.key} is declared twice: keep one.")
                if entry.computed:
                    self._check(entry.computed.mentions(), entry.key)
                self.by_key[entry.key] = entry
                self.section_of[entry.key] = section
            self.section_of[section.still_same] = section
            if section.repeat:
                self._check((section.repeat.name,), section.key)
                self.section_of[section.all_listed] = section

    def _check(self, mentioned: tuple[str, ...], where: str) -> None:
        for key in mentioned:
            if key not in self.by_key:
                raise FormDefinitionError(f"{where} depends on {key}, which is not asked before it: move or mend it.")

    @cached_property
    def numbered(self) -> tuple[Section, ...]:
        """The sections that count as "Bagian"."""
        return tuple(section for section in self.sections if section.numbered)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each "Bagian", from 1, by its key."""
        return {section.key: number for number, section in enumerate(self.numbered, 1)}

    def questions(self) -> Iterator[Question]:
        """Every question, in order."""
        return iter(self.by_key.values())

    def of_company(self, key: str) -> bool:
        """Whether the answer is kept with the firm and not with one report."""
        section = self.section_of.get(key)
        return section is not None and section.company

    def section(self, key: str) -> Section:
        """The section of that key. Raises KeyError: our mistake."""
        return next(section for section in self.sections if section.key == key)
