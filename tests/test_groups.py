"""Works that share a transaction: what one writes the next one reads, and one that fails takes no other along."""

import asyncio
from asyncio import Future
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col

from conversations.answers import Answer, Place, Source
from conversations.draft import changed
from conversations.sections import laporan_produksi
from storage import arrivals, people, reports, schema
from storage.arrivals import Arrival
from storage.backlog import together
from storage.database import Database, connect
from storage.groups import Entry, worked
from storage.prepared import Prepared
from storage.tables import Answer as AnswerRow
from storage.tables import Person
from tests.test_database import seen
from tests.test_tables import BUDI, NOW, SARI

FORM = laporan_produksi()
NAME = Place("perusahaan.nama")
_SEEN = Prepared(insert(SQLModel.metadata.tables["update_seen"]))

Work = Callable[[Connection], Any]


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database where Sari and Budi fill in the report of one firm."""
    engine = connect(database_url)
    schema.upgrade(engine)
    with engine.begin() as connection:
        for chat in (SARI, BUDI):
            desk = people.register(connection, FORM, reports.load(connection, chat), chat, "1", NOW)
            if chat == SARI:
                first = desk.report_id
        connection.execute(update(Person).where(col(Person.chat_id) == BUDI).values(open_report_id=first))
    yield engine
    engine.dispose()


def results(engine: Engine, *works: tuple[int, Work]) -> list[object]:
    """What the works of these chats give, in one transaction, each as the work of an update."""
    loop = asyncio.new_event_loop()
    entries = [
        Entry(work, Future(loop=loop), chat, Arrival(number, chat)) for number, (chat, work) in enumerate(works)
    ]
    with engine.begin() as connection:
        found = [end.result for end in worked(connection, entries)]
    loop.close()
    return found


def renames(chat: int, name: str, kept: reports.Desk | None = None) -> tuple[int, Work]:
    def work(connection: Connection) -> None:
        desk = reports.load(connection, chat, kept=kept)
        draft = desk.draft.with_answer(NAME, Answer(name, Source.TYPED))
        reports.save(connection, FORM, desk, draft, changed(desk.draft.answers, draft.answers), "mengisi", NOW)

    return chat, work


def reads(chat: int) -> tuple[int, Work]:
    def work(connection: Connection) -> object:
        answer = reports.load(connection, chat).draft.answers.get(NAME)
        return answer.value if answer else None

    return chat, work


def test_what_sari_changes_in_the_firm_is_what_budi_goes_on_from(engine: Engine) -> None:
    works = (reads(BUDI), renames(SARI, "Tempe Sari"), reads(BUDI), renames(BUDI, "Tempe Kita"), reads(SARI))
    assert results(engine, *works) == [None, None, "Tempe Sari", None, "Tempe Kita"]
    assert results(engine, reads(SARI), reads(BUDI)) == ["Tempe Kita", "Tempe Kita"]


def test_a_kept_copy_is_old_when_another_of_the_firm_has_written_in_the_same_group(engine: Engine) -> None:
    with engine.begin() as connection:
        sari, budi = (reports.load(connection, chat) for chat in (SARI, BUDI))

    def goes_on(connection: Connection) -> int:
        return len(reports.load(connection, BUDI, kept=budi).draft.answers)

    assert results(engine, renames(SARI, "Tempe Sari", sari), (BUDI, goes_on)) == [None, 1]


def test_any_other_statement_sees_what_the_work_before_it_wrote(engine: Engine) -> None:
    def counts(connection: Connection) -> object:
        return connection.scalar(select(func.count()).select_from(AnswerRow))

    assert results(engine, renames(SARI, "Tempe Sari"), (BUDI, counts)) == [None, 1]


def test_what_changes_about_sari_after_all_were_looked_up_is_seen_in_her_turn(engine: Engine) -> None:
    def blocks(connection: Connection) -> None:
        people.set_blocked(connection, SARI, NOW)

    def is_blocked(connection: Connection) -> bool:
        return reports.load(connection, SARI).blocked

    assert results(engine, (SARI, is_blocked)) == [False]
    assert results(engine, (BUDI, blocks), (SARI, is_blocked)) == [None, True]


async def test_of_an_update_that_comes_twice_at_once_one_is_the_first(database_url: str) -> None:
    def marks(connection: Connection) -> bool:
        return arrivals.mark(connection, 5, NOW)

    async with Database(database_url) as database:
        for chats in ((SARI, SARI), (SARI, BUDI)):
            both = [database.run(marks, chat=chat, arrival=Arrival(5, chat)) for chat in chats]
            outcomes = await asyncio.gather(*both)
            assert sorted(outcomes) == [False, chats == (SARI, SARI)]
        assert await database.run(seen) == {5}


async def test_who_writes_what_the_database_refuses_takes_nobody_along(database_url: str) -> None:
    def writes(number: int) -> Work:
        def work(connection: Connection) -> None:
            with together(connection) as backlog:
                backlog.add(_SEEN, {"update_id": number, "at": NOW})

        return work

    async with Database(database_url) as database:
        await database.run(writes(7))
        numbers = [*range(20), 7, *range(20, 40)]
        given = [database.run(writes(number), chat=1000 + n) for n, number in enumerate(numbers)]
        outcomes = await asyncio.gather(*given, return_exceptions=True)
        refused = [number for number, outcome in zip(numbers, outcomes, strict=True) if outcome is not None]
        assert refused == [7, 7]
        assert all(outcome is None or isinstance(outcome, IntegrityError) for outcome in outcomes)
        assert await database.run(seen) == {*range(40)}
