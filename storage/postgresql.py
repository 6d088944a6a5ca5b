"""The database server: a few threads, each with its own connection, and one transaction per work.

A chat's turn is kept twice: a lock in this process keeps the order and keeps one busy chat from holding all
threads; an advisory lock on the server keeps other processes out. Knows nothing of what is stored.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from storage.trouble import clear_trouble

T = TypeVar("T")

CONNECTIONS = 5
LOCK_SECONDS = 3
"""How long to wait for another process: short enough to stop within 5 s."""


def connect(url: str) -> Engine:
    """Make the engine for `postgresql://…` with psycopg 3; a dropped connection is replaced before use."""
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=CONNECTIONS,
        connect_args={"connect_timeout": LOCK_SECONDS},
    )
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: Any, _: object) -> None:
    connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    connection.execute("SET synchronous_commit = on")
    connection.commit()  # or the settings end with the transaction they were made in


class Pool:
    """Runs work on a few threads; chats do not wait for one another while a thread is free."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="postgresql")
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._given: set[asyncio.Task[Any]] = set()

    async def run(self, work: Callable[[Connection], T], chat: int | None) -> T:
        """Run `work` when it is the chat's turn; return its result after the commit."""
        task = asyncio.create_task(self._in_turn(work, chat))
        self._given.add(task)
        task.add_done_callback(self._given.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Finish what was given and end the threads."""
        await asyncio.gather(*self._given, return_exceptions=True)
        self._threads.shutdown()

    async def _in_turn(self, work: Callable[[Connection], T], chat: int | None) -> T:
        loop = asyncio.get_running_loop()
        if chat is None:
            return await loop.run_in_executor(self._threads, self._transact, work, None)
        turn = self._turns.setdefault(chat, asyncio.Lock())
        async with turn:
            return await loop.run_in_executor(self._threads, self._transact, work, chat)

    def _transact(self, work: Callable[[Connection], T], chat: int | None) -> T:
        with clear_trouble(), self._engine.begin() as connection:
            if chat is not None:
                connection.execute(text("SELECT pg_advisory_xact_lock(:chat)"), {"chat": chat})
            return work(connection)
