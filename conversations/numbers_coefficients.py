"""What stands before ribu, juta: `18,5`, `tiga ratus dua puluh`, `dua setengah`, `2 1/2`, `nol koma lima`."""

from decimal import Decimal

from conversations.numbers_numerals import numeral
from conversations.numbers_parts import Part
from conversations.numbers_results import Reason, Unreadable, is_whole
from conversations.numbers_words import Kind

SCALES = (Kind.SCALE, Kind.M, Kind.K, Kind.KILO)
_MOST_DECIMALS = 6  # spoken after "koma"

# values, likeliest first; index of the next part; whether a "setengah" may still follow the scale
Coefficient = tuple[tuple[Decimal, ...], int, bool]


def from_digits(parts: list[Part], at: int) -> Coefficient | Unreadable:
    """The coefficient that starts with the numeral at this index."""
    following = parts[at + 1]
    halves = following.kind in (Kind.PART, Kind.RATIO)
    scaled = parts[at + 2 if halves else at + 1].kind in SCALES
    found = numeral(parts[at].text, scaled)
    if isinstance(found, Reason):
        return Unreadable(found, parts[at].text)
    whole = len(found) == 1 and is_whole(found[0])
    if halves and whole:
        return (found[0] + following.value,), at + 2, False
    if following.kind is Kind.KOMA and whole:
        return _after_comma(found[0], parts, at + 2) or (found, at + 1, False)
    return found, at + 1, whole


def from_words(parts: list[Part], at: int) -> Coefficient | Unreadable:
    """The coefficient in words, or 1/2, at this index."""
    first, second = parts[at], parts[at + 1] if at + 1 < len(parts) else parts[at]
    if first.kind in (Kind.PART, Kind.RATIO):
        return (first.value,), at + 1, False
    if first.kind is Kind.DIGIT and second.kind is Kind.PEREMPAT and first.value == 3:
        return (first.value * second.value,), at + 2, False
    value, after = _below_thousand(parts, at)
    if after == at:
        return Unreadable(Reason.NOT_A_NUMBER, first.text)
    following = parts[after]
    if following.kind is Kind.KOMA:
        return _after_comma(value, parts, after + 1) or ((value,), after, False)
    if following.kind is Kind.PART and (value % 100 or not value):  # "seratus setengah" is 150 to some
        return (value + following.value,), after + 1, False
    return (value,), after, True


def _after_comma(whole: Decimal, parts: list[Part], at: int) -> Coefficient | None:
    """`dua koma lima`, `satu koma dua lima`, `2 koma 5`; None without digits behind the comma."""
    digits = ""
    while parts[at].kind is Kind.DIGIT or (parts[at].kind is Kind.NUMERAL and parts[at].text.isdigit()):
        digits += parts[at].text if parts[at].kind is Kind.NUMERAL else str(parts[at].value)
        at += 1
    return ((Decimal(f"{whole}.{digits}"),), at, False) if 0 < len(digits) <= _MOST_DECIMALS else None


def _below_thousand(parts: list[Part], at: int) -> tuple[Decimal, int]:
    """`tiga ratus dua puluh lima` and the index after it; the same index if no such words stand there."""
    total = Decimal(0)
    count = _digit_before(parts, at, Kind.RATUS)
    if count:
        total, at = count * 100, at + 2
    if parts[at].kind is Kind.TENS and total == 0:
        return parts[at].value, at + 1
    if count := _digit_before(parts, at, Kind.PULUH):
        total, at = total + count * 10, at + 2
    elif count := _digit_before(parts, at, Kind.BELAS):
        return total + 10 + count, at + 2
    last = parts[at]
    if last.kind is Kind.DIGIT and (last.value > 0 or total == 0):
        return total + last.value, at + 1
    return total, at


def _digit_before(parts: list[Part], at: int, kind: Kind) -> Decimal:
    """The 1 to 9 that counts the hundreds, tens… at this place; 0 if they are not there."""
    if parts[at].kind is Kind.OTHER or parts[at + 1].kind is not kind:
        return Decimal(0)
    if parts[at].kind is Kind.DIGIT:
        return parts[at].value
    single = parts[at].kind is Kind.NUMERAL and parts[at].text in "123456789"
    return Decimal(parts[at].text) if single else Decimal(0)
