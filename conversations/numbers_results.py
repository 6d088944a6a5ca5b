"""What reading a number can give: a value, a few values to ask back about, or the reason why there is none.

It does not know how the text was read, nor the sentences in which the owner is told.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

LIMIT = Decimal(10**15)  # 15 digits, and the one number of 16 that can still be spelled
FINEST = 12  # decimals read at all: with 15 digits before the comma still exact in Decimal's 28


class Reason(Enum):
    """Why a text is no number that can be stored."""

    EMPTY = auto()
    NEGATIVE = auto()
    NOT_FINITE = auto()
    EXPONENT = auto()
    TOO_LONG = auto()  # over 15 digits
    OTHER_DIGITS = auto()  # digits of another alphabet
    GROUPING = auto()  # dots or commas not three digits apart: 12.05.2026
    LEFTOVER = auto()  # something that is not understood after the number
    RANGE_TOO_WIDE = auto()  # ends that are not in order, or more than ten times apart
    NOT_A_NUMBER = auto()
    FRACTION = auto()  # a fraction where whole is needed
    TOO_FINE = auto()  # more decimals than allowed


@dataclass(frozen=True, slots=True)
class Exact:
    """A number that can be read in one way only.

    `unit` is the unit word as typed, in lower case; `about` says that "sekitar" stood there and was dropped.
    """

    value: Decimal
    unit: str | None = None
    about: bool = False


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Two to four numbers that may be meant, the likeliest first; each is offered as a button."""

    readings: tuple[Decimal, ...]
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No number; `rest` is the part of the text that was not understood."""

    reason: Reason
    rest: str = ""


def is_whole(value: Decimal) -> bool:
    """Whether there is nothing behind the comma."""
    return value == value.to_integral_value()


def decimals_of(value: Decimal) -> int:
    """How many decimals are needed to write the value."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def plain(value: Decimal) -> Decimal:
    """The same value without exponent and without zeros at the end of its fraction."""
    return value.quantize(Decimal(1)) if is_whole(value) else value.normalize()
