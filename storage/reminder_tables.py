"""The tables behind what the bot says of its own accord: how each person wants to be reminded, the reminders that
were queued, the announcements of staff. Knows no calendar and no text."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import Moment, one_of

ZONES = ("WIB", "WITA", "WIT")
REMINDER_STATES = ("new", "sending", "sent", "unsure", "dead")
AUDIENCES = ("semua", "belum_terkirim")
ANNOUNCEMENT_STATES = ("draft", "sending", "queued", "cancelled")


class ReminderPlan(SQLModel, table=True):
    """How one person wants to be reminded (conversations/reminders.py, Settings), and when to look at it next.

    `due`: the moment of the next reminder or any earlier one, from which it is looked for; None: switched off.
    """

    __tablename__: ClassVar[str] = "reminder_plan"
    __table_args__ = (
        one_of("zone", *ZONES),
        CheckConstraint("minute BETWEEN 480 AND 1200", name="minute"),
        Index(
            "ix_reminder_plan_due",
            "due",
            "person_id",
            sqlite_where=text("due IS NOT NULL"),
            postgresql_where=text("due IS NOT NULL"),
        ),
    )

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    zone: str
    minute: int
    kinds: str
    tomorrow: str = ""
    due: datetime | None = Field(default=None, sa_type=Moment)


class Reminder(SQLModel, table=True):
    """Something to be said to one person at most once: a reminder, or (kind "pengumuman") an announcement.

    `about`: the period as in Report, such as "semester:2026-1", or the number of the announcement. With the person,
    who belongs to one firm, it stands for the report. `urgency`: the smallest goes first. `until`: too late after it.
    `held_until`: new: some process is about to send it until then; sending: after it nobody knows what became of it.
    """

    __table_args__ = (
        UniqueConstraint("person_id", "about", "kind", "day"),
        one_of("state", *REMINDER_STATES),
        Index(
            "ix_reminder_new",
            "zone",
            "urgency",
            "id",
            sqlite_where=text("state = 'new'"),
            postgresql_where=text("state = 'new'"),
        ),
        Index(
            "ix_reminder_sending",
            "held_until",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index(
            "ix_reminder_announcement",
            "about",
            "state",
            sqlite_where=text("kind = 'pengumuman'"),
            postgresql_where=text("kind = 'pengumuman'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    about: str
    kind: str
    day: date
    zone: str
    urgency: int
    until: datetime = Field(sa_type=Moment)
    state: str = "new"
    held_until: datetime = Field(sa_type=Moment)


class Announcement(SQLModel, table=True):
    """A text of staff for everybody, or for those whose report is open. `by`: the staff member's user id.

    `reached`: the last person, by row id, for whom a Reminder was queued.
    """

    __table_args__ = (one_of("audience", *AUDIENCES), one_of("state", *ANNOUNCEMENT_STATES))

    id: int | None = Field(default=None, primary_key=True)
    text: str
    audience: str = "semua"
    state: str = "draft"
    by: int = Field(sa_type=BigInteger)
    reached: int = 0
    at: datetime = Field(sa_type=Moment)
