"""Rules that a value must keep beside those of its kind, as data with their source."""

from dataclasses import dataclass

from conversations import problems
from conversations.answers import Value
from conversations.numbers import rupiah, write
from conversations.problems import Problem
from conversations.scope import Scope

MOST_WORKERS = 500_000  # guide L889


@dataclass(frozen=True, slots=True)
class NotLowerThan:
    """Not below another amount: an investment never shrinks (guide L381)."""

    before: str
    label: str

    def problem(self, value: Value, scope: Scope) -> Problem | None:
        """Both numbers, where the new one is lower."""
        before = scope.value(self.before)
        if isinstance(before, int) and isinstance(value, int) and value < before:
            return problems.lower_than_before(self.label, rupiah(before), rupiah(value))
        return None


@dataclass(frozen=True, slots=True)
class EndedPeriod:
    """The period has ended, and no other report of the firm is about it."""

    def problem(self, value: Value, scope: Scope) -> Problem | None:
        """For the year or the name of the period, whichever is being answered."""
        year = value if isinstance(value, int) else scope.value("data_umum.tahun")
        name = value if isinstance(value, str) else scope.text("data_umum.periode_yang_dilaporkan")
        period = scope.scheme.named(str(name), year) if isinstance(year, int) else None
        if period is None:
            return None
        if period.end >= scope.today:
            return problems.period_not_ended(period.name)
        taken = any(past.period == period.key for past in scope.draft.past)
        return problems.period_taken(period.name) if taken else None


@dataclass(frozen=True, slots=True)
class WorkersTotal:
    """All workers together: 1 to 500,000. Zero is only seen when the last number is given."""

    cells: tuple[str, ...]
    own: str

    def problem(self, value: Value, scope: Scope) -> Problem | None:
        """SIINas' own line (guide L889)."""
        others = [scope.value(cell) for cell in self.cells if cell != self.own]
        if not isinstance(value, int) or any(not isinstance(other, int) for other in others):
            return None
        total = value + sum(other for other in others if isinstance(other, int))
        return None if 1 <= total <= MOST_WORKERS else problems.workers_total()


@dataclass(frozen=True, slots=True)
class AtMostSum:
    """Not more than the sum of other counts."""

    questions: tuple[str, ...]

    def problem(self, value: Value, scope: Scope) -> Problem | None:
        """The sum, where the value is above it."""
        found = [count for count in map(scope.value, self.questions) if isinstance(count, int)]
        too_many = isinstance(value, int) and len(found) == len(self.questions) and value > sum(found)
        return problems.more_than_workers(write(sum(found))) if too_many else None


@dataclass(frozen=True, slots=True)
class InCapacity:
    """A KBLI that Kapasitas Produksi has (guide L606)."""

    def problem(self, value: Value, scope: Scope) -> Problem | None:
        """Where the code is missing there."""
        known = {scope.within(item).text("kapasitas_produksi.kbli") for item in scope.items("kapasitas_produksi")}
        return problems.code_unknown(str(value)) if known - {""} and value not in known else None
