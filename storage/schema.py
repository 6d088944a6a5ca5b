"""Brings a database to the tables this program knows, by the migrations beside it.

`python -m storage.schema "what changes"` writes the next migration from what tables.py says. Knows no data.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from functools import cache
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from storage import sqlite
from storage.trouble import NewerDatabaseError, clear_trouble


def upgrade(engine: Engine) -> None:
    """Run the missing migrations in one transaction: all of them or none. Two processes at once are safe.

    Raises NewerDatabaseError when the database knows a migration this program does not, and
    DatabaseUnavailableError when it cannot be reached or stays locked.
    """
    found, heads = _standing(engine)
    if found is Standing.NEWER:
        raise NewerDatabaseError(
            f"The database is at migration {', '.join(heads)}, written by a newer TemanLapor. "
            "Start that newer version, or put back the copy of the database made before the upgrade."
        )
    if found is not Standing.CURRENT:  # migrating ends with a look at every row, which a start need not wait for
        with clear_trouble(), migrating(engine) as (_, config):
            command.upgrade(config, "head")  # looks again: another process may have been faster


class Standing(Enum):
    """How a database compares with the tables this program knows."""

    EMPTY, BEHIND, CURRENT, NEWER = "empty", "behind", "current", "newer"


def standing(engine: Engine) -> Standing:
    """Look, and change nothing. Raises DatabaseUnavailableError when it cannot be reached or stays locked."""
    return _standing(engine)[0]


def _standing(engine: Engine) -> tuple[Standing, tuple[str, ...]]:
    """The same, with the migrations that the database is at."""
    with clear_trouble(), engine.connect().execution_options(**{sqlite.READS: True}) as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
    newest, known = _known()
    if not heads:
        return Standing.EMPTY, heads
    if heads == newest:
        return Standing.CURRENT, heads
    return (Standing.BEHIND if known.issuperset(heads) else Standing.NEWER), heads


@cache
def _known() -> tuple[tuple[str, ...], frozenset[str]]:
    """The newest migrations of this program, and all of them; to read them takes longer than to ask a database."""
    script = ScriptDirectory.from_config(_config())
    return tuple(script.get_heads()), frozenset(revision.revision for revision in script.walk_revisions())


def downgrade(engine: Engine, revision: str) -> None:
    """Undo the migrations after `revision` ("base": all of them, which drops every table and its data)."""
    with clear_trouble(), migrating(engine) as (_, config):
        command.downgrade(config, revision)


def propose(message: str) -> None:
    """Write versions/NNNN_<message>.py with what tables.py has and the migrations lack; to be read."""
    with TemporaryDirectory() as folder:
        engine = sqlite.connect(f"sqlite:///{folder}/empty.db")
        upgrade(engine)
        with migrating(engine) as (_, config):
            command.revision(config, message, autogenerate=True, rev_id=f"{len(_known()[1]) + 1:04}")
        engine.dispose()


@contextmanager
def migrating(engine: Engine) -> Iterator[tuple[Connection, Config]]:
    """An open transaction in which tables may be made anew, and alembic's settings for it."""
    with engine.connect() as connection, _turn(connection):
        yield connection, _config(connection=connection)


def _config(**attributes: object) -> Config:
    config = Config(attributes=attributes)
    config.set_main_option("script_location", "storage:migrations")
    return config


@contextmanager
def _turn(connection: Connection) -> Iterator[None]:
    """A transaction that keeps other migrating processes out."""
    if connection.dialect.name == "postgresql":
        with connection.begin():
            # The two-number form shares no key with the locks of the chats.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(1, 1)")
            yield
        return
    # Alembic changes a SQLite table by making it anew, and dropping the old one would delete by cascade every
    # row that points at it. The switch works only outside a transaction; the check below stands in for it.
    switch = connection.connection.cursor().execute
    switch("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                tables = sorted({row[0] for row in broken})
                raise RuntimeError(f"The migration left rows in {tables} that point nowhere: correct it.")
    finally:
        switch("PRAGMA foreign_keys=ON")


if __name__ == "__main__":
    propose(sys.argv[1])
