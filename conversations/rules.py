"""Answers that follow from other answers, as data. What a rule gives is shown and can be changed: an answer of
the person's own always stands above it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from conversations.answers import Mark, Value
from conversations.questions import fold
from conversations.scope import Scope
from conversations.units import kilograms_of_one

_CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 15  # more digits are in no answer; a database keeps an integer of 20 as a float


@dataclass(frozen=True, slots=True)
class TimesMonths:
    """A quantity of one month times the months of the period (guide L529: "x 6")."""

    question: str

    def compute(self, scope: Scope) -> Value | None:
        """The quantity of the whole period."""
        monthly = scope.value(self.question)
        whole = monthly * scope.period.months if isinstance(monthly, Decimal) and scope.period else None
        return whole if whole is not None and whole < LARGEST else None

    def mentions(self) -> tuple[str, ...]:
        """The monthly quantity."""
        return (self.question,)


@dataclass(frozen=True, slots=True)
class Times:
    """One amount times another, rounded to `decimals` (0: whole rupiah)."""

    one: str
    other: str
    decimals: int = 2

    def compute(self, scope: Scope) -> Value | None:
        """The product; None where it rounds to nothing, for nothing is no answer, or has more than 15 digits."""
        a, b = scope.value(self.one), scope.value(self.other)
        if not isinstance(a, Decimal | int) or not isinstance(b, Decimal | int):
            return None
        if Decimal(a) * Decimal(b) >= LARGEST:
            return None
        result = (Decimal(a) * Decimal(b)).quantize(_CENT if self.decimals else Decimal(1), ROUND_HALF_UP)
        return (result if self.decimals else int(result)) or None

    def mentions(self) -> tuple[str, ...]:
        """Both amounts."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class WeightOfOne:
    """The weight in kilograms of one unit: known for units of mass, else as told before, for the same product and unit.
    What comes behind is not looked at, so that the walk need not look back."""

    product: str
    unit: str
    told: tuple[tuple[str, str, str], ...]  # (product, unit, weight) keys of the groups in which it is told

    def compute(self, scope: Scope) -> Value | None:
        """Kilograms of one unit, up to six decimals."""
        product, unit = fold(scope.text(self.product)), scope.text(self.unit)
        if not unit:
            return None
        if (known := kilograms_of_one(unit)) is not None:
            return known
        for product_key, unit_key, weight_key in self.told:
            for item in scope.items(product_key.split(".")[0]):
                if item == scope.item:
                    return None
                other = scope.within(item)
                weight = other.value(weight_key)
                same = fold(other.text(product_key)) == product and other.text(unit_key) == unit
                if same and isinstance(weight, Decimal):
                    return weight
        return None

    def mentions(self) -> tuple[str, ...]:
        """The product and its unit."""
        return self.product, self.unit


@dataclass(frozen=True, slots=True)
class FromCapacity:
    """What Kapasitas Produksi says of the product of the same name."""

    product: str
    field: str

    def compute(self, scope: Scope) -> Value | None:
        """The value of the field there; None where the product is not there or lacks it."""
        wanted = fold(scope.text(self.product))
        for item in scope.items("kapasitas_produksi"):
            other = scope.within(item)
            if wanted and fold(other.text("kapasitas_produksi.produk")) == wanted:
                return other.value(self.field)
        return None

    def mentions(self) -> tuple[str, ...]:
        """The product here."""
        return (self.product,)


@dataclass(frozen=True, slots=True)
class OnlyOption:
    """The one entry of a list that has just one."""

    question: str

    def compute(self, scope: Scope) -> Value | None:
        """That entry."""
        value = scope.value(self.question)
        return value[0] if isinstance(value, tuple) and len(value) == 1 else None

    def mentions(self) -> tuple[str, ...]:
        """The list."""
        return (self.question,)


@dataclass(frozen=True, slots=True)
class FromPast:
    """An amount of the firm's latest report before this period; `exists` gives "Ya" where there is one."""

    question: str
    exists: bool = False

    def compute(self, scope: Scope) -> Value | None:
        """Rupiah, or "Ya"."""
        if not scope.period:
            return None
        past = [past for past in scope.draft.past if past.period < scope.period.key and self.question in past.amounts]
        if not past:
            return None
        return "Ya" if self.exists else max(past, key=lambda found: found.period).amounts[self.question]

    def mentions(self) -> tuple[str, ...]:
        """The period."""
        return ("data_umum.tahun",)


@dataclass(frozen=True, slots=True)
class WhenEmpty:
    """Left empty where the list to choose from is empty."""

    question: str

    def compute(self, scope: Scope) -> Value | None:
        """The mark of an empty answer."""
        return Mark.KOSONG if scope.value(self.question) == () else None

    def mentions(self) -> tuple[str, ...]:
        """The list."""
        return (self.question,)


@dataclass(frozen=True, slots=True)
class WhenIs:
    """A fixed value where another answer is just this."""

    question: str
    wanted: Value
    value: Value

    def compute(self, scope: Scope) -> Value | None:
        """The fixed value."""
        return self.value if scope.value(self.question) == self.wanted else None

    def mentions(self) -> tuple[str, ...]:
        """The other question."""
        return (self.question,)
