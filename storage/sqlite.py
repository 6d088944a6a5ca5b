"""The embedded database: one writer thread with group commit over one SQLite file.

SQLite has one writer at a time anyway; a single thread needs no lock, keeps the order and shares each sync to
disk among all who wait for it. Knows nothing of what is stored.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from storage.arrivals import Arrival
from storage.backlog import in_line
from storage.columns import read_json, write_json
from storage.groups import End, Entry, Kept, SpoiledError, tell, worked
from storage.prepared import cursor, told
from storage.trouble import clear_trouble

T = TypeVar("T")

LOCK_SECONDS = 3
"""How long to wait for another process: short enough to stop within 5 s, long enough for a backup."""

FORGETS = "forgets"
"""Work that deletes somebody's data says so: `connection.info[FORGETS] = True`."""

READS = "reads"
"""An option of a connection: its transactions write nothing and need no lock."""


def connect(url: str) -> Engine:
    """Make the engine for `sqlite:///file`, making the folder; each transaction takes the write lock first.

    Raises ValueError for a database in memory, which would keep nothing.
    """
    file = make_url(url).database
    if not file or file == ":memory:":
        raise ValueError("DATABASE_URL names no file: write sqlite:///data/temanlapor.db")
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        hide_parameters=True,
        json_serializer=write_json,
        json_deserializer=read_json,
        connect_args={"timeout": LOCK_SECONDS},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    in_line(engine)
    return engine


def _set_up(connection: Any, _: object) -> None:
    connection.isolation_level = None  # or the driver begins by itself, later than we read
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A plain BEGIN takes the lock at the first write: two that have read before then, and one of them fails.
    reads = connection.get_execution_options().get(READS)
    try:
        cursor(connection).execute("BEGIN" if reads else "BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        raise told(connection, error) from error


class Writer:
    """Runs work on one thread and commits in groups: all work that arrived during the last commit, together.

    One that fails takes no other along: they are done again, each in a transaction of its own. Futures are settled
    after the COMMIT, and where somebody's data was deleted, after the log that still held it is empty.
    """

    def __init__(self, engine: Engine) -> None:
        self._kept = Kept(engine)
        self._queue: SimpleQueue[Entry | None] = SimpleQueue()
        # A daemon: a process told to die must not wait for it; what was acknowledged is on disk already.
        self._thread = threading.Thread(target=self._write, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Connection], T], chat: int | None, arrival: Arrival | None) -> T:
        """Queue `work`; return its result after the commit of its group."""
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put(Entry(work, outcome, chat, arrival))
        return await outcome

    async def close(self) -> None:
        """Finish what is queued and end the thread."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _write(self) -> None:
        with suppress(Exception):  # what a kill has left in the log
            _empty_log(self._kept.taken())
        while (entry := self._queue.get()) is not None:
            group = [entry]
            for _ in range(self._queue.qsize()):
                entry = self._queue.get()
                if entry is None:
                    self._queue.put(None)
                    break
                group.append(entry)
            self._commit(group)
        self._kept.let_go()

    def _commit(self, group: list[Entry]) -> None:
        try:
            with clear_trouble():
                connection = self._kept.taken()
                with connection.begin():
                    ends = worked(connection, group)
                if connection.info.pop(FORGETS, False):
                    _empty_log(connection)
        except SpoiledError:
            self._kept.let_go()
            for entry in group:
                self._commit([entry])
            return
        except BaseException as error:  # the thread must outlive whatever one group meets
            self._kept.let_go()
            ends = [End(entry.outcome, error=error) for entry in group]
        tell(ends)


def _empty_log(connection: Connection) -> None:
    """Bring all pages home and cut the write-ahead log: until then it holds deleted rows as they were. Where another
    program reads, or the disk is full, a later checkpoint does it."""
    with suppress(sqlite3.Error):
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
