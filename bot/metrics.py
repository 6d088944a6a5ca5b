"""The figures of /statistik for Prometheus, as text. No label holds anything a person typed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from storage.database import Database
from storage.statistics import Figures, figures

FRESH = timedelta(minutes=5)  # counting looks at every answer, and a scraper comes each minute


class Metrics:
    """The exposition of the figures, counted anew when they are older than FRESH. `clock` gives the moment, aware."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._text, self._at = b"", datetime.min.replace(tzinfo=UTC)

    async def text(self) -> bytes:
        """Raises DatabaseUnavailableError."""
        now = self._clock()
        if not timedelta() <= now - self._at < FRESH:
            self._text, self._at = exposition(await self._database.read(lambda c: figures(c, now)), now), now
        return self._text


def exposition(found: Figures, now: datetime) -> bytes:
    """The text exposition of these figures, made anew for each call: what is gone from them is gone from it."""
    registry = CollectorRegistry()

    def gauge(name: str, about: str, *labels: str) -> Gauge:
        return Gauge(f"temanlapor_{name}", about, labels, registry=registry)

    gauge("firms", "Firms.").set(found.firms)
    reports = gauge("reports", "Production reports by state.", "state")
    for state, count in found.reports.items():
        reports.labels(state).set(count)
    shown = gauge("question_shown", "Reports to which the question was shown, where people have stopped.", "question")
    stopped = gauge("question_stopped", "People who have stopped at the question for a day or more.", "question")
    for stop in found.stops:
        shown.labels(stop.question).set(stop.shown)
        stopped.labels(stop.question).set(stop.stopped)
    gauge("tickets_open", "Tickets that are not closed.").set(found.tickets)
    oldest = (now - found.oldest_ticket).total_seconds() if found.oldest_ticket else 0
    gauge("ticket_oldest_seconds", "Age of the oldest open ticket; 0 where there is none.").set(oldest)
    relays = gauge("ticket_messages", "Messages between owners and staff by state.", "state")
    for state, count in found.relays.items():
        relays.labels(state).set(count)
    reminders = gauge("reminders", "Reminders by state.", "state")
    for state, count in found.reminders.items():
        reminders.labels(state).set(count)
    return generate_latest(registry)
