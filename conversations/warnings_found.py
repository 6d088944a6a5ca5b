"""What a soft warning is, and reading the numbers it is about from a walk. It knows no rule."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from conversations.answers import Place, Value
from conversations.numbers import write
from conversations.questions import fold
from conversations.route import Walk
from conversations.scope import Scope
from conversations.words import Words

Amount = int | Decimal


@dataclass(frozen=True, slots=True)
class SoftWarning:
    """What looks wrong: a short stable id of its kind, the answer that causes it, the sentence, and a hash of the
    numbers it depends on (12 hex): who keeps it, keeps it for just these numbers."""

    kind: str
    place: Place
    words: Words
    fingerprint: str


class Rule(Protocol):
    """A kind of doubt."""

    def found(self, walk: Walk) -> Iterator[SoftWarning]:
        """Every place where it holds now."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a row of a repeat group counts, by question key: its name, unit and purpose say which row of last period
    is the same thing; `value` in rupiah is for the whole `amount`."""

    name: str
    unit: str
    amount: str
    value: str = ""
    purpose: str = ""

    def same(self, row: Mapping[str, Value], scope: Scope) -> bool:
        """Whether a row of last period is about the same thing as this item."""
        keys = (self.name, self.unit, self.purpose)
        return all(fold(str(row.get(key) or "")) == fold(scope.text(key)) for key in keys if key)


def warning(kind: str, place: Place, words: Words, *values: Amount) -> SoftWarning:
    """A doubt about the answer in this place that depends on these numbers."""
    seen = "\0".join((kind, *place, *map(write, values)))
    return SoftWarning(kind, place, words, hashlib.blake2b(seen.encode(), digest_size=6).hexdigest())


def items(walk: Walk, group: str) -> list[Scope]:
    """The items of a repeat group, in order."""
    scope = walk.scope()
    return [scope.within(item) for item in scope.items(group)]


def amount_of(scope: Scope, key: str) -> Amount | None:
    """The number answered there; None where there is none."""
    value = scope.value(key) if key else None
    return value if isinstance(value, int | Decimal) else None


def amounts_of(scopes: list[Scope], key: str) -> list[Amount]:
    """The amounts of all; none where one is missing, for then their sum says nothing."""
    found = [amount for scope in scopes if (amount := amount_of(scope, key)) is not None]
    return found if len(found) == len(scopes) else []


def price(value: Amount, amount: Amount) -> str:
    """`Rp10.500` for one, with sen only below Rp100."""
    one = Decimal(value) / amount
    return f"Rp{write(round(one, 2 if one < 100 else 0))}"
