"""A year of days in fast time: firms in three zones begin, fill in, send, stop, change the hour, block the bot; the bot is
away for hours and days, and two of it run at once. What went out is what the oracle reckoned, each thing once."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy import Connection, insert, make_url, select, update
from sqlmodel import col

from bot import reminder_settings
from bot.app import client
from bot.callbacks import Callbacks
from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from bot.outgoing import Outgoing
from bot.pacing import Pacing
from bot.reminder_job import ReminderJob
from conversations.answers import Answer, Place, Source
from conversations.draft import Draft
from conversations.sections import laporan_produksi
from storage import people, reminder_plans, reports
from storage.database import Database, connect
from storage.reminder_tables import Reminder
from storage.reports import Desk
from storage.tables import Person, Report
from tests.chat import TOKEN
from tests.reminder_oracle import CALENDAR, HOURS_AHEAD, Firm
from tests.sizes import size

FIRMS = size(300, 20_000)
SCHEDULERS = {
    "sqlite": size(2, 1),
    "postgresql": size(2, 4),
}  # a file is for one process: two that write without a pause,
# for thousands of firms, let each other wait longer than SQLite waits for a lock
FIRST, DAYS = datetime(2026, 6, 20, tzinfo=UTC), 365
CHOSEN = (7, 8, 9, 14, 20, 21)  # o'clock; the first and the last are refused
HOURS = {(hour - ahead) % 24 for hour in (*CHOSEN, 21) for ahead in HOURS_AHEAD.values()}  # of UTC
BUSY = {(day + timedelta(days=n)) for day, _, _ in CALENDAR for n in range(2)}
STATES = ("mengisi", "siap_disalin", "disalin", "surat_diunggah", "terkirim", "terkirim", "dikembalikan",
          "terverifikasi", "tidak_berproduksi")  # fmt: skip
ZONE = Place("perusahaan.zona_waktu")
FORM = laporan_produksi()


class Year:
    """The firms twice: in the database and in the oracle."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.now = FIRST
        self.random = Random(1945)  # noqa: S311 - the same year every time
        self.telegram = Telegram(TOKEN, lambda: self.now)
        self.firms: dict[int, Firm] = {}
        self.desks: dict[int, Desk] = {}

    def founds(self, connection: Connection) -> None:
        """A firm that begins now."""
        number = 10_001 + len(self.firms)
        self.telegram.join(number, "Sari")
        self.telegram.says(number, "/mulai")
        desk = people.register(connection, FORM, Desk(Draft()), number, "1", self.now)
        self.firms[number], self.desks[number] = Firm("WIB", self.now), desk
        self.moves(connection, number)

    def moves(self, connection: Connection, number: int) -> None:
        zone = self.random.choice(list(HOURS_AHEAD))
        desk, firm = self.desks[number], self.firms[number]
        draft = desk.draft.with_answer(ZONE, Answer(zone, Source.TYPED))
        reports.save(connection, FORM, desk, draft, {ZONE}, "mengisi", self.now)
        reminder_plans.follow(connection, desk, draft, self.now)
        if zone != firm.zone or ZONE not in desk.draft.answers:
            firm.zone, firm.since = zone, self.now
        self.desks[number] = desk._replace(draft=draft)

    def happens(self, connection: Connection) -> None:
        """Something in the life of one firm, as the bot and as the oracle hear of it."""
        number = self.random.choice(list(self.firms))
        act = self.random.choice((self.moves, self.reports, self.reports, self.reports, self.sets_time, self.sets_days,
                                  self.switches, self.blocks, self.asks_for_tomorrow, self.asks_for_tomorrow))  # fmt: skip
        act(connection, number)

    def reports(self, connection: Connection, number: int) -> None:
        period = self.random.choice(("2026-1", "2026-2"))
        state, firm = self.random.choice(STATES), self.firms[number]
        mine = (col(Report.company_id) == self.desks[number].company_id, col(Report.period) == f"semester:{period}")
        if period in firm.states:
            connection.execute(update(Report).where(*mine).values(state=state))
        else:
            connection.execute(
                insert(Report).values(company_id=self.desks[number].company_id, kind="produksi", state=state,
                                      period=f"semester:{period}", form_version="1", created_at=self.now,
                                      updated_at=self.now)
            )  # fmt: skip
        firm.states[period] = state

    def _applies(self, connection: Connection, number: int, command: str) -> Firm:
        assert reminder_settings.apply(connection, FORM.scheme, self.desks[number], command, self.now)
        return self.firms[number]

    def sets_time(self, connection: Connection, number: int) -> None:
        minute = 60 * self.random.choice(CHOSEN)
        firm = self._applies(connection, number, f"pengingat:{minute // 60}.00")
        if 480 <= minute <= 1200 and (minute != firm.minute or not firm.on):
            firm.minute, firm.on, firm.since = minute, True, self.now

    def sets_days(self, connection: Connection, number: int) -> None:
        kind = self.random.choice(("14", "7", "3"))
        firm = self.firms[number]
        taken = kind not in firm.kinds
        self._applies(connection, number, f"pengingat_{'dengan' if taken else 'tanpa'}:{kind}")
        firm.kinds = firm.kinds | {kind} if taken else firm.kinds - {kind}
        firm.on, firm.since = True, self.now

    def switches(self, connection: Connection, number: int) -> None:
        firm = self._applies(connection, number, "pengingat_mati" if self.firms[number].on else "pengingat_nyala")
        firm.on, firm.since, firm.tomorrow = not firm.on, self.now, None

    def blocks(self, connection: Connection, number: int) -> None:
        firm = self.firms[number]
        firm.blocked = not firm.blocked
        (self.telegram.blocks if firm.blocked else self.telegram.unblocks)(number)
        people.set_blocked(connection, number, self.now if firm.blocked else None)

    def asks_for_tomorrow(self, connection: Connection, number: int) -> None:
        period = self.random.choice(("2026-1", "2026-2"))
        firm = self._applies(connection, number, f"ingatkan_besok:{period}")
        firm.tomorrow = (firm.local(self.now).date() + timedelta(days=1), period)
        firm.on, firm.since = True, self.now

    async def heard(self, jobs: list[ReminderJob]) -> None:
        await asyncio.gather(*(job.tick() for job in jobs))
        for firm in self.firms.values():
            firm.works(self.now)


async def test_a_year_of_reminders_is_what_the_oracle_reckons(new_database_of_the_night: Callable[[], str]) -> None:
    year = Year(new_database_of_the_night())
    async with AsyncExitStack() as stack:
        jobs, databases = [], []
        for _ in range(SCHEDULERS[make_url(year.url).get_backend_name()]):
            databases.append(await stack.enter_async_context(Database(year.url)))
            bot = client(TOKEN, "http://127.0.0.1", lambda: StandInRequest(year.telegram))
            await stack.enter_async_context(bot)
            jobs.append(ReminderJob(bot, databases[-1], Outgoing(Pacing(limited=False)), FORM, Callbacks(FORM),
                                    lambda: year.now))  # fmt: skip
        year.telegram.log.clear()
        away_until = FIRST
        for hour in range(DAYS * 24):
            moment = FIRST + timedelta(hours=hour)
            busy = moment.date() in BUSY or (moment + timedelta(hours=9)).date() in BUSY
            if moment < away_until or moment.hour not in (HOURS if busy else (2,)):
                continue
            year.now = moment
            await year.heard(jobs)
            year.now += timedelta(seconds=1)
            await databases[0].run(lambda connection: live(year, connection))
            if year.random.random() < 0.01:
                away_until = moment + timedelta(hours=year.random.choice((2, 5, 12, 30, 100)))
    compare(year)


def live(year: Year, connection: Connection) -> None:
    """What happens between two moments of work."""
    if len(year.firms) < FIRMS:
        for _ in range(max(1, FIRMS // 200)):
            year.founds(connection)
    for _ in range(max(1, len(year.firms) // 150)):
        year.happens(connection)


def compare(year: Year) -> None:
    expected = sorted(
        (number, moment, period, kind, day)
        for number, firm in year.firms.items()
        for moment, period, kind, day in firm.heard
    )
    sent = sorted((call.params["chat_id"], call.at) for call in year.telegram.log if call.method == "sendMessage")
    assert sent == [(number, moment) for number, moment, *_ in expected]
    assert len(sent) > FIRMS * 3
    engine = connect(year.url)
    with engine.begin() as connection:
        rows: list[tuple[int, str, str, date]] = [
            tuple(row)  # type: ignore[misc]  # a Row of these four
            for row in connection.execute(
                select(col(Person.chat_id), col(Reminder.about), col(Reminder.kind), col(Reminder.day))
                .join(Person, col(Person.id) == col(Reminder.person_id))
                .where(col(Reminder.state) == "sent")
            )
        ]
    engine.dispose()
    assert sorted(rows) == sorted(
        (number, f"semester:{period}", kind, day) for number, _, period, kind, day in expected
    )
