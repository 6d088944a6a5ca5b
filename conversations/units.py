"""The units owners count and weigh in: their names in SIINas, what people type for them, weight and content.

What a sack or a pack weighs is not known here: that is asked once per product.
"""

from collections.abc import Container
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, localcontext

from conversations.search import Finder, read_table


@dataclass(frozen=True, slots=True)
class Unit:
    """`kg`, `litre`: of one, None where it is no unit of mass or volume; `count`: pieces in a lusin, kodi…"""

    name: str
    aliases: tuple[str, ...]
    kind: str
    kg: Decimal | None
    count: int | None
    litre: Decimal | None


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


UNITS: tuple[Unit, ...] = tuple(
    Unit(
        name=row["satuan"],
        aliases=tuple(row["alias"].split(",")),
        kind=row["jenis"],
        kg=_amount(row["kg_per_satuan"]),
        count=int(row["isi"]) if row["isi"] else None,
        litre=_amount(row["liter_per_satuan"]),
    )
    for row in read_table("satuan.csv")
)

_finder = Finder((name, unit) for unit in UNITS for name in (unit.name, *unit.aliases))
_NAMES = {name.casefold().replace(" ", "") for unit in UNITS for name in (unit.name, *unit.aliases)}
_OTHER_WORDS = {"barang", "gunung", "karang", "lebar", "lembur"}  # one letter from a unit, yet none
_SINGLE = {"Pcs", "Buah", "Unit"}  # different words for one piece
_COUNTABLE = {"hitung", "kemasan"}
_SHORTEST_AFTER_SE = 3  # letters; "set" is a set and no "se-t(on)"


def find_unit(text: str) -> Unit | None:
    """The unit of this name or alias, one typo allowed in a single word of five letters or more; None if unknown."""
    typed = text.casefold().split()
    joined = "".join(typed)
    strange = joined not in _NAMES and len(typed) > 1  # "k lusin" is no "lusin" with a typo
    return None if strange or joined in _OTHER_WORDS else _finder.find(joined)


def one_of(text: str, others: Container[str] = ()) -> str:
    """`selusin` as `satu lusin`; any other text as it is. `others`: words counted like units ("seorang")."""
    first, space, rest = text.partition(" ")
    word = first.removeprefix("se")
    if word == first or len(word) < _SHORTEST_AFTER_SE or not (word in others or word in _NAMES):
        return text
    return f"satu {word}{space}{rest}"


def kilograms_of_one(unit_name: str) -> Decimal | None:
    """1 for Kilogram, 1000 for Ton, 0.001 for Gram; None where the weight differs from product to product."""
    unit = find_unit(unit_name)
    return unit.kg if unit else None


def in_unit(value: Decimal, word: str | None, unit_name: str) -> Decimal | None:
    """A quantity typed with a unit word, in the unit asked for: `3 lusin` is 36 Pcs.

    Without a word, or in the same unit, it stays; None where it cannot be converted, or not without rounding.
    """
    if word is None or word.strip().casefold() == unit_name.strip().casefold():
        return value
    typed, asked = find_unit(word), find_unit(unit_name)
    if typed is None or asked is None:
        return None
    if typed == asked:
        return value
    for of_typed, of_asked in (
        (typed.kg, asked.kg),
        (typed.litre, asked.litre),
        (_pieces(typed, asked), _pieces(asked, typed)),
    ):
        if of_typed and of_asked:
            return _converted(value, of_typed, of_asked)
    return None


def _pieces(unit: Unit, other: Unit) -> Decimal | None:
    """How many pieces one of the unit is, as the other counts them; None if they do not count the same."""
    names = {unit.name, other.name}
    if not {unit.kind, other.kind} <= _COUNTABLE or ("Rim" in names and "Lembar" not in names):
        return None
    if unit.count:
        return Decimal(unit.count)
    return Decimal(1) if other.count or names <= _SINGLE else None


def _converted(value: Decimal, of_typed: Decimal, of_asked: Decimal) -> Decimal | None:
    """The value in the other unit, if that needs no rounding: 37 pieces are no number of dozens."""
    with localcontext(Context(traps=[Inexact])):
        try:
            return value * of_typed / of_asked
        except Inexact:
            return None
