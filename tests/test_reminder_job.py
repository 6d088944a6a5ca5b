"""Reminders on their way out: killed in the middle, by two processes at once, slow while answers are quick. Each goes out
at most once, whatever happens; what surely did not go out goes out later."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, func, insert, select, update
from sqlmodel import col

from bot.app import client
from bot.callbacks import Callbacks
from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from bot.outgoing import Outgoing
from bot.pacing import Lane, Pacing
from bot.reminder_job import AT_ONCE, ReminderJob
from conversations.draft import Draft
from conversations.reminders import awake
from conversations.sections import laporan_produksi
from storage import people, reminders
from storage.database import Database, connect
from storage.reminder_tables import Reminder
from storage.reports import Desk
from storage.tables import Report
from tests.chat import TOKEN
from tests.passing_time import PassingTime

FORM = laporan_produksi()
BEGUN = datetime(2026, 7, 3, 2, tzinfo=UTC)
NINE = datetime(2026, 7, 17, 2, tzinfo=UTC)
FIRMS = 60
SARI = 10_000


class Street:
    """Firms with a report of the first half of 2026, all in Jakarta's zone, and the hour."""

    def __init__(self) -> None:
        self.now = NINE
        self.telegram = Telegram(TOKEN, lambda: self.now)
        self.people = range(SARI, SARI + FIRMS)

    def settle(self, connection: Connection) -> None:
        for number in self.people:
            desk = people.register(connection, FORM, Desk(Draft()), number, "1", BEGUN)
            connection.execute(
                insert(Report).values(company_id=desk.company_id, kind="produksi", period="semester:2026-1",
                                      form_version="1", state="mengisi", created_at=BEGUN, updated_at=BEGUN)
            )  # fmt: skip
            self.telegram.join(number, "Sari")
            self.telegram.says(number, "/mulai")

    def heard(self) -> list[int]:
        return [number for number in self.people for m in self.telegram.history(number) if m["from_bot"]]

    @asynccontextmanager
    async def job(self, database: Database, outgoing: Outgoing | None = None) -> AsyncIterator[ReminderJob]:
        async with client(TOKEN, "http://127.0.0.1", lambda: StandInRequest(self.telegram)) as bot:
            way_out = outgoing or Outgoing(Pacing(limited=False))
            yield ReminderJob(bot, database, way_out, FORM, Callbacks(FORM), lambda: self.now)


def states(connection: Connection) -> dict[str, int]:
    rows = select(col(Reminder.state), func.count()).group_by(col(Reminder.state))
    return {row[0]: row[1] for row in connection.execute(rows)}


@pytest.fixture
async def street() -> Street:
    return Street()


@pytest.fixture
async def database(street: Street, database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as database:
        await database.run(street.settle)
        yield database


async def test_everybody_hears_it_once_however_often_the_minute_comes(street: Street, database: Database) -> None:
    async with street.job(database) as job:
        for _ in range(3):
            await job.tick()
            street.now += timedelta(minutes=1)
    assert street.heard() == list(street.people)
    assert await database.run(states) == {"sent": FIRMS}


async def test_four_processes_share_the_reminders(street: Street, database: Database, database_url: str) -> None:
    async with AsyncExitStack() as stack:
        others = [await stack.enter_async_context(Database(database_url)) for _ in range(3)]
        jobs = [await stack.enter_async_context(street.job(one)) for one in (database, *others)]
        await asyncio.gather(*(job.tick() for job in jobs))
        street.now += reminders.HOLD
        await asyncio.gather(*(job.tick() for job in jobs))
    assert sorted(street.heard()) == list(street.people)
    assert await database.run(states) == {"sent": FIRMS}


async def test_while_another_process_fills_the_queue_this_one_sends_what_waits_in_it(
    street: Street, postgresql_url: str
) -> None:
    async with Database(postgresql_url) as database, street.job(database) as job:
        await database.run(street.settle)
        await database.run(lambda c: reminders.fill(c, FORM.scheme, street.now))
        engine = connect(postgresql_url)
        with engine.begin() as other:
            assert reminders.fills_alone(other)
            await job.tick()
        engine.dispose()
    assert street.heard() == list(street.people)


async def test_one_that_two_processes_are_about_to_send_is_sent_by_one(street: Street, database: Database) -> None:
    later, zones = street.now + reminders.HOLD, ("WIB",)
    await database.run(lambda c: reminders.fill(c, FORM.scheme, street.now))
    slow = await database.run(lambda c: reminders.hold(c, zones, street.now, AT_ONCE))
    assert not {*slow} & {*await database.run(lambda c: reminders.hold(c, zones, street.now, AT_ONCE))}
    quick = await database.run(lambda c: reminders.hold(c, zones, later, AT_ONCE))
    assert quick == slow, "who holds one for too long may lose it"
    assert await database.run(lambda c: reminders.start(c, quick[0], zones, later))
    assert not await database.run(lambda c: reminders.start(c, slow[0], zones, later))


async def test_what_was_in_the_air_when_the_process_died_is_unsure_and_the_rest_goes_out(
    street: Street, database: Database
) -> None:
    def dies(connection: Connection) -> list[int]:
        reminders.fill(connection, FORM.scheme, street.now)
        held = reminders.hold(connection, ("WIB",), street.now, AT_ONCE)
        return [one.chat_id for one in held[:2] if reminders.start(connection, one, ("WIB",), street.now)]

    in_the_air = await database.run(dies)
    street.now += reminders.HOLD
    async with street.job(database) as job:
        await job.tick()
    assert street.heard() == [number for number in street.people if number not in in_the_air]
    assert await database.run(states) == {"sent": FIRMS - 2, "unsure": 2}


async def test_one_of_unknown_fate_is_not_said_again_and_one_that_surely_failed_is(
    street: Street, database: Database
) -> None:
    street.telegram.fail_next("sendMessage", 502, "Bad Gateway", after_delivery=True)
    async with street.job(database) as job:
        await job.tick()
        street.now += timedelta(minutes=5)
        await job.tick()
    assert street.heard() == list(street.people)
    assert await database.run(states) == {"sent": FIRMS - 1, "unsure": 1}


async def test_what_lost_its_reason_between_the_queue_and_the_sending_is_not_said(
    street: Street, database: Database
) -> None:
    await database.run(lambda c: reminders.fill(c, FORM.scheme, street.now))

    def changes(connection: Connection) -> None:
        company = select(col(Report.company_id)).where(col(Report.period).is_not(None)).limit(1)
        mine = col(Report.company_id) == company.scalar_subquery()
        connection.execute(update(Report).where(mine).values(state="terkirim"))
        people.set_blocked(connection, SARI + 1, street.now)

    await database.run(changes)
    async with street.job(database) as job:
        await job.tick()
    assert street.heard() == list(street.people)[2:]
    assert await database.run(states) == {"sent": FIRMS - 2, "dead": 2}


async def test_whom_the_night_catches_hears_it_in_the_morning(street: Street, database: Database) -> None:
    street.now = NINE + timedelta(hours=12)
    async with street.job(database) as job:
        await job.tick()
        assert street.heard() == []
        street.now = NINE + timedelta(hours=23)
        await job.tick()
    assert street.heard() == list(street.people)
    assert "13 hari lagi" in street.telegram.history(SARI)[-1]["text"]


async def test_one_taken_by_day_that_gets_its_turn_at_night_waits_for_the_morning(
    street: Street, database: Database
) -> None:
    await database.run(lambda c: reminders.fill(c, FORM.scheme, street.now))
    evening, night = NINE + timedelta(hours=11), NINE + timedelta(hours=12)
    held = await database.run(lambda c: reminders.hold(c, awake(evening), evening, 1))
    assert not await database.run(lambda c: reminders.start(c, held[0], awake(night), night))
    street.now = NINE + timedelta(hours=23)
    async with street.job(database) as job:
        await job.tick()
    assert street.heard() == list(street.people)


async def test_what_is_more_urgent_goes_first(street: Street, database: Database) -> None:
    await database.run(lambda c: reminders.fill(c, FORM.scheme, street.now))
    urgent = col(Reminder.person_id) == FIRMS
    await database.run(lambda c: c.execute(update(Reminder).where(urgent).values(urgency=0)))
    async with street.job(database) as job:
        await job.tick()
    sends = [call.params["chat_id"] for call in street.telegram.log if call.method == "sendMessage"]
    assert street.people[-1] in sends[:AT_ONCE]


async def test_an_owners_answer_never_waits_behind_the_reminders(street: Street, sqlite_url: str) -> None:
    time = PassingTime()
    outgoing = Outgoing(Pacing(time.clock, time.sleep), time.sleep)
    async with Database(sqlite_url) as database:
        await database.run(street.settle)
        async with street.job(database, outgoing) as job:
            wave = asyncio.create_task(job.tick())
            while len(street.heard()) < Lane.BROADCAST.value:  # the lane is full, forty more wait behind it
                await asyncio.sleep(0.001)
            answer = outgoing.call(lambda: job._bot.send_message(SARI + 59, "Tersimpan."), SARI + 59)
            asked = time.now
            await asyncio.wait_for(answer, 30)
            assert time.now == asked
            assert len(street.heard()) == Lane.BROADCAST.value + 1
            while not wave.done():
                await time.settle()
                time._wake_next()
                await asyncio.sleep(0.001)
    assert time.now >= 2
    assert sorted(street.heard()) == sorted([*street.people, SARI + 59])
