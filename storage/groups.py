"""Group commit: works of several chats in one transaction, told all at once after the commit. Where one of them fails,
they are done again, each alone: that is rare, and a savepoint for each would cost every one. Knows no database by name."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.arrivals import Arrival, look_ahead
from storage.backlog import together


class Entry(NamedTuple):
    """Work, who waits for its end, whose turn it is, and the update it is for."""

    work: Callable[[Connection], Any]
    outcome: "asyncio.Future[Any]"
    chat: int | None = None
    arrival: Arrival | None = None


class End(NamedTuple):
    """How a work ended: its result, or its error."""

    outcome: "asyncio.Future[Any]"
    result: Any = None
    error: BaseException | None = None


class SpoiledError(Exception):
    """A work of a group failed, and nothing of the group is kept: each of its works may be done alone."""


class Kept:
    """A thread's own connection: to take one from the pool for each group costs as much as a short work."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def taken(self) -> Connection:
        """The connection, a new one where there is none."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def let_go(self) -> None:
        """Give it back, with whatever transaction a failure has left open."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.close()


def worked(connection: Connection, group: Sequence[Entry]) -> list[End]:
    """Do the works one after the other, and write what they have to write together. Where one fails: SpoiledError, or
    in a group of one, and where there is no database any more, its own error."""
    try:
        with together(connection):
            arrivals = [entry.arrival for entry in group if entry.arrival]
            if len(arrivals) > 1:
                look_ahead(connection, arrivals)
            return [End(entry.outcome, entry.work(connection)) for entry in group]
    except BaseException as error:
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        if len(group) == 1 or lost:
            raise
        raise SpoiledError from error


def tell(ends: Sequence[End]) -> None:
    """Tell those who still wait, in one call: each call wakes their loop up."""
    loop = ends[0].outcome.get_loop()
    if not loop.is_closed():
        loop.call_soon_threadsafe(_settle, ends)


def _settle(ends: Sequence[End]) -> None:
    for outcome, result, error in ends:
        if outcome.done():  # nobody waits any more; the work is done all the same
            continue
        if error is None:
            outcome.set_result(result)
        else:
            outcome.set_exception(error)
