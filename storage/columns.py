"""Column types and constraint names shared by all tables: what a moment and a JSON value are in a database.

Knows SQLite and PostgreSQL; knows no table.
"""

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

# Alembic drops and renames constraints by name, so each one needs a name that both databases agree on.
NAMING_CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING_CONVENTION  # here, for every file of tables begins with this one


_READY: dict[str, Any] = {}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: an aware `datetime` in, an aware `datetime` in UTC out, on both databases.

    PostgreSQL keeps it as `timestamptz`, SQLite as the text of the UTC time, which sorts as the time does.
    Raises ValueError for a naive datetime: whose clock it is cannot be told later.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """The moment of a turn goes into several rows: it is made ready for the driver once."""
        process: Any = super().bind_processor(dialect)
        return _READY.setdefault(dialect.name, lru_cache(maxsize=1)(process))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Turn any aware time into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored time needs a time zone: pass datetime.now(UTC), not a naive datetime.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Put the zone back that SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def json_type(*, none_is_null: bool) -> TypeEngine[Any]:
    """JSON, JSONB on PostgreSQL. `none_is_null`: Python's None is SQL NULL, otherwise the JSON value null."""
    return JSON(none_as_null=none_is_null).with_variant(JSONB(none_as_null=none_is_null), "postgresql")


_DECODER = json.JSONDecoder()


def read_json(kept: str | int) -> object:
    """One JSON value as SQLite keeps it: our own text, without spaces around it, or (for its JSON columns turn digits
    into numbers) a whole number. A third of what `json.loads` costs."""
    return kept if isinstance(kept, int) else _DECODER.raw_decode(kept)[0]


def write_json(value: object) -> str:
    """One JSON value as text; what orjson refuses (a whole number beyond 64 bits, half a character) as `json` writes
    it."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value)


def one_of(column: str, *allowed: str) -> CheckConstraint:
    """Let the database itself refuse any word but the `allowed` ones in `column`."""
    words = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f"{column} IN ({words})", name=column)
