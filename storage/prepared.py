"""Statements that every answer needs, made ready for the driver once: to compile, bind and wrap one again at each turn
costs several times what the database takes for it. Transactions and errors are SQLAlchemy's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Dialect, TextClause, Update, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Select
from sqlalchemy.sql.dml import Insert, UpdateBase

Statement = Select[Any] | UpdateBase | TextClause
_Process = Callable[[Any], Any] | None

_PLACES = 48  # for parameters: with more than fifty psycopg reads the statement anew each time
_SIZES = 4, 16, _PLACES

_CURSOR = "cursor"
"""Where a connection keeps its cursor: psycopg takes a fifth of a statement to make a new one."""


class Prepared:
    """A Core statement with named parameters, `columns` being those an INSERT fills (None: all). It is meant to live
    in a module."""

    def __init__(self, statement: Statement, columns: Sequence[str] | None = None) -> None:
        self._statement, self._columns = statement, columns
        self._ready: dict[str, _Ready] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Execute it; the number of rows it wrote."""
        return int(self._executed(connection, values).rowcount)

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[list[Any]]:
        """Execute it; what it selects, each column as its type reads it; NULL is None."""
        found = [[*row] for row in self._executed(connection, values).fetchall()]
        results = self._ready[connection.dialect.name].results
        for row in found:
            for index, process in results:
                if (value := row[index]) is not None:
                    row[index] = process(value)
        return found

    def bound(self, connection: Connection, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The statement in the words of the connection's driver, and the values as it takes them, by place."""
        dialect = connection.dialect
        ready = self._ready.get(dialect.name)
        if ready is None:
            ready = self._ready[dialect.name] = _Ready(self._statement, self._columns, dialect)
        return ready.sql, [process(values[name]) if process else values[name] for name, process in ready.binds]

    def _executed(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        sql, given = self.bound(connection, values)
        found = cursor(connection)
        try:
            found.execute(sql, given)
        except Exception as error:
            raise told(connection, error) from error
        return found


class OfMany:
    """A Core statement about the rows that have one of many ids in `column`. The statement has a fixed number of places for
    them, so that the driver knows it again; the first id fills the places left over."""

    def __init__(self, statement: Select[Any] | Update, column: Column[Any]) -> None:
        self._sized = [
            (
                size,
                Prepared(statement.where(column.in_([bindparam(f"id_{n}", type_=column.type) for n in range(size)]))),
            )
            for size in _SIZES
        ]

    def rows(self, connection: Connection, ids: Sequence[int], values: Mapping[str, Any]) -> list[list[Any]]:
        """Execute it; what it selects, in any order."""
        return [row for ready, named in self._pieces(ids) for row in ready.rows(connection, {**named, **values})]

    def run(self, connection: Connection, ids: Sequence[int]) -> None:
        """Execute it."""
        for ready, named in self._pieces(ids):
            ready.run(connection, named)

    def _pieces(self, ids: Sequence[int]) -> Iterator[tuple[Prepared, dict[str, int]]]:
        for first in range(0, len(ids), _SIZES[-1]):
            some = ids[first : first + _SIZES[-1]]
            size, ready = next(sized for sized in self._sized if sized[0] >= len(some))
            yield ready, {f"id_{n}": some[n] if n < len(some) else some[0] for n in range(size)}


def widened(sql: str, rows: Sequence[Sequence[Any]]) -> tuple[str, list[list[Any]], Sequence[Sequence[Any]]]:
    """An INSERT of one row, in the words of a driver, as one of several rows: the statement, what to execute it with, and
    the rows left over. psycopg takes nearly as long for an execution with one row as for one with six."""
    several = _PLACES // len(rows[0])
    last = len(rows) - len(rows) % several
    pieces = [[value for row in rows[first : first + several] for value in row] for first in range(0, last, several)]
    return _wide(sql, several), pieces, rows[last:]


@lru_cache
def _wide(sql: str, rows: int) -> str:
    return sql + f", {sql.partition(' VALUES ')[2]}" * (rows - 1)


def cursor(connection: Connection) -> Any:
    """The driver's cursor that this connection keeps."""
    info = connection.info
    kept = info.get(_CURSOR)
    if kept is None:
        kept = info[_CURSOR] = connection.connection.cursor()
    return kept


def told(connection: Connection, error: Exception) -> Exception:
    """The driver's error as SQLAlchemy tells it; any other as it is."""
    driver: Any = connection.dialect.loaded_dbapi
    if not isinstance(error, driver.Error):
        return error
    lost = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if lost:
        connection.invalidate(error)
    wrapped: Exception = DBAPIError.instance(
        None, None, error, driver.Error, hide_parameters=True, connection_invalidated=lost
    )
    return wrapped


class _Ready:
    """The statement in the words of one driver."""

    def __init__(self, statement: Statement, columns: Sequence[str] | None, dialect: Dialect) -> None:
        # Parameters by place, which every driver takes: names would be looked up twice.
        by_place = type(dialect)(paramstyle="qmark" if dialect.paramstyle == "qmark" else "format")  # type: ignore[call-arg]  # DefaultDialect takes it
        if isinstance(statement, Insert):
            statement = statement.inline()  # nobody asks for the new id
        compiled = statement.compile(dialect=by_place, column_keys=None if columns is None else list(columns))
        self.sql = str(compiled)
        binds = [compiled.binds[name] for name in compiled.positiontup or ()]
        if not all(bind.required for bind in binds):
            raise ValueError("A prepared statement takes named parameters only: write a constant as literal_column.")
        self.binds: list[tuple[str, _Process]] = [
            (bind.key, bind.type.dialect_impl(dialect).bind_processor(dialect)) for bind in binds
        ]
        columns_ = statement.selected_columns if isinstance(statement, Select) else ()
        processes = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns_]
        self.results = [(index, process) for index, process in enumerate(processes) if process]
