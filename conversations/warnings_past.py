"""Soft warnings against last period: amounts and prices that moved further than a business does, most often by a
wrong zero. What the firm has not reported before is left alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from conversations.answers import Place, Value
from conversations.draft import Past
from conversations.naming import label
from conversations.numbers import write
from conversations.route import Walk
from conversations.warnings_found import Amount, Line, SoftWarning, amount_of, items, price, warning
from conversations.words import T

_OTHER_PRICE, _WRONG_ZEROS = 10, 1000  # times last period (form.md section 5)


@dataclass(frozen=True, slots=True)
class Grown:
    """An amount that differs this many times from that of last period, as told (`before`) or as reported to us.
    The guide's own example: 600.000.000.000 for a machine of 100.000.000 (guide L934)."""

    kind: str
    question: str
    before: str = ""
    times: int = _WRONG_ZEROS

    def found(self, walk: Walk) -> Iterator[SoftWarning]:
        """One, at the amount."""
        scope = walk.scope()
        now, then = amount_of(scope, self.question), amount_of(scope, self.before)
        if not then:
            then = next(
                (past.amounts[self.question] for past in _earlier(walk) if self.question in past.amounts), None
            )
        if now and then and _apart(now, then) >= self.times:
            yield _compared(self.kind, walk, Place(self.question), now, then)


@dataclass(frozen=True, slots=True)
class AgainstLastPeriod:
    """A row whose value per unit is 10 times that of the same thing last period, or else whose amounts are 1000
    times: up or down. What last period did not have is left alone."""

    line: Line

    def found(self, walk: Walk) -> Iterator[SoftWarning]:
        """At most one a row."""
        line, group = self.line, self.line.name.partition(".")[0]
        past = next((rows for past in _earlier(walk) if (rows := past.items.get(group))), ())
        if not past:
            return
        for scope in items(walk, group):
            same = [row for row in past if line.same(row, scope)]
            amount, value = amount_of(scope, line.amount), amount_of(scope, line.value)
            old_amount, old_value = _total(same, line.amount), _total(same, line.value)
            if (
                (amount and value and old_amount and old_value)
                and _apart(Decimal(value) / amount, Decimal(old_value) / old_amount) >= _OTHER_PRICE
            ):  # fmt: skip
                words = T(
                    "{barang}: sekarang {kini} per {satuan}, periode lalu {dulu} per {satuan}. "
                    "Periksa jumlah dan nilainya.",
                    barang=scope.text(line.name), satuan=scope.text(line.unit),
                    kini=price(value, amount), dulu=price(old_value, old_amount),
                )  # fmt: skip
                yield warning("harga", Place(line.value, scope.item), words, value, amount, old_value, old_amount)
                continue
            for key, now, then in ((line.amount, amount, old_amount), (line.value, value, old_value)):
                if now and then and _apart(now, then) >= _WRONG_ZEROS:
                    yield _compared("x1000", walk, Place(key, scope.item), now, then)
                    break


def _compared(kind: str, walk: Walk, place: Place, now: Amount, then: Amount) -> SoftWarning:
    stop, scope = walk.stop(place), walk.scope(place.item)
    assert stop is not None  # noqa: S101 - it has a value, so it applies
    name = scope.text(stop.section.repeat.name) if stop.section.repeat else ""
    words = T(
        "{isian}: sekarang {kini}, periode lalu {dulu}, bedanya {kali} kali lipat. Periksa nolnya.",
        isian=T("{judul} — {nama}", judul=label(walk, stop), nama=name) if name else label(walk, stop),
        kini=stop.question.show(now, scope), dulu=stop.question.show(then, scope), kali=write(int(_apart(now, then))),
    )  # fmt: skip
    return warning(kind, place, words, now, then)


def _total(rows: list[Mapping[str, Value]], key: str) -> Amount:
    return sum(value for row in rows if isinstance(value := row.get(key), int | Decimal))


def _earlier(walk: Walk) -> list[Past]:
    """The firm's reports before this period, the latest first."""
    if not walk.draft.past:
        return []
    period = walk.scope().period
    found = [past for past in walk.draft.past if period and past.period < period.key]
    return sorted(found, key=lambda past: past.period, reverse=True)


def _apart(one: Decimal | int, other: Decimal | int) -> Decimal:
    """How many times the smaller the larger is."""
    return Decimal(max(one, other)) / min(one, other)
