"""What works of a group write is written together: each statement once for all its rows, which costs a fifth of one row at
a time, and a server hears all statements at once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, event

from storage.prepared import OfMany, Prepared, cursor, told, widened

_KEY = "backlog"
"""Where a connection keeps it."""


class Backlog:
    """Rows yet to be written, whose result nobody needs, in any order. `firms`: whose rows. `ahead`: rows that were read
    before, by chat; they hold as long as nothing was written that is theirs. `fresh`: updates that were not here before."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[str, list[list[Any]]] = {}
        self._ids: dict[OfMany, list[int]] = {}
        self.firms: set[int] = set()
        self.ahead: dict[int, list[Any]] = {}
        self.fresh: set[int] = set()

    def add(self, statement: Prepared, values: Mapping[str, Any]) -> None:
        """One more row for the statement."""
        sql, given = statement.bound(self._connection, values)
        self._rows.setdefault(sql, []).append(given)

    def add_id(self, statement: OfMany, id_: int) -> None:
        """One more id for the statement."""
        self._ids.setdefault(statement, []).append(id_)

    def write(self) -> None:
        """Write it all now; an error may be of any of the rows."""
        rows, ids = self._rows, self._ids
        if not rows and not ids:
            return
        self._rows, self._ids = {}, {}
        self.firms.clear()
        self.ahead.clear()
        pipeline = getattr(self._connection.connection.dbapi_connection, "pipeline", None)
        writes = cursor(self._connection)
        try:
            with pipeline() if pipeline else nullcontext():
                for sql, given in rows.items():
                    left: Sequence[Sequence[Any]] = given
                    if pipeline and " VALUES " in sql:
                        wide, pieces, left = widened(sql, given)
                        writes.executemany(wide, pieces)
                    writes.executemany(sql, left)
                for statement, some in ids.items():
                    statement.run(self._connection, some)
        except Exception as error:
            raise told(self._connection, error) from error


@contextmanager
def together(connection: Connection) -> Iterator[Backlog]:
    """The backlog of this connection, written at the end of the outermost `together`, and before any statement of
    SQLAlchemy's; a Prepared one does not see it."""
    if (backlog := backlog_of(connection)) is not None:
        yield backlog
        return
    info = connection.info  # asked once: a connection that was lost has none to ask for
    backlog = info[_KEY] = Backlog(connection)
    try:
        yield backlog
        backlog.write()
    finally:
        info.pop(_KEY, None)


def backlog_of(connection: Connection) -> Backlog | None:
    """The backlog inside of `together`."""
    backlog: Backlog | None = connection.info.get(_KEY)
    return backlog


def in_line(engine: Engine) -> None:
    """From now on a statement of SQLAlchemy's comes after what was to be written before it, and what was read ahead of it
    holds no more."""
    event.listen(engine, "before_cursor_execute", _write_before)


def _write_before(connection: Connection, *_: object) -> None:
    if (backlog := backlog_of(connection)) is not None:
        backlog.write()
        backlog.ahead.clear()
