"""reminders: how each person wants to be reminded, what was queued, announcements of staff."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("audience IN ('semua', 'belum_terkirim')", name=op.f("ck_announcement_audience")),
        sa.CheckConstraint(
            "state IN ('draft', 'sending', 'queued', 'cancelled')", name=op.f("ck_announcement_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('new', 'sending', 'sent', 'unsure', 'dead')", name=op.f("ck_reminder_state")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("person_id", "about", "kind", "day", name=op.f("uq_reminder_person_id_about_kind_day")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reminder_announcement",
            ["about", "state"],
            unique=False,
            sqlite_where=sa.text("kind = 'pengumuman'"),
            postgresql_where=sa.text("kind = 'pengumuman'"),
        )
        batch_op.create_index(
            "ix_reminder_new",
            ["zone", "urgency", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'new'"),
            postgresql_where=sa.text("state = 'new'"),
        )
        batch_op.create_index(
            "ix_reminder_sending",
            ["held_until"],
            unique=False,
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )

    op.create_table(
        "reminder_plan",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.Column("tomorrow", sa.String(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("zone IN ('WIB', 'WITA', 'WIT')", name=op.f("ck_reminder_plan_zone")),
        sa.CheckConstraint("minute BETWEEN 480 AND 1200", name=op.f("ck_reminder_plan_minute")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_plan_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reminder_plan")),
    )
    with op.batch_alter_table("reminder_plan", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reminder_plan_due",
            ["due", "person_id"],
            unique=False,
            sqlite_where=sa.text("due IS NOT NULL"),
            postgresql_where=sa.text("due IS NOT NULL"),
        )

    _plans_of_those_who_are_here()


def _plans_of_those_who_are_here() -> None:
    """Everybody is reminded, at nine, by the clock of the firm's place; the first reminder is looked for from now."""
    now = sa.bindparam("now", datetime.now(UTC), sa.DateTime(timezone=True))
    op.execute(
        sa.text(
            "INSERT INTO reminder_plan (person_id, zone, minute, kinds, tomorrow, due) "
            "SELECT id, 'WIB', 540, 'buka 14 7 3 1 terakhir terlambat', '', :now FROM person"
        ).bindparams(now)
    )
    for zone in ("WITA", "WIT"):
        op.execute(
            f"UPDATE reminder_plan SET zone = '{zone}' WHERE person_id IN (SELECT membership.person_id FROM membership "  # noqa: S608 - our own words
            "JOIN report ON report.company_id = membership.company_id JOIN answer ON answer.report_id = report.id "
            f"WHERE answer.question = 'perusahaan.zona_waktu' AND CAST(answer.value AS TEXT) = '\"{zone}\"')"
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("reminder_plan", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reminder_plan_due",
            sqlite_where=sa.text("due IS NOT NULL"),
            postgresql_where=sa.text("due IS NOT NULL"),
        )

    op.drop_table("reminder_plan")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reminder_sending",
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )
        batch_op.drop_index(
            "ix_reminder_new", sqlite_where=sa.text("state = 'new'"), postgresql_where=sa.text("state = 'new'")
        )
        batch_op.drop_index(
            "ix_reminder_announcement",
            sqlite_where=sa.text("kind = 'pengumuman'"),
            postgresql_where=sa.text("kind = 'pengumuman'"),
        )

    op.drop_table("reminder")
    op.drop_table("announcement")
