"""PLN tariff groups, as they stand on a bill or token slip, read from what owners type about their meter.

SIINas' own list is in no guide, so any other text may be stored too; here is only what we recognise.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from conversations.search import read_table, words


@dataclass(frozen=True)
class Tariff:
    """A group as it is stored ("R-1/1.300 VA") and what it means in everyday words (may be empty)."""

    nama: str
    keterangan: str


TARIFFS = tuple(Tariff(row["nama"], row["keterangan"]) for row in read_table("golongan_pln.csv"))
NO_PLN, UNKNOWN = TARIFFS[-2].nama, TARIFFS[-1].nama
_IN_WORDS = {" ".join(words(tariff.nama)): tariff.nama for tariff in TARIFFS}
_SIZE = re.compile(r"/([\d.]+) VA")
COMMON_POWERS = {int(size[1].replace(".", "")) for t in TARIFFS if (size := _SIZE.search(t.nama))}

# The group within a class follows from the power: the largest VA of each group, without an end in the last.
GROUPS: dict[str, tuple[tuple[int | None, str], ...]] = {
    "R": ((2_200, "R-1"), (5_500, "R-2"), (None, "R-3")),
    "B": ((5_500, "B-1"), (200_000, "B-2"), (None, "B-3")),
    "I": ((14_000, "I-1"), (200_000, "I-2"), (29_999_999, "I-3"), (None, "I-4")),
    "S": ((220, "S-1"), (200_000, "S-2"), (None, "S-3")),
    "P": ((200_000, "P-1"), (None, "P-2")),
}
SPOKEN = {"R": r"\brumah ?(tangga|an)?\b", "B": r"\bbisnis\b", "I": r"\bindustri\b", "S": r"\bsosial\b"}
POSSIBLE_POWERS = range(200, 1_000_000_000)  # VA; anything else in the text is no power

_NO = r"\b(tidak|tdk|tak|ga|gak|nggak|enggak|bukan|tanpa|belum|kurang) "
_USE = r"((me)?(makai|pakai|pake)|ada|punya|pasang|menggunakan|langganan)?"
_NOT_PLN = re.compile(_NO + _USE + r"( listrik| dari)* ?(pln|listrik)\b")
_GENSET_ONLY = re.compile(r"^(?!.*\bpln\b).*\bgenset\b")
_NOT_KNOWN = re.compile(_NO + r"(tahu|tau|paham)\b|^lupa$|^lainnya$")
_UNSUBSIDISED = re.compile(r"\b(non|tidak|tanpa|bukan)\b.*subsidi|\bnonsubsidi|\bmampu\b|\brtm\b|\br-?1m\b")
_GROUP = re.compile(r"\b([rbisp])(?: ?-? ?([1-4]))?(?:m|mt|t)?(?![.,]?\w)", re.ASCII)
_NUMBER = r"(?<![\d.,])(\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d{1,2})?)(?!\d)"
_POWER = re.compile(_NUMBER + r"\s*(kva|va|watt)?", re.ASCII)


@dataclass(frozen=True)
class _Meter:
    """What a text says: class of tariff ("R" or ""), its group ("R-1" or ""), VA, subsidised or not."""

    letter: str
    group: str
    power: int | None
    subsidised: bool | None


def find_tariff(text: str) -> str | None:
    """The tariff meant, in the form in which it is stored; None when several may be meant or none is."""
    plain = " ".join(words(text))
    if plain in _IN_WORDS:
        return _IN_WORDS[plain]
    meter = _read(text)
    if _NOT_PLN.search(plain) or (_GENSET_ONLY.search(plain) and not meter.letter):
        return NO_PLN
    if meter.power is None and not meter.letter and _NOT_KNOWN.search(plain):
        return UNKNOWN
    meant = _meant(meter)
    return meant[0] if len(meant) == 1 else None


def suggest_tariffs(text: str) -> tuple[str, ...]:
    """The tariffs that may be meant: one if `find_tariff` knows, several for "1300" or "R1", or none."""
    found = find_tariff(text)
    return (found,) if found else _meant(_read(text))


def _read(text: str) -> _Meter:
    plain = re.sub(r"\s+", " ", text[:80].casefold())
    subsidised = False if _UNSUBSIDISED.search(plain) else True if "subsidi" in plain else None
    group = _GROUP.search(plain)
    rest = plain.replace(group[0], " ", 1) if group else plain
    spoken = next((letter for letter, pattern in SPOKEN.items() if re.search(pattern, plain)), "")
    # Only households speak of subsidy; a business has no choice of it.
    letter = group[1].upper() if group else spoken or ("R" if subsidised is not None else "")
    powers = {power for number, unit in _POWER.findall(rest) if (power := _power(number, unit, letter))}
    return _Meter(
        letter,
        f"{letter}-{group[2]}" if group and group[2] else "",
        powers.pop() if len(powers) == 1 else None,
        subsidised,
    )


def _power(number: str, unit: str, letter: str) -> int | None:
    """VA of a number, if it is one: with a unit, beside a tariff, or of a size that PLN sells."""
    thousands = re.fullmatch(r"\d{1,3}([.,]\d{3})+", number)
    amount = Decimal(re.sub("[.,]", "", number) if thousands else number.replace(",", "."))
    power = int(amount * 1000 if unit == "kva" else amount)
    known = unit or letter or power in COMMON_POWERS
    return power if known and power in POSSIBLE_POWERS else None


def _meant(meter: _Meter) -> tuple[str, ...]:
    if meter.power is None:
        start = meter.group or meter.letter
        return tuple(tariff.nama for tariff in TARIFFS if start and tariff.nama.startswith(start))
    groups = (meter.group,) if meter.group else tuple(_group(c, meter.power) for c in meter.letter or "RBI")
    return tuple(name for group in groups for name in _names(group, meter.power, meter))


def _group(letter: str, power: int) -> str:
    return next(group for most, group in GROUPS[letter] if most is None or power <= most)


def _names(group: str, power: int, meter: _Meter) -> tuple[str, ...]:
    name = f"{group}/{power:,} VA".replace(",", ".")
    # 900 VA at home is sold with and without subsidy; the bill writes R1 and R1M.
    if name != "R-1/900 VA" or meter.subsidised:
        return (name,)
    if meter.subsidised is False:
        return (f"{name}-RTM",)
    return (name,) if meter.group else (name, f"{name}-RTM")
