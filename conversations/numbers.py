"""Reads the numbers that owners type in Indonesian; never guesses and never raises; it knows no field.

Grammar (spaces, capitals, `Rp`, `,-` and `ya pak` do not count):

    answer    = [about] number [tail] | number to number | nothing
    nothing   = "tidak ada" | "nihil" | "kosong" | "-" …                           0
    about     = "sekitar" | "kurang lebih" | "±" …, also "jutaan"                  taken as exact, and said so
    number    = segment {segment}              the scales fall: 18jt500rb, 2 juta 500 ribu
    segment   = coefficient [scale ["setengah"]]                                   sejuta setengah
    coefficient = numeral | words below 1000 [("setengah" | "koma" digits)] | "setengah" | 1/2 | 2 1/2
    scale     = ribu rb k | juta jt | miliar | triliun | m (miliar or juta: asks back)
    numeral   = digits | 18.500.000 | 18.500.000,00 | 18,500,000 | 18,500,000.00
    tail      = rupiah: "rupiah" "perak" | quantity: a unit of units.py | whole: a unit, "orang" …

Dots group thousands, the comma opens the fraction: `1.500` is 1500, `15,6` fifteen and a bit, `0.5` a half,
`18.5jt` 18,5 juta. `15.6` asks back (15,6 or 156), and so do `1,500` (1,5 or 1500) and `1.500 juta`.
Asking back as well: in rupiah a bare 1 to 999 (n, n ribu, n juta) and a bare fraction (`1,5`: ribu or juta);
`5M`; in quantities `5k` at the end (5 ribu or 5 kilo); `2jt500` (2.500.000 or 2.000.500; all in words it is
exact, grammar has one reading); ranges. Refused with the reason: see `Reason`. At most 15 digits, and 10**15.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from conversations.numbers_cleaning import (
    Cleaned,
    clean,
    is_nothing,
    without_currency,
    without_minus,
    without_politeness,
)
from conversations.numbers_parsing import Parsed, parse
from conversations.numbers_results import (
    LIMIT,
    Doubtful,
    Exact,
    Reason,
    Unreadable,
    decimals_of,
    is_whole,
    plain,
)
from conversations.numbers_words import HALF, MILLION, THOUSAND
from conversations.numbers_writing import rupiah, spell, write
from conversations.units import find_unit, one_of

__all__ = [
    "Doubtful",
    "Exact",
    "Reason",
    "Unreadable",
    "read_quantity",
    "read_rupiah",
    "read_whole",
    "rupiah",
    "spell",
    "write",
]

_CURRENCY = {"rupiah", "perak", "idr", "rp"}
_PEOPLE = {"orang", "org", "karyawan", "pekerja", "pegawai", "tenaga kerja", "mesin"}
_MEASURES = {"kwh"}  # measured in the report, but nothing is made or bought by it
_WORDS = re.compile(r"[a-z][a-z0-9 ]*")
_BETWEEN = re.compile(r" ?(?:[-~]|s/d|s\.d\.?|(?<![a-z])(?:sd|sampai dengan|sampai|hingga|atau)(?![a-z])) ?")
_WIDEST = 10  # a range whose end is more than ten times its start offers nothing to choose from
_MOST_READINGS = 4


@dataclass(frozen=True, slots=True)
class _Field:
    """What kind of number is read: `follows` says which words may stand after it."""

    money: bool
    decimals: int
    follows: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Found:
    """One number with the words after it; `marked` when Rp or rupiah says that it is meant as it stands."""

    parsed: Parsed
    tail: str | None
    marked: bool = False


def read_rupiah(text: str) -> Exact | Doubtful | Unreadable:
    """Whole rupiah: `18,5 juta`, `Rp 18.500.000,-`; a bare 1 to 999 asks back, `Rp 5` does not."""
    return _read(text, _Field(money=True, decimals=0, follows=_CURRENCY.__contains__))


def read_quantity(text: str, decimals: int = 2) -> Exact | Doubtful | Unreadable:
    """A quantity with at most `decimals` decimals, perhaps a unit: `7,8 kg`, `3 lusin`, `sekilo setengah`."""
    return _read(text, _Field(money=False, decimals=decimals, follows=_is_unit))


def read_whole(text: str) -> Exact | Doubtful | Unreadable:
    """A count of people or machines: `4`, `empat`, `4 orang`, `2 unit`."""
    return _read(text, _Field(money=False, decimals=0, follows=_is_counted))


def _is_unit(word: str) -> bool:
    return word in _MEASURES or (_WORDS.fullmatch(word) is not None and find_unit(word) is not None)


def _is_counted(word: str) -> bool:
    return word in _PEOPLE or _is_unit(word)


def _read(typed: str, field: _Field) -> Exact | Doubtful | Unreadable:
    cleaned = clean(typed)
    if isinstance(cleaned, Unreadable):
        return cleaned
    text = without_currency(cleaned.text) if field.money else cleaned.text
    if is_nothing(text):
        return Exact(Decimal(0))
    if (positive := without_minus(text)) is not None:
        known = isinstance(parse(without_currency(positive), field.money), Parsed)
        return Unreadable(Reason.NEGATIVE if known else Reason.NOT_A_NUMBER, text)
    between = text.removeprefix("antara ").replace(" dan ", "-") if text.startswith("antara ") else text
    ends = _BETWEEN.split(between)
    if len(ends) == 2 and (answer := _range(ends[0], ends[1], field)) is not None:
        return answer
    found = _find(cleaned.text, field)
    if isinstance(found, Unreadable):
        return found
    return _judge(found, cleaned, field)


def _find(text: str, field: _Field) -> _Found | Unreadable:
    """The number at the start, if nothing stands behind it that may not."""
    bare = without_currency(text) if field.money else one_of(text, _PEOPLE)
    parsed = parse(bare, field.money)
    if isinstance(parsed, Unreadable):
        return parsed
    if not parsed.rest:
        return _Found(parsed, None, marked=bare != text)
    for tail in (parsed.rest, without_politeness(parsed.rest)):
        if not tail or field.follows(tail):
            return _Found(parsed, tail or None, marked=bare != text or bool(tail))
        unit = tail.removesuffix(" setengah")
        if unit != tail and field.follows(unit) and not field.money and all(map(is_whole, parsed.readings)):
            return _Found(replace(parsed, readings=tuple(value + HALF for value in parsed.readings)), unit)
    return Unreadable(Reason.LEFTOVER, parsed.rest)


def _judge(found: _Found, cleaned: Cleaned, field: _Field) -> Exact | Doubtful | Unreadable:
    """One value, several, or the reason why none of them can be stored."""
    readings = found.parsed.readings
    if max(readings) > LIMIT:
        return Unreadable(Reason.TOO_LONG)
    if field.money and found.parsed.bare:
        readings = _as_money(readings, found.marked or cleaned.mark)
    unit = None if field.money else found.tail
    fitting = tuple(dict.fromkeys(plain(value) for value in readings if decimals_of(value) <= field.decimals))
    if len(fitting) > 1:
        return Doubtful(fitting[:_MOST_READINGS], unit)
    if len(readings) > 1 or not fitting:  # one of two that fits would be a guess
        return Unreadable(Reason.TOO_FINE if field.decimals else Reason.FRACTION)
    return Exact(fitting[0], unit, cleaned.about)


def _as_money(readings: tuple[Decimal, ...], marked: bool) -> tuple[Decimal, ...]:
    """Rupiah that a number without ribu or juta may mean: hardly 5 rupiah, and never half of one."""
    first, *others = readings
    if first >= THOUSAND or first == 0 or (marked and is_whole(first)):
        return readings
    return (first, first * THOUSAND, first * MILLION, *others)


def _range(start: str, end: str, field: _Field) -> Doubtful | Unreadable | None:
    """`10-15 juta` offers both ends; None if this is no range of two readable numbers."""
    low, high = _find(start, field), _find(end, field)
    if isinstance(low, Unreadable) or isinstance(high, Unreadable):
        return None
    if low.parsed.bare and high.parsed.scale:  # 10-15 juta: the scale counts for both
        low = _find(f"{start} {high.parsed.scale}", field)
        if isinstance(low, Unreadable):
            return None
    if low.tail is not None and low.tail != high.tail:
        return Unreadable(Reason.LEFTOVER, end)
    lows, highs = low.parsed.readings, high.parsed.readings
    literal = low.marked or high.marked or max(*lows, *highs) >= THOUSAND
    if field.money and low.parsed.bare and high.parsed.bare and not literal:
        lows = tuple(n * scale for scale in (MILLION, THOUSAND) for n in lows)
        highs = tuple(n * scale for scale in (MILLION, THOUSAND) for n in highs)
    pairs = [(low, high) for low, high in zip(lows, highs, strict=False) if low < high <= low * _WIDEST]
    readings = tuple(dict.fromkeys(plain(value) for pair in pairs for value in pair))
    if len(lows) != len(highs) or not 2 <= len(readings) <= _MOST_READINGS or max(readings) > LIMIT:
        return Unreadable(Reason.RANGE_TOO_WIDE)
    if any(decimals_of(value) > field.decimals for value in readings):
        return Unreadable(Reason.TOO_FINE if field.decimals else Reason.FRACTION)
    return Doubtful(readings, None if field.money else high.tail)
