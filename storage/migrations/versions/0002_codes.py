"""The official lists of codes: KBLI and HS, by edition."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the lists and their lines."""
    op.create_table(
        "code_list",
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.CheckConstraint("scheme IN ('kbli', 'hs')", name=op.f("ck_code_list_scheme")),
        sa.CheckConstraint("length(edition) = 4", name=op.f("ck_code_list_edition")),
        sa.CheckConstraint("length(revision) = 32", name=op.f("ck_code_list_revision")),
        sa.PrimaryKeyConstraint("scheme", "edition", name="pk_code_list"),
    )
    op.create_table(
        "code",
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_code_title")),
        sa.ForeignKeyConstraint(
            ["scheme", "edition"],
            ["code_list.scheme", "code_list.edition"],
            name="fk_code_scheme_edition_code_list",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scheme", "edition", "code", name="pk_code"),
    )


def downgrade() -> None:
    """Drop the lines, then the lists."""
    op.drop_table("code")
    op.drop_table("code_list")
