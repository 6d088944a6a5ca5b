"""The number at the start of a text: `2 juta 500 ribu`, `18jt500rb`, `dua setengah juta`; and what is left.

A number is one or more segments, each a coefficient with or without a scale, the scales falling. It is read
in one pass, without going back. It knows nothing of currencies, units, ranges or limits of a field.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from conversations.numbers_coefficients import from_digits, from_words
from conversations.numbers_parts import Part, parts_of
from conversations.numbers_results import Reason, Unreadable, is_whole
from conversations.numbers_words import BILLION, MILLION, THOUSAND, Kind

_MOST_READINGS = 4  # buttons under one question
_SMALL = 1000
_TOO_WIDE = 4  # for a tail that should have been three digits
_ONE = (Decimal(1),)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Values it may have; `bare`: without a scale word; `scale`: that word, if there is just one segment."""

    readings: tuple[Decimal, ...]
    bare: bool
    scale: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Segment:
    values: tuple[Decimal, ...]
    scales: tuple[Decimal, ...]
    end: int  # index of the part after it
    in_digits: bool
    width: int  # digits typed, 0 if words
    scale_at: int = -1


def parse(text: str, money: bool) -> Parsed | Unreadable:
    """Reads the number at the start of a lower-case text with single spaces.

    `money`: `m` is a scale (miliar or million?) and `k` a thousand; otherwise m may be a metre and k a kilo.
    """
    parts = parts_of(text)
    if not money:
        parts = _until_metre(parts)
    segment = _segment(parts, 0)
    if isinstance(segment, Unreadable):
        return segment
    single = segment
    totals = [(value * scale, scale, is_whole(value)) for value in segment.values for scale in segment.scales]
    in_digits, at = segment.in_digits, segment.end
    while parts[at].kind is not Kind.OTHER:
        following = _segment(parts, at)
        if isinstance(following, Unreadable):
            break
        in_digits = in_digits or following.in_digits
        longer = _add(totals, following, in_digits)
        if not longer:
            break
        totals, at = longer, following.end
    readings = tuple(dict.fromkeys(total for total, _, _ in totals))
    if len(readings) > _MOST_READINGS:
        return Unreadable(Reason.NOT_A_NUMBER, text)
    alone = at == single.end
    return Parsed(
        readings,
        bare=alone and single.scales == _ONE,
        scale=parts[single.scale_at].text if alone and single.scale_at >= 0 else "",
        rest=text[parts[at].start :],
    )


def _until_metre(parts: list[Part]) -> list[Part]:
    """The parts with `m` left over as a unit, and a last `k` as a thousand or a kilo."""
    for at, part in enumerate(parts):
        if part.kind is Kind.M:
            return [*parts[:at], replace(part, kind=Kind.OTHER)]
        if part.kind is Kind.K and not parts[at + 1].text:
            return [*parts[:at], replace(part, kind=Kind.KILO), *parts[at + 1 :]]
    return parts


_Total = tuple[Decimal, Decimal, bool]  # the sum so far, the scale of its last segment, whether one may go on


def _add(totals: list[_Total], segment: _Segment, in_digits: bool) -> list[_Total]:
    """Every sum that goes on with this segment below its last scale; none if it does not fit."""
    longer: list[_Total] = []
    for total, above, open_ in totals:
        for value in segment.values:
            for scale in segment.scales:
                if not open_ or scale >= above or value * scale >= above:
                    continue
                if scale == 1 and (len(segment.values) > 1 or not is_whole(value)):
                    continue
                if scale == 1 and in_digits and 0 < value < _SMALL:
                    tails = _tails(value, above, segment.width or len(str(value)))
                else:
                    tails = [value * scale]
                longer += [(total + tail, scale, is_whole(value)) for tail in tails]
    return longer


def _tails(value: Decimal, above: Decimal, width: int) -> list[Decimal]:
    """What `500` in `2jt500` (500 thousand or 500) or `5` in `2jt5` (half a million too) may add."""
    if width >= _TOO_WIDE:
        return []
    spoken = [value * above / 10**width, value * above / THOUSAND, value]
    return [tail for tail in dict.fromkeys(spoken) if is_whole(tail)]


def _segment(parts: list[Part], at: int) -> _Segment | Unreadable:
    first = parts[at]
    in_digits = first.kind is Kind.NUMERAL
    width = 0
    if in_digits and parts[at + 1].kind not in (Kind.BELAS, Kind.PULUH, Kind.RATUS):
        found = from_digits(parts, at)
        width = len(first.text) if first.text.isdigit() else _TOO_WIDE
    else:
        found = from_words(parts, at)
    if isinstance(found, Unreadable):
        return found
    values, at, open_ = found
    scale_at = at
    scales, at = _scales(parts, at)
    if scales != _ONE and parts[at].kind is Kind.PART and open_:  # sejuta setengah
        values, at = tuple(value + parts[at].value for value in values), at + 1
    return _Segment(values, scales, at, in_digits, width, scale_at if scales != _ONE else -1)


def _scales(parts: list[Part], at: int) -> tuple[tuple[Decimal, ...], int]:
    """What the coefficient is multiplied by, likeliest first, and the index after it."""
    part = parts[at]
    if part.kind is Kind.M:
        return (Decimal(BILLION), Decimal(MILLION)), at + 1
    if part.kind is Kind.KILO:
        return (Decimal(THOUSAND), Decimal(1)), at + 1
    if part.kind not in (Kind.SCALE, Kind.K):
        return _ONE, at
    following = parts[at + 1]
    if following.kind is Kind.SCALE and part.value == THOUSAND < following.value:  # seribu triliun
        return (part.value * following.value,), at + 2
    return (part.value,), at + 1
