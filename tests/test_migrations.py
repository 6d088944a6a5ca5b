"""The tables that migrations make are the tables the code knows, on both databases, there and back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, Engine, String, insert, inspect, select, text
from sqlmodel import SQLModel, col

from storage.database import Database, connect
from storage.schema import downgrade, migrating, upgrade
from storage.tables import Company, Membership, Report
from storage.trouble import NewerDatabaseError

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine
    engine.dispose()


def rules(connection: Connection) -> dict[str, list[str]]:
    """Constraints and indexes by table, as the database itself states them."""
    inspector = inspect(connection)

    def stated(rule: Any) -> str:
        options = rule.pop("dialect_options", {})
        return ", ".join(f"{key}: {value}" for key, value in sorted((rule | options).items()))

    return {
        table: sorted(
            stated(rule)
            for kind in ("check_constraints", "unique_constraints", "indexes", "foreign_keys")
            for rule in getattr(inspector, f"get_{kind}")(table)
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_schema_from_migrations_is_schema_from_tables(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
        migrated = rules(connection)
        SQLModel.metadata.drop_all(connection)
        SQLModel.metadata.create_all(connection)
        assert rules(connection) == migrated


def test_migrations_go_back_to_an_empty_database_and_forward_again(engine: Engine) -> None:
    upgrade(engine)
    downgrade(engine, "base")
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    upgrade(engine)
    with engine.begin() as connection:
        assert "answer" in inspect(connection).get_table_names()


async def test_a_database_of_a_newer_version_refuses_to_start_and_says_what_to_do(database_url: str) -> None:
    async with Database(database_url) as database:
        await database.run(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    older = Database(database_url)
    with pytest.raises(NewerDatabaseError, match="Start that newer version, or put back the copy"):
        await older.start()
    await older.close()


async def test_starting_again_keeps_what_was_stored(database_url: str) -> None:
    async with Database(database_url) as database:
        await database.run(lambda c: c.execute(insert(Company).values(created_at=NOW)))
    async with Database(database_url) as database:
        assert await database.run(lambda c: c.execute(select(col(Company.created_at))).scalars().all()) == [NOW]


def test_a_start_with_nothing_to_migrate_waits_for_nobody(engine: Engine) -> None:
    upgrade(engine)
    other = connect(engine.url.render_as_string(hide_password=False))
    with migrating(other):
        upgrade(engine)
    other.dispose()


def test_making_an_sqlite_table_anew_keeps_the_rows_that_point_at_it(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(insert(Company).values(id=1, created_at=NOW))
        profile = insert(Report).values(company_id=1, kind="perusahaan", form_version="1", state="mengisi")
        connection.execute(profile.values(created_at=NOW, updated_at=NOW))
    with migrating(engine) as (connection, _):
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("company", recreate="always") as table:
            table.add_column(Column("city", String, nullable=True))
    with engine.begin() as connection:
        assert connection.execute(select(col(Report.kind))).scalars().all() == ["perusahaan"]
    engine.dispose()


def test_a_migration_that_leaves_rows_pointing_nowhere_is_taken_back(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    upgrade(engine)
    with (
        pytest.raises(RuntimeError, match="that point nowhere"),
        migrating(engine) as (c, _),
    ):
        c.execute(insert(Membership).values(person_id=1, company_id=1, role="pemilik"))
    with engine.begin() as connection:
        assert connection.execute(select(Membership)).all() == []
    engine.dispose()
