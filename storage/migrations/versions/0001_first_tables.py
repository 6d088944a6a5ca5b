"""First tables: people, companies, reports, answers, updates seen, files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables, those that are pointed at first."""
    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_company"),
    )
    op.create_table(
        "update_seen",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_update_seen"),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("kind <> 'perusahaan' OR period IS NULL", name=op.f("ck_report_profile_has_no_period")),
        sa.CheckConstraint("kind IN ('perusahaan', 'produksi')", name=op.f("ck_report_kind")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_report_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("company_id", "kind", "period", name="uq_report_company_id_kind_period"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_report_company_id_kind_without_period",
        "report",
        ["company_id", "kind"],
        unique=True,
        sqlite_where=sa.text("period IS NULL"),
        postgresql_where=sa.text("period IS NULL"),
    )

    op.create_table(
        "item",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.CheckConstraint("length(id) = 32", name=op.f("ck_item_id")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_item_position")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_item_report_id_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
    )
    op.create_index("ix_item_report_id", "item", ["report_id"])

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("open_report_id", sa.Integer(), nullable=True),
        sa.Column("shown_question", sa.String(), nullable=True),
        sa.Column("shown_item", sa.String(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("focus", JSON, nullable=True),
        sa.Column("blocked_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("misses >= 0", name=op.f("ck_person_misses")),
        sa.ForeignKeyConstraint(
            ["open_report_id"], ["report.id"], name="fk_person_open_report_id_report", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("chat_id", name="uq_person_chat_id"),
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('pdf', 'jpeg', 'png')", name=op.f("ck_stored_file_kind")),
        sa.CheckConstraint("length(id) = 32", name=op.f("ck_stored_file_id")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_stored_file_sha256")),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_size")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_stored_file_report_id_report", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stored_file"),
    )
    op.create_index("ix_stored_file_report_id", "stored_file", ["report_id"])

    op.create_table(
        "answer",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "source IN ('typed', 'button', 'computed', 'carried', 'edited', 'later')",
            name=op.f("ck_answer_source"),
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_answer_by_person", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_answer_report_id_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "item_id", "question", name="pk_answer"),
    )
    op.create_table(
        "answer_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("old", JSON, nullable=True),
        sa.Column("new", JSON, nullable=True),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_answer_change_by_person", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_answer_change_report_id_report", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer_change"),
    )
    op.create_index("ix_answer_change_report_id", "answer_change", ["report_id"])

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_consent_person_id_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_person_id", "consent", ["person_id"])

    op.create_table(
        "membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_membership_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_membership_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "company_id", name="pk_membership"),
    )
    op.create_index("ix_membership_company_id", "membership", ["company_id"])


def downgrade() -> None:
    """Drop the tables, those that point first."""
    op.drop_table("membership")
    op.drop_table("consent")
    op.drop_table("answer_change")
    op.drop_table("answer")
    op.drop_table("stored_file")
    op.drop_table("person")
    op.drop_table("item")
    op.drop_table("report")
    op.drop_table("update_seen")
    op.drop_table("company")
