"""Questions answered with a number: rupiah, quantities with a unit, counts, percentages, years. Numbers are read
by numbers.py; here they get the limits of their field."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from conversations import numbers, problems
from conversations.answers import Value
from conversations.conditions import Condition
from conversations.numbers import Doubtful, Exact, Reason, Unreadable
from conversations.problems import Problem
from conversations.questions import Doubt, Question, Read, Reading
from conversations.scope import Scope
from conversations.units import in_unit

_PROBLEMS = {
    Reason.NEGATIVE: problems.negative,
    Reason.TOO_LONG: problems.too_long_number,
    Reason.NOT_FINITE: problems.strange_number,
    Reason.EXPONENT: problems.strange_number,
    Reason.OTHER_DIGITS: problems.strange_number,
    Reason.FRACTION: problems.must_be_whole,
    Reason.GROUPING: problems.wrong_grouping,
    Reason.RANGE_TOO_WIDE: problems.one_number,
}


_LARGEST = 10**15  # rupiah: more than fifteen digits are in no answer
_FOR_ONE = re.compile(
    r"(.*\S)\s*(?:\bper\b|/|\btiap\b|\bsatu\b)\s*[^\W\d][\w ]{0,30}", re.IGNORECASE
)  # 3.975 per bungkus


def _unreadable(found: Unreadable, decimals: int) -> Problem:
    """The sentence for a number that could not be read."""
    if found.reason is Reason.LEFTOVER:
        return problems.left_over(found.rest)
    if found.reason is Reason.TOO_FINE:
        return problems.too_fine(decimals)
    return _PROBLEMS.get(found.reason, problems.not_a_number)()


@dataclass(frozen=True, kw_only=True)
class Rupiah(Question):
    """Whole rupiah, from `least` on; nothing is an answer where `zero_when` holds. `times`: the quantity by which
    an amount for one ("3.975 per bungkus") is multiplied; `each`: the question that keeps such an amount."""

    least: int = 0
    zero_when: Condition | None = None
    times: str = ""
    each: str = ""

    def read(self, text: str, scope: Scope) -> Reading:
        """An int of rupiah; a bare small number and other doubtful ones ask back."""
        quantity = scope.value(self.times) if self.times else None
        if isinstance(quantity, Decimal) and (price := _FOR_ONE.fullmatch(text.strip())):
            return self._multiplied(price[1], quantity, scope)
        found = numbers.read_rupiah(text)
        if isinstance(found, Unreadable):
            return _unreadable(found, 0)
        if isinstance(found, Doubtful):
            return Doubt.between(numbers.rupiah(int(reading)) for reading in found.readings)
        value = int(found.value)
        return self.against(value, scope) or Read(value, about=found.about)

    def against(self, value: Value, scope: Scope) -> Problem | None:
        """Below the smallest amount, unless nothing is an answer here."""
        nothing = value == 0 and self.zero_when is not None and self.zero_when.holds(scope)
        if isinstance(value, int) and value < self.least and not nothing:
            return problems.above_zero() if self.least == 1 else problems.at_least(numbers.rupiah(self.least))
        return super().against(value, scope)

    def _multiplied(self, price: str, quantity: Decimal, scope: Scope) -> Reading:
        """The amount for one times the quantity, to whole rupiah; the amount for one is kept where it has a place."""
        one = numbers.read_rupiah(price)
        if isinstance(one, Exact):
            if one.value * quantity >= _LARGEST:
                return problems.too_long_number()
            total = int((one.value * quantity).quantize(Decimal(1), ROUND_HALF_UP))
            again = self.read(numbers.rupiah(total), scope)
            return Read(total, {self.each: int(one.value)} if self.each else {}) if isinstance(again, Read) else again
        if isinstance(one, Doubtful):
            return Doubt.between(f"{numbers.rupiah(int(reading))} per satuan" for reading in one.readings)
        return _unreadable(one, 0)

    def show(self, value: Value, scope: Scope) -> str:
        """`Rp18.500.000`."""
        return numbers.rupiah(value) if isinstance(value, int) else super().show(value, scope)

    def spelled(self, value: Value) -> str:
        """`delapan belas juta lima ratus ribu rupiah`."""
        return f"{numbers.spell(value)} rupiah" if isinstance(value, int) else ""


@dataclass(frozen=True, kw_only=True)
class Quantity(Question):
    """A quantity of up to `decimals` decimals; `unit` is a unit or {satuan}, the unit of the item (`unit_from`).
    `zero`: whether nothing is an answer, or `zero_when` it is."""

    decimals: int = 2
    zero: bool = False
    zero_when: Condition | None = None
    unit_from: str = ""

    def unit_name(self, scope: Scope) -> str:
        """The unit the quantity is counted in, "" where it is not known yet."""
        return scope.text(self.unit_from) if self.unit_from else self.unit

    def read(self, text: str, scope: Scope) -> Reading:
        """A Decimal in the unit of the question; `3 lusin` becomes 36 where pieces are counted."""
        found = numbers.read_quantity(text, decimals=self.decimals)
        if isinstance(found, Unreadable):
            return _unreadable(found, self.decimals)
        unit = self.unit_name(scope)
        if isinstance(found, Doubtful):
            return Doubt.between(f"{numbers.write(reading)} {found.unit or ''}".strip() for reading in found.readings)
        value = in_unit(found.value, found.unit, unit) if unit else found.value
        if value is None:
            return problems.wrong_unit(found.unit or "", unit)
        if problem := self.against(value, scope):
            return problem
        if -int(value.normalize().as_tuple().exponent) > self.decimals:
            return problems.too_fine(self.decimals)
        return Read(value, about=found.about)

    def against(self, value: Value, scope: Scope) -> Problem | None:
        """Nothing, where something must have been."""
        if value == 0 and not (self.zero or (self.zero_when is not None and self.zero_when.holds(scope))):
            return problems.above_zero()
        return super().against(value, scope)

    def show(self, value: Value, scope: Scope) -> str:
        """`7.800 Kilogram`."""
        if not isinstance(value, Decimal | int):
            return super().show(value, scope)
        return f"{numbers.write(value)} {self.unit_name(scope)}".strip()


@dataclass(frozen=True, kw_only=True)
class Percent(Question):
    """More than 0, at most 100, two decimals."""

    def read(self, text: str, scope: Scope) -> Reading:  # noqa: ARG002 - the kind's shape
        """A Decimal of per cent; the sign may be left away."""
        found = numbers.read_quantity(text.replace("%", " ").replace("persen", " "), decimals=2)
        if isinstance(found, Unreadable):
            return _unreadable(found, 2)
        if isinstance(found, Doubtful):
            possible = [numbers.write(reading) for reading in found.readings if 0 < reading <= 100]
            return Doubt.between(possible) if possible else problems.at_most("100")
        if found.unit:
            return problems.left_over(found.unit)
        if found.value == 0:
            return problems.above_zero()
        return problems.at_most("100") if found.value > 100 else Read(found.value, about=found.about)

    def show(self, value: Value, scope: Scope) -> str:
        """`40%`."""
        return f"{numbers.write(value)}%" if isinstance(value, Decimal | int) else super().show(value, scope)


@dataclass(frozen=True, kw_only=True)
class Whole(Question):
    """A count from `least` to `most`."""

    least: int = 0
    most: int = 500_000

    def read(self, text: str, scope: Scope) -> Reading:  # noqa: ARG002 - the kind's shape
        """An int; "4 orang" and "empat" too."""
        found = numbers.read_whole(text)
        if isinstance(found, Unreadable):
            return _unreadable(found, 0)
        if isinstance(found, Doubtful):
            return Doubt.between(numbers.write(reading) for reading in found.readings)
        if found.value < self.least:
            return problems.at_least(numbers.write(self.least))
        if found.value > self.most:
            return problems.at_most(numbers.write(self.most))
        return Read(int(found.value), about=found.about)

    def show(self, value: Value, scope: Scope) -> str:
        """`4 orang`."""
        return f"{numbers.write(value)} {self.unit}".strip() if isinstance(value, int) else super().show(value, scope)


@dataclass(frozen=True, kw_only=True)
class Year(Question):
    """A year of four digits from `first` to the year of the period, or to this year (`to_today`)."""

    first: int = 1900
    to_today: bool = False

    def read(self, text: str, scope: Scope) -> Reading:
        """An int; two digits are not guessed."""
        digits = text.strip().casefold().removeprefix("tahun").removeprefix("th.").strip()
        last = scope.period.year if scope.period and not self.to_today else scope.today.year
        if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
            return problems.year_range(self.first, last)
        year = int(digits)
        return Read(year) if self.first <= year <= last else problems.year_range(self.first, last)
