"""The embedded database in trouble: a lock, a full disk, a failing commit; and many who share one commit."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert, text
from sqlalchemy.exc import IntegrityError

from storage import sqlite
from storage.database import Database, connect
from storage.tables import Membership
from storage.trouble import DatabaseUnavailableError
from tests.test_database import see, seen


@pytest.fixture
async def database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    monkeypatch.setattr(sqlite, "LOCK_SECONDS", 0.05)
    async with Database(sqlite_url) as database:
        yield database


async def together(database: Database, *works: Callable[[Connection], object]) -> list[object]:
    """Have the works arrive during one commit, so that they share the next one; results or exceptions."""
    begun, go_on = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        begun.set()
        go_on.wait(30)

    first = asyncio.create_task(database.run(hold))
    await asyncio.to_thread(begun.wait, 30)
    rest = [asyncio.create_task(database.run(work)) for work in works]
    await asyncio.sleep(0)  # they are queued now
    go_on.set()
    await first
    return list(await asyncio.gather(*rest, return_exceptions=True))


def test_every_commit_is_synced_to_disk_and_foreign_keys_hold(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    with engine.begin() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys")
        full = 2
        assert [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names] == ["wal", full, 1]
    engine.dispose()


async def test_work_that_arrives_during_a_commit_shares_the_next_one(sqlite_url: str) -> None:
    commits: list[Connection] = []
    async with Database(sqlite_url) as database:
        event.listen(database._engine, "commit", commits.append)
        await together(database, *(see(n) for n in range(50)))
        assert len(commits) == 2
        assert await database.run(seen) == {*range(50)}


async def test_a_commit_that_fails_is_told_to_everyone_in_it(database: Database) -> None:
    def breaks_at_commit(connection: Connection) -> None:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(insert(Membership).values(person_id=99, company_id=99, role="pemilik"))

    outcomes = await together(database, see(1), breaks_at_commit, see(2))
    assert [type(outcome) for outcome in outcomes] == [IntegrityError] * 3
    await database.run(see(3))
    assert await database.run(seen) == {3}


async def test_when_sqlite_itself_takes_a_transaction_back_the_others_in_it_are_kept(database: Database) -> None:
    def takes_all_back(connection: Connection) -> None:
        connection.execute(text("INSERT OR ROLLBACK INTO update_seen VALUES (1, '2026-07-01')"))

    outcomes = await together(database, see(1), takes_all_back, see(2))
    assert [isinstance(outcome, IntegrityError) for outcome in outcomes] == [False, True, False]
    await database.run(see(3))
    assert await database.run(seen) == {1, 2, 3}


async def test_a_lock_that_stays_is_told_and_the_next_work_goes_on(database: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "data" / "test.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for n in (1, 2):
        with pytest.raises(DatabaseUnavailableError, match="another program holds the database file"):
            await database.run(see(n))
    other.execute("ROLLBACK")
    other.close()
    await database.run(see(3))
    assert await database.run(seen) == {3}


async def test_a_full_disk_is_told_and_nothing_acknowledged_is_missing(database: Database) -> None:
    def fill(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE filler AS SELECT zeroblob(1000000)"))

    await database.run(lambda c: c.execute(text("PRAGMA max_page_count = 1")).scalar())  # as full as it is now
    outcomes = await together(database, see(1), fill, see(2))
    assert isinstance(outcomes[1], DatabaseUnavailableError)
    assert "the disk is full; make room" in str(outcomes[1])
    await database.run(lambda c: c.execute(text("PRAGMA max_page_count = 100000")).scalar())
    await database.run(see(3))
    stored = {n for n, outcome in ((1, outcomes[0]), (2, outcomes[2])) if not isinstance(outcome, Exception)}
    assert await database.run(seen) == stored | {3}


def test_a_database_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "test.db").mkdir()
    engine = connect(f"sqlite:///{tmp_path}/test.db")
    with pytest.raises(DatabaseUnavailableError, match="check the folder"):
        asyncio.run(Database(f"sqlite:///{tmp_path}/test.db").start())
    engine.dispose()
