"""The door to the database: work goes in, its result comes out once it is on disk.

Knows which database it is (an embedded SQLite file or a PostgreSQL server) and nothing of what is stored.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol, Self, TypeVar

from sqlalchemy import Connection, Engine, make_url

from storage import postgresql, schema, sqlite
from storage.arrivals import Arrival
from storage.trouble import clear_trouble

T = TypeVar("T")


class _Backend(Protocol):
    async def run(self, work: Callable[[Connection], T], chat: int | None, arrival: Arrival | None, /) -> T: ...

    async def close(self) -> None: ...


def connect(url: str) -> Engine:
    """Make the engine for `sqlite:///file` or `postgresql://…`, set up so that what it commits stays.

    For code off the hot path (tests, exports): `with connect(url).begin() as connection: …`.
    Raises ValueError for any other database.
    """
    match make_url(url).get_backend_name():
        case "sqlite":
            return sqlite.connect(url)
        case "postgresql":
            return postgresql.connect(url)
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql://")


class Database:
    """A database that runs work in transactions, one after the other for one chat.

    What it guarantees:

    - When `run` returns, the work is committed and synced to disk: no kill and no power cut takes it back.
    - Work is all or nothing. Work that raises leaves no trace and disturbs no other work.
    - Work of one chat runs in the order it was given, and never at the same time as work of that chat in
      another process.
    - A lock, a full disk or a lost server raises DatabaseUnavailableError to the callers it touches; the next
      work is tried afresh.
    """

    def __init__(self, url: str) -> None:
        self._engine = connect(url)
        self._backend: _Backend | None = None

    async def start(self) -> None:
        """Bring the tables up to date and begin to take work.

        Raises NewerDatabaseError when a newer version of the program wrote the database.
        """
        await asyncio.to_thread(schema.upgrade, self._engine)
        is_file = self._engine.dialect.name == "sqlite"
        self._backend = sqlite.Writer(self._engine) if is_file else postgresql.Pool(self._engine)

    async def run(
        self, work: Callable[[Connection], T], *, chat: int | None = None, arrival: Arrival | None = None
    ) -> T:
        """Run `work(connection)` in a transaction of its own and return its result after the commit.

        `work` is synchronous and short, runs in another thread and must not commit or keep the connection.
        It may be done twice: where another work of its group failed, nothing of the first time is kept.
        `chat`: whose turn it is; None for work that belongs to no chat. `arrival`: the update that it applies, so that
        what each of a group asks first is asked once for all.
        Raises what `work` raises, or DatabaseUnavailableError. Cancelling the awaiting task does not take the
        work back: once given, it is done.
        """
        if self._backend is None:
            raise RuntimeError("The database is not open: await start() first; give no work after close().")
        return await self._backend.run(work, chat, arrival)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work(connection)`, which only reads, beside all other work: it holds nobody up and may take its time. It
        sees what was committed when it began. Raises DatabaseUnavailableError."""
        return await asyncio.to_thread(self._read, work)

    def _read(self, work: Callable[[Connection], T]) -> T:
        with clear_trouble(), self._engine.connect().execution_options(**{sqlite.READS: True}) as connection:
            return work(connection)

    async def close(self) -> None:
        """Finish the work already given, then let go of the database. May be called twice."""
        backend, self._backend = self._backend, None
        if backend is not None:
            await backend.close()
        self._engine.dispose()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
