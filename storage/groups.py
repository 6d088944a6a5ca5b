"""Group commit: works of several chats in one transaction, a savepoint each, told all at once after the commit. Knows no
database by name."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from storage.trouble import told_clearly


class Entry(NamedTuple):
    """Work, who waits for its end, and whose turn it is."""

    work: Callable[[Connection], Any]
    outcome: "asyncio.Future[Any]"
    chat: int | None = None


class End(NamedTuple):
    """How a work ended: its result, or its error."""

    outcome: "asyncio.Future[Any]"
    result: Any = None
    error: BaseException | None = None


def attempted(connection: Connection, group: Sequence[Entry], renewed: Sequence[str]) -> list[End]:
    """Run the works one after the other; one that fails leaves no trace and takes no other along. `renewed`: the
    statements that keep what was done and begin the savepoint `work` anew. Raises a work's error where the database
    took the whole transaction back because of it."""
    # The driver's own words: SQLAlchemy's begin_nested costs as much as five statements.
    mark = connection.connection.cursor().execute
    mark("SAVEPOINT work")
    return [_attempt(connection, mark, entry, renewed) for entry in group]


def _attempt(connection: Connection, mark: Callable[[str], object], entry: Entry, renewed: Sequence[str]) -> End:
    try:
        result = entry.work(connection)
    except BaseException as failed:
        error = told_clearly(failed)
        try:
            mark("ROLLBACK TO SAVEPOINT work")
        except Exception:  # a full disk or a lost server left no savepoint to go back to
            raise error from None
        return End(entry.outcome, error=error)
    for statement in renewed:
        mark(statement)
    return End(entry.outcome, result)


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
