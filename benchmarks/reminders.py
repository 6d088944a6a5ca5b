"""A wave of reminders: a million firms on their last day at nine o'clock, queued and taken out again, on SQLite."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy import Connection

from benchmarks.tables import table
from bot.pacing import Lane
from conversations.periods import scheme
from conversations.reminders import Settings, awake
from storage import reminders
from storage.database import Database

T = TypeVar("T")

FIRMS = 1_000_000
PER_SECOND = 28  # just below what Telegram lets a bot send in all
TAKEN = 500
ROUNDS = 7
NINE = datetime(2026, 7, 31, 2, tzinfo=UTC)  # in Jakarta; in the east it is later

_NUMBERS = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {FIRMS})"  # noqa: S608 - our own
# One firm in five has sent its report, three are filling it in, one has not begun.
_FILLED = (
    "INSERT INTO company (id, created_at) {n} SELECT i, :then FROM n",
    "INSERT INTO person (id, chat_id, locale, shown_item, misses, created_at) {n} "
    "SELECT i, 10000000 + i, 'id', '', 0, :then FROM n",
    "INSERT INTO membership (person_id, company_id, role) {n} SELECT i, i, 'pemilik' FROM n",
    "INSERT INTO report (company_id, kind, period, form_version, state, created_at, updated_at) {n} "
    "SELECT i, 'produksi', 'semester:2026-1', '1', CASE WHEN i % 5 = 1 THEN 'terkirim' ELSE 'mengisi' END, :then, :then "
    "FROM n WHERE i % 5 > 0",
    "INSERT INTO reminder_plan (person_id, zone, minute, kinds, tomorrow, due) {n} "
    "SELECT i, CASE i % 3 WHEN 0 THEN 'WIB' WHEN 1 THEN 'WITA' ELSE 'WIT' END, 540, :kinds, '', "
    "datetime(:nine, '-' || (i % 3) || ' hours') || '.000000' FROM n",
)


@dataclass(frozen=True)
class Wave:
    """Rows queued and the seconds it took; the longest single statement and the taking of the next 500, in ms."""

    queued: int
    seconds: float
    longest_ms: float
    due_ms: float

    def hours(self, per_second: int) -> float:
        """How long the sending takes."""
        return self.queued / per_second / 3600


async def wave() -> Wave:
    """Fill a database, let the day come, and measure."""
    calendar = scheme()
    with TemporaryDirectory() as folder:
        async with Database(f"sqlite:///{Path(folder)}/wave.db") as database:
            await database.run(_settle)
            steps: list[float] = []
            queued, begun = 0, time.perf_counter()
            while (batch := await _timed(database, lambda c: reminders.fill(c, calendar, NINE), steps)) is not None:
                queued += batch
            seconds = time.perf_counter() - begun
            taking: list[float] = []
            for _ in range(ROUNDS):
                held = await _timed(database, lambda c: reminders.hold(c, awake(NINE), NINE, TAKEN), taking)
                assert len(held) == TAKEN
    return Wave(queued, seconds, max(steps) * 1000, median(taking) * 1000)


async def _timed(database: Database, work: Callable[[Connection], T], took: list[float]) -> T:
    """What the work gives; its seconds go to the list."""
    begun = time.perf_counter()
    found = await database.run(work)
    took.append(time.perf_counter() - begun)
    return found


def _settle(connection: Connection) -> None:
    """The firms, as rows."""
    values = {
        "then": "2026-07-01 00:00:00.000000",
        "nine": NINE.strftime("%Y-%m-%d %H:%M:%S"),
        "kinds": Settings().kinds,
    }
    for statement in _FILLED:
        used = {name: value for name, value in values.items() if f":{name}" in statement}
        connection.exec_driver_sql(statement.format(n=_NUMBERS), used)


def figures(found: Wave) -> dict[str, object]:
    """The keys of the JSON line."""
    return {"reminders_queued_s": round(found.seconds, 2), "reminders_due_ms": round(found.due_ms, 2)}


def shown(found: Wave) -> str:
    """The same as a table."""
    return table(
        f"Reminders: {FIRMS:,} firms on the last day of their window, on SQLite",
        ("", ""),
        [
            (f"{found.queued:,} selected and queued, s", found.seconds),
            ("longest time an answer may wait for one statement of it, ms", found.longest_ms),
            (f"the next {TAKEN} taken out to be sent, ms", found.due_ms),
            (f"sending them at {PER_SECOND} a second, hours", found.hours(PER_SECOND)),
            (
                f"sending them in the slow lane at {Lane.BROADCAST.value} a second, hours",
                found.hours(Lane.BROADCAST.value),
            ),
        ],
    )


if __name__ == "__main__":
    print(shown(asyncio.run(wave())))
