"""The database server in trouble: lost connections, held locks, deadlocks; and chats that do not wait."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import Connection, text

from storage import postgresql
from storage.database import Database, connect
from storage.trouble import DatabaseUnavailableError
from tests.test_database import see, seen
from tests.test_tables import BUDI, SARI


@pytest.fixture
async def database(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    monkeypatch.setattr(postgresql, "LOCK_SECONDS", 1)
    async with Database(postgresql_url) as database:
        yield database


def cut_all_others(connection: Connection) -> None:
    connection.execute(
        text(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    )


async def test_every_commit_is_synced_to_disk(database: Database) -> None:
    def settings(connection: Connection) -> list[object]:
        names = ("synchronous_commit", "lock_timeout")
        return [connection.execute(text(f"SHOW {name}")).scalar() for name in names]

    assert await database.run(settings) == ["on", "1s"]


async def test_connections_lost_while_idle_are_replaced_unnoticed(database: Database, postgresql_url: str) -> None:
    await asyncio.gather(*(database.run(see(n), chat=n if n % 2 else None) for n in range(20)))
    engine = connect(postgresql_url)
    with engine.begin() as connection:
        cut_all_others(connection)
    engine.dispose()
    await database.run(see(20), chat=SARI)
    await database.run(see(21), chat=SARI)  # by the other group
    assert await database.run(seen) == {*range(22)}


async def test_a_connection_lost_during_work_is_told_and_the_next_work_goes_on(database: Database) -> None:
    def work(connection: Connection) -> None:
        see(1)(connection)
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(DatabaseUnavailableError, match="not acknowledged: the database server"):
        await database.run(work, chat=SARI)
    await database.run(see(2), chat=SARI)
    assert await database.run(seen) == {2}


async def test_a_chat_held_by_another_program_is_told_and_other_chats_go_on(
    database: Database, postgresql_url: str
) -> None:
    engine = connect(postgresql_url)
    with engine.begin() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(:chat)"), {"chat": SARI})
        held = asyncio.create_task(database.run(see(1), chat=SARI))
        await database.run(see(2), chat=BUDI)
        with pytest.raises(DatabaseUnavailableError):
            await held
    engine.dispose()
    await database.run(see(3), chat=SARI)
    assert await database.run(seen) == {2, 3}


async def test_a_busy_chat_does_not_hold_the_others_up(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def waits(_: Connection) -> bool:
        begun.set()
        return go_on.wait(30)

    busy = [asyncio.create_task(database.run(waits, chat=SARI)) for _ in range(20)]
    await asyncio.to_thread(begun.wait, 30)
    await database.run(see(1), chat=BUDI)
    assert not any(task.done() for task in busy)
    go_on.set()
    assert all(await asyncio.gather(*busy))


async def test_what_sari_writes_while_her_last_word_is_being_kept_waits_for_it_in_line(database: Database) -> None:
    kept: list[str] = []
    may_go, all_alone_begun = threading.Event(), threading.Barrier(postgresql.CONNECTIONS - postgresql.GROUPS + 1)
    begun, saved = threading.Event(), threading.Event()

    def keeps(word: str, until: threading.Event | None = None) -> Callable[[Connection], None]:
        def work(_: Connection) -> None:
            begun.set()
            assert until is None or until.wait(30)
            kept.append(word)

        return work

    def counts(_: Connection) -> bool:
        all_alone_begun.wait(30)
        return may_go.wait(30)

    counting = [asyncio.create_task(database.run(counts)) for _ in range(all_alone_begun.parties - 1)]
    await asyncio.to_thread(all_alone_begun.wait, 30)  # no thread is left for work that must wait
    first = asyncio.create_task(database.run(keeps("Tempe", saved), chat=SARI))
    await asyncio.to_thread(begun.wait, 30)
    second = asyncio.create_task(database.run(keeps("Tahu"), chat=SARI))
    await asyncio.sleep(0)  # it is given now
    await database.run(see(1), chat=BUDI)  # given later: the other group has come past her second word
    saved.set()
    await first
    await database.run(keeps("Oncom"), chat=SARI)
    may_go.set()
    await asyncio.gather(second, *counting)
    assert kept == ["Tempe", "Tahu", "Oncom"]


async def test_two_in_each_others_way_are_told_and_not_left_hanging(database: Database) -> None:
    both_hold = threading.Barrier(2, timeout=30)

    def crossing(first: int, second: int) -> Callable[[Connection], None]:
        def work(connection: Connection) -> None:
            connection.execute(text("SELECT pg_advisory_xact_lock(2, :key)"), {"key": first})
            both_hold.wait()
            connection.execute(text("SELECT pg_advisory_xact_lock(2, :key)"), {"key": second})

        return work

    works = (database.run(crossing(1, 2)), database.run(crossing(2, 1)))
    outcomes = await asyncio.gather(*works, return_exceptions=True)
    assert any(isinstance(outcome, DatabaseUnavailableError) for outcome in outcomes)
    assert all(outcome is None or isinstance(outcome, DatabaseUnavailableError) for outcome in outcomes)
