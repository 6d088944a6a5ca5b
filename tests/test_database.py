"""What `run` has returned is on disk whatever happens next; what failed left nothing and hurt nobody."""

import asyncio
import random
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from storage.database import Database, connect
from storage.tables import Person, UpdateSeen
from tests.test_tables import BUDI, NOW, SARI, person

ANSWERS_UNTIL_KILLED = """
import asyncio, sys
from datetime import UTC, datetime
from sqlalchemy import text
from storage.database import Database

async def main(url, start):
    upsert = text("INSERT INTO update_seen VALUES (:id, :at) ON CONFLICT (update_id) DO UPDATE SET at = :at")
    async def person(chat, database):
        for n in range(1_000_000):
            values = {"id": start + n * 8 + chat, "at": datetime(2026, 7, 1, tzinfo=UTC).isoformat()}
            await database.run(lambda connection: connection.execute(upsert, values), chat=chat)
            print(values["id"], flush=True)
    async with Database(url) as database:
        await asyncio.gather(*(person(chat, database) for chat in range(8)))

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as database:
        yield database


def see(update_id: int) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(insert(UpdateSeen).values(update_id=update_id, at=NOW))


def seen(connection: Connection) -> set[int]:
    return set(connection.execute(select(col(UpdateSeen.update_id))).scalars())


def add_person(chat: int) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(person(chat))


def one_more_miss(chat: int) -> Callable[[Connection], None]:
    """Read, then write what was read plus one: what loses updates when two do it at once."""

    def work(connection: Connection) -> None:
        row = col(Person.chat_id) == chat
        misses = connection.execute(select(col(Person.misses)).where(row)).scalar_one()
        connection.execute(update(Person).where(row).values(misses=misses + 1))

    return work


def misses(connection: Connection) -> dict[int, int]:
    rows = connection.execute(select(col(Person.chat_id), col(Person.misses)))
    return dict(rows.all())


async def test_what_was_returned_is_there_for_the_next_process(database_url: str) -> None:
    async with Database(database_url) as first:
        await first.run(see(41))
        assert await first.run(lambda _: "Tersimpan") == "Tersimpan"
    async with Database(database_url) as second:
        assert await second.run(seen) == {41}


def test_killed_at_any_moment_every_acknowledged_answer_is_there(database_url: str) -> None:
    acknowledged: set[int] = set()
    for start in range(0, 5_000_000, 1_000_000):
        command = [sys.executable, "-c", ANSWERS_UNTIL_KILLED, database_url, str(start)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
            assert process.stdout is not None
            for _ in range(random.randint(1, 400)):  # noqa: S311 - any moment will do
                acknowledged.add(int(process.stdout.readline()))
            process.kill()
            acknowledged.update(int(line) for line in process.stdout if line.endswith("\n"))
    engine = connect(database_url)
    with engine.begin() as connection:
        assert acknowledged - seen(connection) == set()
    engine.dispose()


async def test_the_same_update_cannot_count_twice(database: Database) -> None:
    await database.run(see(7))
    with pytest.raises(IntegrityError):
        await database.run(see(7))


async def test_work_that_fails_leaves_nothing_and_takes_nobody_along(database: Database) -> None:
    def half(connection: Connection) -> None:
        see(1000)(connection)
        raise ZeroDivisionError

    group = [database.run(half if n % 3 == 0 else see(n)) for n in range(60)]
    outcomes = await asyncio.gather(*group, return_exceptions=True)
    assert [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Exception)] == [*range(0, 60, 3)]
    assert await database.run(seen) == {n for n in range(60) if n % 3}


async def test_updates_of_many_chats_at_once_lose_nothing(database: Database) -> None:
    for chat in (SARI, BUDI):
        await database.run(add_person(chat))
    chats = [SARI, BUDI] * 50
    await asyncio.gather(*(database.run(one_more_miss(chat), chat=chat) for chat in chats))
    assert await database.run(misses) == {SARI: 50, BUDI: 50}


async def test_two_programs_on_one_database_lose_nothing(database_url: str) -> None:
    async with Database(database_url) as one, Database(database_url) as two:
        await one.run(add_person(SARI))
        both = [program.run(one_more_miss(SARI), chat=SARI) for _ in range(100) for program in (one, two)]
        await asyncio.gather(*both)
        assert await one.run(misses) == {SARI: 200}


async def test_updates_of_one_chat_run_in_the_order_they_came(database: Database) -> None:
    order: list[int] = []

    def note(n: int) -> Callable[[Connection], None]:
        return lambda _: order.append(n)

    await asyncio.gather(*(database.run(note(n), chat=SARI) for n in range(100)))
    assert order == [*range(100)]


async def test_cancelling_who_waits_takes_no_work_back_and_stops_nobody(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        begun.set()
        go_on.wait(30)
        see(1)(connection)

    running = asyncio.create_task(database.run(slow, chat=SARI))
    await asyncio.to_thread(begun.wait, 30)
    waiting = asyncio.create_task(database.run(see(2), chat=SARI))
    await asyncio.sleep(0)  # it is given now
    running.cancel()
    waiting.cancel()
    await asyncio.wait([running, waiting])
    go_on.set()
    await database.run(see(3), chat=SARI)
    assert running.cancelled()
    assert waiting.cancelled()
    assert await database.run(seen) == {1, 2, 3}


async def test_closing_finishes_what_was_given(database_url: str) -> None:
    database = Database(database_url)
    await database.start()
    given = [asyncio.create_task(database.run(see(n), chat=n % 3)) for n in range(30)]
    await asyncio.sleep(0)  # they are given now
    await database.close()
    await asyncio.gather(*given)
    with pytest.raises(RuntimeError, match="not open"):
        await database.run(seen)
    async with Database(database_url) as again:
        assert await again.run(seen) == {*range(30)}


async def test_work_before_the_start_says_what_is_missing(database_url: str) -> None:
    database = Database(database_url)
    with pytest.raises(RuntimeError, match=r"await start\(\) first"):
        await database.run(seen)
    await database.close()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:"])
def test_a_database_that_would_keep_nothing_or_is_unknown_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        Database(url)


async def test_who_only_reads_neither_waits_for_those_who_write_nor_holds_them_up(database: Database) -> None:
    begun, written = threading.Event(), threading.Event()

    def reads(connection: Connection) -> int:
        count = int(connection.scalar(select(func.count()).select_from(Person)) or 0)
        begun.set()
        assert written.wait(30)
        return count

    await database.run(lambda c: c.execute(person(SARI)))
    slowly = asyncio.create_task(database.read(reads))
    assert await asyncio.to_thread(begun.wait, 30)
    await database.run(lambda c: c.execute(person(BUDI)))
    written.set()
    assert await slowly == 1
