"""What an answer is: a value, where it belongs and how it came. Values are plain and immutable; rupiah and
counts are int, quantities Decimal, never float. This module knows no question and no table."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import NamedTuple


class Mark(Enum):
    """Said about a question instead of a value: put off, or left empty on purpose (optional questions only)."""

    NANTI = "nanti"
    KOSONG = "kosong"


@dataclass(frozen=True, slots=True)
class Ticking:
    """A list of ticks that is not finished: `before` stays the answer until `Selesai` is pressed."""

    chosen: tuple[str, ...]
    before: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A stored upload: our own id (32 hex), its real type (pdf, jpeg, png), its size in bytes, the person's message
    it came in, and how many pages it has."""

    id: str
    kind: str
    size: int
    sent: int = field(default=0, compare=False)
    pages: int = field(default=1, compare=False)


MOST_PAGES = 30
"""Pages of a paper: more is another document."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What was sent as one paper: its photos in the order they were sent in, or its one PDF. `waiting`: sent when it
    was finished; they belong to it, or take its place, only when the person has said which."""

    files: tuple[File, ...] = ()
    waiting: tuple[File, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages it has, without those that wait."""
        return sum(file.pages for file in self.files)

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF as it was sent, to which no photo can be added."""
        return any(file.kind == "pdf" for file in self.files)

    @property
    def kept(self) -> tuple[File, ...]:
        """Every file it needs."""
        return (*self.files, *self.waiting)


Value = int | Decimal | str | tuple[str, ...] | Mark | Ticking | Paper


class Source(StrEnum):
    """How an answer came."""

    TYPED = "typed"
    BUTTON = "button"
    COMPUTED = "computed"
    CARRIED = "carried"
    EDITED = "edited"
    LATER = "later"


class Place(NamedTuple):
    """Where an answer belongs: the question's key and, inside a repeat group, the item's id (else "")."""

    question: str
    item: str = ""


@cache
def outside(question: str) -> Place:
    """The place of a question outside groups: one object for all drafts, found faster than a new one is made."""
    return Place(question)


@dataclass(slots=True)  # never changed; frozen, it would cost thrice as much to make
class Answer:
    """A value, how it came, and the person's own message it came from (None for buttons)."""

    value: Value
    source: Source
    message_id: int | None = None


def to_json(value: Value) -> object:
    """The value as JSON data. A quantity becomes a scaled integer with its scale beside it."""
    match value:
        case Mark():
            return {"tanda": value.value}
        case Ticking():
            return {
                "dicentang": list(value.chosen),
                "semula": None if value.before is None else list(value.before),
            }
        case Paper():
            return {"berkas": [*map(_row, value.files)], "menunggu": [*map(_row, value.waiting)]}
        case Decimal():
            scale = max(0, -int(value.as_tuple().exponent))
            return {"angka": int(value.scaleb(scale)), "skala": scale}
        case tuple():
            return list(value)
    return value


def _row(file: File) -> list[str | int]:
    return [file.id, file.kind, file.size, file.sent, file.pages]


def _file(row: list[str | int]) -> File:
    id_, kind, size, sent, pages = row
    return File(str(id_), str(kind), int(size), int(sent), int(pages))


def from_json(data: object) -> Value:
    """The value that `to_json` wrote. Raises ValueError for data that it never writes."""
    match data:
        case int() | str():
            return data
        case {"tanda": str(mark)}:
            return Mark(mark)
        case {"dicentang": list(chosen), "semula": before}:
            return Ticking(tuple(chosen), tuple(before) if isinstance(before, list) else None)
        case {"berkas": list(files), "menunggu": list(waiting)}:
            return Paper(tuple(map(_file, files)), tuple(map(_file, waiting)))
        case {"angka": int(scaled), "skala": int(scale)}:
            return Decimal(scaled).scaleb(-scale)
        case list():
            return tuple(str(part) for part in data)
    raise ValueError("This row holds no answer that the form can read: restore it from a backup or delete the row.")
