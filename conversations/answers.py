"""What an answer is: a value, where it belongs and how it came. Values are plain and immutable; rupiah and
counts are int, quantities Decimal, never float. This module knows no question and no table."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
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
    """A stored upload: our own id (32 hex), its real type (pdf, jpeg, png), its size in bytes."""

    id: str
    kind: str
    size: int


Value = int | Decimal | str | tuple[str, ...] | Mark | Ticking | File


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


@dataclass(frozen=True, slots=True)
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
        case File():
            return {"berkas": value.id, "jenis": value.kind, "ukuran": value.size}
        case Decimal():
            scale = max(0, -int(value.as_tuple().exponent))
            return {"angka": int(value.scaleb(scale)), "skala": scale}
        case tuple():
            return list(value)
    return value


def from_json(data: object) -> Value:
    """The value that `to_json` wrote. Raises ValueError for data that it never writes."""
    match data:
        case int() | str():
            return data
        case {"tanda": str(mark)}:
            return Mark(mark)
        case {"dicentang": list(chosen), "semula": before}:
            return Ticking(tuple(chosen), tuple(before) if isinstance(before, list) else None)
        case {"berkas": str(id_), "jenis": str(kind), "ukuran": int(size)}:
            return File(id_, kind, size)
        case {"angka": int(scaled), "skala": int(scale)}:
            return Decimal(scaled).scaleb(-scale)
        case list():
            return tuple(str(part) for part in data)
    raise ValueError("This row holds no answer that the form can read: restore it from a backup or delete the row.")
