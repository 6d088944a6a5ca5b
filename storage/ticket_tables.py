"""The tables of the helpdesk: questions to staff, the messages that are passed on, and where their group is. Knows no
Telegram call and no sentence."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import Moment, one_of

TICKET_STATES = ("draft", "open", "taken", "closed")
RELAY_STATES = ("new", "sending", "sent", "unsure", "failed")
RELAY_KINDS = ("opening", "text", "copy")


class Ticket(SQLModel, table=True):
    """A question to staff, and its place in their group. A person has at most one that is not closed.

    `id`: the number that people name; it never comes back. `words`: the question while it is a draft, masked.
    `chat_id`: the group it stands in, None before. `thread_id`: its topic there, None in a group without topics.
    `taken_by`: the Telegram id of the staff member who said so, `taken_name` the first name.
    """

    __table_args__ = (
        one_of("state", *TICKET_STATES),
        UniqueConstraint("chat_id", "thread_id"),
        Index(
            "uq_ticket_person_id_not_closed",
            "person_id",
            unique=True,
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    report_id: int | None = Field(default=None, foreign_key="report.id", ondelete="SET NULL")
    state: str
    title: str
    words: str = ""
    chat_id: int | None = Field(default=None, sa_type=BigInteger)
    thread_id: int | None = Field(default=None, sa_type=BigInteger)
    taken_by: int | None = Field(default=None, sa_type=BigInteger)
    taken_name: str = ""
    opened_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


class TicketMessage(SQLModel, table=True):
    """One message to be relayed, once: to staff or (`to_staff` false) to the owner.

    `source_id`: the author's own message, 0 for the opening, which the bot writes. `version`: 0, and one more for
    each edit of that message. `target_id`: the copy on the other side. `text`: kept until it is relayed; that of
    the opening until the ticket is closed. `at`: when it came, then when its state was last changed.
    """

    __tablename__: ClassVar[str] = "ticket_message"
    __table_args__ = (
        UniqueConstraint("ticket_id", "to_staff", "source_id", "version"),
        Index("ix_ticket_message_ticket_id_target_id", "ticket_id", "target_id"),
        one_of("state", *RELAY_STATES),
        one_of("kind", *RELAY_KINDS),
    )

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", ondelete="CASCADE")
    to_staff: bool
    source_id: int = Field(sa_type=BigInteger)
    version: int = 0
    kind: str
    author: str = ""
    text: str = ""
    state: str = "new"
    target_id: int | None = Field(default=None, sa_type=BigInteger)
    at: datetime = Field(sa_type=Moment)


class GroupMoved(SQLModel, table=True):
    """The staff group `old_id` became a supergroup and has the number `new_id` from then on."""

    __tablename__: ClassVar[str] = "group_moved"

    old_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    new_id: int = Field(sa_type=BigInteger)
