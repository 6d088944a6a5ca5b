"""The exceptions of the storage room. Their texts say what to do and hold no address and no stored value."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

_SQLITE_TROUBLE = {
    sqlite3.SQLITE_BUSY: "another program holds the database file; stop that program if it does not let go",
    sqlite3.SQLITE_LOCKED: "another program holds the database file; stop that program if it does not let go",
    sqlite3.SQLITE_FULL: "the disk is full; make room",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written; check the disk",
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened; check the folder and its permissions",
    sqlite3.SQLITE_READONLY: "the database file cannot be written; check its permissions",
}
_SERVER_TROUBLE = "the database server did not answer, or two transactions met; see the server's log"


class DatabaseUnavailableError(Exception):
    """The database could not take the work now; the same work may be tried again.

    Raised for a lock that lasts too long, a full or unreadable disk, a dropped connection, two transactions
    in each other's way. When a connection drops during the commit, the work may be stored all the same: what
    must happen only once carries its own unique key (`UpdateSeen`).
    """


class NewerDatabaseError(Exception):
    """The database was written by a newer version of the program, which this one must not touch."""


@contextmanager
def clear_trouble() -> Iterator[None]:
    """Turn a driver's word on locks, disks and servers into DatabaseUnavailableError; pass on the rest."""
    try:
        yield
    except DBAPIError as error:
        if (told := told_clearly(error)) is error:
            raise
        raise told from error


def told_clearly(error: BaseException) -> BaseException:
    """DatabaseUnavailableError for a driver's word on locks, disks and servers; any other error as it is."""
    reason = _reason(error) if isinstance(error, DBAPIError) else None
    if reason is None:
        return error
    told = DatabaseUnavailableError(f"The work was not acknowledged: {reason}.")
    told.__cause__ = error
    return told


def _reason(error: DBAPIError) -> str | None:
    if isinstance(error.orig, sqlite3.Error):
        # An extended code, such as SQLITE_IOERR_FSYNC, carries its family in the low byte.
        return _SQLITE_TROUBLE.get(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)
    # psycopg files locks, deadlocks, serialization, resources and lost servers under these two classes,
    # and our own mistakes (constraints, syntax, values) under others.
    return _SERVER_TROUBLE if isinstance(error, OperationalError | InterfaceError) else None
