"""The database server: two threads with group commit, each with its own connection, and some more for work that must
wait.

A chat's turn is kept twice: a lock in this process keeps the order, an advisory lock on the server keeps other
processes out. Knows nothing of what is stored.
"""

import asyncio
import select
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DisconnectionError

from storage.arrivals import Arrival
from storage.backlog import in_line
from storage.columns import write_json
from storage.groups import End, Entry, Kept, SpoiledError, tell, worked
from storage.prepared import cursor
from storage.trouble import clear_trouble

T = TypeVar("T")

CONNECTIONS, GROUPS, LARGEST_GROUP = 6, 2, 64
LOCK_SECONDS = 3
"""How long to wait for another process: short enough to stop within 5 s."""


def connect(url: str) -> Engine:
    """Make the engine for `postgresql://…` with psycopg 3; a dropped connection is replaced before use."""
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        json_serializer=write_json,
        pool_size=CONNECTIONS,
        connect_args={"connect_timeout": LOCK_SECONDS},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "checkout", _refuse_lost)
    in_line(engine)
    return engine


def _set_up(connection: Any, _: object) -> None:
    connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    connection.execute("SET synchronous_commit = on")
    connection.commit()  # or the settings end with the transaction they were made in


def _refuse_lost(connection: Any, _record: object, _proxy: object) -> None:
    """To an idle connection the server says nothing but its farewell. Asking it each time whether it is there would be
    one more way there and back for every answer."""
    if _said_farewell(connection):
        raise DisconnectionError


def _said_farewell(connection: Any) -> bool:
    return bool(select.select([connection.fileno()], [], [], 0)[0])


_LOCK = text("SELECT pg_advisory_xact_lock(:chat)")
# Never waits: two groups with the same chats in another order would wait for each other.
_TRY_LOCK = "SELECT chat FROM unnest(%s::bigint[]) AS chat WHERE NOT pg_try_advisory_xact_lock(chat)"


class Pool:
    """Runs work in groups, as long as nobody has to be waited for; work without a chat, of a chat that another
    process holds, and of a group in which one failed, runs alone on a thread of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[Entry | None] = SimpleQueue()
        self._alone = ThreadPoolExecutor(CONNECTIONS - GROUPS, thread_name_prefix="postgresql-alone")
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._given: set[asyncio.Task[Any]] = set()
        self._threads = [
            threading.Thread(target=self._work_off, name="postgresql", daemon=True) for _ in range(GROUPS)
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, work: Callable[[Connection], T], chat: int | None, arrival: Arrival | None) -> T:
        """Run `work` when it is the chat's turn; return its result after the commit."""
        task = asyncio.create_task(self._in_turn(work, chat, arrival))
        self._given.add(task)
        task.add_done_callback(self._given.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Finish what was given and end the threads."""
        await asyncio.gather(*self._given, return_exceptions=True)
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        self._alone.shutdown()

    async def _in_turn(self, work: Callable[[Connection], T], chat: int | None, arrival: Arrival | None) -> T:
        loop = asyncio.get_running_loop()
        if chat is None:
            return await loop.run_in_executor(self._alone, self._transact, work, None)
        async with self._turns.setdefault(chat, asyncio.Lock()):
            outcome: asyncio.Future[T] = loop.create_future()
            self._queue.put(Entry(work, outcome, chat, arrival))
            try:
                return await outcome
            except _Alone:
                return await loop.run_in_executor(self._alone, self._transact, work, chat)

    def _work_off(self) -> None:
        kept = Kept(self._engine)
        while (entry := self._queue.get()) is not None:
            group = [entry]
            with suppress(Empty):
                while len(group) < LARGEST_GROUP:
                    entry = self._queue.get_nowait()
                    if entry is None:
                        self._queue.put(None)
                        break
                    group.append(entry)
            self._commit(kept, group)
        kept.let_go()

    def _commit(self, kept: Kept, group: list[Entry]) -> None:
        try:
            with clear_trouble():
                if _said_farewell(kept.taken().connection):
                    kept.let_go()
                connection = kept.taken()
                with connection.begin():
                    asks = cursor(connection)
                    asks.execute(_TRY_LOCK, ([entry.chat for entry in group],))
                    held = {chat for (chat,) in asks.fetchall()}
                    free = [entry for entry in group if entry.chat not in held]
                    ends = worked(connection, free)
        except SpoiledError:
            kept.let_go()
            tell([End(entry.outcome, error=_Alone()) for entry in group])
        except BaseException as error:  # the thread must outlive whatever one group meets
            kept.let_go()
            tell([End(entry.outcome, error=error) for entry in group])
        else:
            tell([*ends, *(End(entry.outcome, error=_Alone()) for entry in group if entry.chat in held)])

    def _transact(self, work: Callable[[Connection], T], chat: int | None) -> T:
        with clear_trouble(), self._engine.begin() as connection:
            if chat is not None:
                connection.execute(_LOCK, {"chat": chat})
            return work(connection)


class _Alone(Exception):  # noqa: N818 - no mistake
    """The work is to be done alone: another process holds the chat, or a work of its group failed."""
