"""Where alembic begins; storage/schema.py hands it an open transaction.

Generated migrations name plain SQL types, so that an old one does not change when our own types do.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON
from sqlmodel import AutoString

from storage import code_tables, reminder_tables, ticket_tables  # noqa: F401 - their tables belong to the metadata too
from storage.columns import Moment
from storage.tables import Report


def plain_type(kind: str, thing: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our types as what they are in SQL; False leaves the rest to alembic."""
    if kind != "type":
        return False
    match thing:
        case Moment():
            return "sa.DateTime(timezone=True)"
        case AutoString():
            return "sa.String()"
        case JSON():
            autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
            return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Report.metadata,
    render_as_batch=True,
    render_item=plain_type,
)
context.run_migrations()
