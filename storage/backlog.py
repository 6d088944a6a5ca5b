"""What works of a group write is written together: each statement once for all its rows, which costs a fifth of one row at
a time, and a server hears all statements at once."""

import threading
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, event

from storage.prepared import OfMany, Prepared, cursor, told, widened

_HERE = threading.local()
"""Where a thread keeps the backlog of the transaction it is in: a connection would be asked five times as long."""


class Backlog:
    """Rows yet to be written, whose result nobody needs, in any order. `firms`: whose rows. `ahead`: rows that were read
    before, by chat; they hold as long as nothing was written that is theirs. `fresh`: updates that were not here before."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._rows: dict[str, list[list[Any]]] = {}
        self._ids: dict[OfMany, list[int]] = {}
        self.firms: set[int] = set()
        self.ahead: dict[int, list[Any]] = {}
        self.fresh: set[int] = set()

    def add(self, statement: Prepared, values: Mapping[str, Any]) -> None:
        """One more row for the statement."""
        sql, given = statement.bound(self.connection, values)
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
        pipeline = getattr(self.connection.connection.dbapi_connection, "pipeline", None)
        writes = cursor(self.connection)
        try:
            with pipeline() if pipeline else nullcontext():
                for sql, given in rows.items():
                    left: Sequence[Sequence[Any]] = given
                    if pipeline and " VALUES " in sql:
                        wide, pieces, left = widened(sql, given)
                        writes.executemany(wide, pieces)
                    writes.executemany(sql, left)
                for statement, some in ids.items():
                    statement.run(self.connection, some)
        except Exception as error:
            raise told(self.connection, error) from error


class together:  # noqa: N801 - used like a function; as a generator it would cost four times as much
    """`with together(connection) as backlog:` the backlog of this connection, written at the end of the outermost
    `together`, and before any statement of SQLAlchemy's; a Prepared one does not see it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._begun: Backlog | None = None

    def __enter__(self) -> Backlog:
        if (backlog := backlog_of(self._connection)) is not None:
            return backlog
        self._begun = _HERE.backlog = Backlog(self._connection)
        return self._begun

    def __exit__(self, kind: object, *_: object) -> None:
        if self._begun is None:
            return
        try:
            if kind is None:
                self._begun.write()
        finally:
            _HERE.backlog = None


def backlog_of(connection: Connection) -> Backlog | None:
    """The backlog inside of `together`."""
    backlog: Backlog | None = getattr(_HERE, "backlog", None)
    return backlog if backlog is not None and backlog.connection is connection else None


def in_line(engine: Engine) -> None:
    """From now on a statement of SQLAlchemy's comes after what was to be written before it, and what was read ahead of it
    holds no more."""
    event.listen(engine, "before_cursor_execute", _write_before)


def _write_before(connection: Connection, *_: object) -> None:
    if (backlog := backlog_of(connection)) is not None:
        backlog.write()
        backlog.ahead.clear()
