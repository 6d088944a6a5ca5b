"""The tables: who reports (people, companies), what they answered, what keeps an update from counting twice.

Rules that must hold whatever the code does are constraints here. Knows no form, no question, no Telegram.
"""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from storage.columns import Moment, json_type, one_of

REPORT_KINDS = ("perusahaan", "produksi")
ANSWER_SOURCES = ("typed", "button", "computed", "carried", "edited", "later")
FILE_KINDS = ("pdf", "jpeg", "png")
TALKS_TO = ("menulis", "petugas", "laporan")
UNANSWERED_REASONS = ("unsure", "not sent", "blocked", "refused", "held back")


class Company(SQLModel, table=True):
    """A workshop. What is known about it are the answers of its one report of kind "perusahaan".

    `revision` grows with every change to an answer or item of its reports, so that a copy in memory is known to be
    old, whoever made the change.
    """

    id: int | None = Field(default=None, primary_key=True)
    created_at: datetime = Field(sa_type=Moment)
    revision: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Report(SQLModel, table=True):
    """One form being filled for a company: the production report of a period, or the profile (no period).

    A company has one profile, which never closes, and one production report per period.
    `period`: such as "semester:2026-1". `form_version`: the form it is answered in.
    `updated_at`: when an answer was last changed, to the hour.
    """

    __table_args__ = (
        UniqueConstraint("company_id", "kind", "period"),
        # NULLs differ from one another in a UNIQUE, so "one profile a company" needs its own index.
        Index(
            "uq_report_company_id_kind_without_period",
            "company_id",
            "kind",
            unique=True,
            sqlite_where=text("period IS NULL"),
            postgresql_where=text("period IS NULL"),
        ),
        one_of("kind", *REPORT_KINDS),
        CheckConstraint("kind <> 'perusahaan' OR period IS NULL", name="profile_has_no_period"),
        {"sqlite_autoincrement": True},  # a number never comes back: buttons of a deleted report stay without effect
    )

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", ondelete="CASCADE")
    kind: str
    period: str | None = None
    form_version: str
    state: str
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)


class Person(SQLModel, table=True):
    """Someone who talks to the bot in a private chat.

    `chat_id`: the Telegram user id, which is the private chat id too. `shown_question`, `shown_item`: the
    question last shown; the next message answers this one and no other. `misses`: unreadable answers in a
    row. `focus`: what is being edited; None when the open question is simply the next one. `tries`: what was
    typed for the shown question and could not be read, for staff to see when asked; it goes with the question.
    `talks_to`: where the next text goes while a ticket exists: it becomes the ticket's question ("menulis"),
    goes to staff ("petugas") or into the report ("laporan"). None: no ticket. `interrupted`: the bot was away so
    long that a pressed button may have been lost, and the person has not been asked again since.
    """

    __table_args__ = (CheckConstraint("misses >= 0", name="misses"), one_of("talks_to", *TALKS_TO))

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(sa_type=BigInteger, unique=True)
    locale: str = "id"
    open_report_id: int | None = Field(default=None, foreign_key="report.id", ondelete="SET NULL")
    shown_question: str | None = None
    shown_item: str = ""
    misses: int = 0
    focus: Any = Field(default=None, sa_column=Column(json_type(none_is_null=True), nullable=True))
    tries: Any = Field(default=None, sa_column=Column(json_type(none_is_null=True), nullable=True))
    talks_to: str | None = None
    blocked_at: datetime | None = Field(default=None, sa_type=Moment)
    interrupted: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    created_at: datetime = Field(sa_type=Moment)


class Membership(SQLModel, table=True):
    """A person may see and fill the reports of a company; deleting the last member leaves the company."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    company_id: int = Field(primary_key=True, foreign_key="company.id", ondelete="CASCADE", index=True)
    role: str = "pemilik"


class Consent(SQLModel, table=True):
    """A person agreed to `version` of the privacy text at a moment."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    version: str
    at: datetime = Field(sa_type=Moment)


class Item(SQLModel, table=True):
    """One card of a repeat group of a report, such as one raw material. `id`: a UUID as 32 hex digits."""

    __table_args__ = (
        CheckConstraint("length(id) = 32", name="id"),
        CheckConstraint("position >= 0", name="position"),
    )

    id: str = Field(primary_key=True)
    report_id: int = Field(foreign_key="report.id", ondelete="CASCADE", index=True)
    group: str
    position: int
    removed_at: datetime | None = Field(default=None, sa_type=Moment)


class Answer(SQLModel, table=True):
    """The answer in force to one question of a report.

    `item_id`: the card it belongs to, "" for a question in no group. `value`: JSON, never a float; None is
    kept as the JSON value null. `source` "later" is "Nanti saja". `message_id`: the person's own Telegram
    message, so that editing that message edits the answer. `by` becomes None when that person deletes their
    data and the company lives on with another member.
    """

    __table_args__ = (one_of("source", *ANSWER_SOURCES),)

    report_id: int = Field(primary_key=True, foreign_key="report.id", ondelete="CASCADE")
    item_id: str = Field(default="", primary_key=True)
    question: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_column=Column(json_type(none_is_null=False), nullable=False))
    source: str
    by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime = Field(sa_type=Moment)
    message_id: int | None = Field(default=None, sa_type=BigInteger)


class AnswerChange(SQLModel, table=True):
    """Who changed which answer from what to what; None where there was or is no answer."""

    __tablename__: ClassVar[str] = "answer_change"

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", ondelete="CASCADE", index=True)
    item_id: str = ""
    question: str
    old: Any = Field(default=None, sa_column=Column(json_type(none_is_null=True), nullable=True))
    new: Any = Field(default=None, sa_column=Column(json_type(none_is_null=True), nullable=True))
    by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime = Field(sa_type=Moment)


class UpdateSeen(SQLModel, table=True):
    """A Telegram update that has been applied; inserting its id again fails, so it cannot count twice."""

    __tablename__: ClassVar[str] = "update_seen"

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    at: datetime = Field(sa_type=Moment)


class Unanswered(SQLModel, table=True):
    """An update that was applied and whose answer did not, or may not, have reached the person: the last try counts.

    `person_id`: None where they have not agreed to anything yet. `reason`: how the sending ended, as in
    bot/outgoing.py.
    """

    __table_args__ = (one_of("reason", *UNANSWERED_REASONS),)

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE", index=True)
    reason: str
    at: datetime = Field(sa_type=Moment)


class Pulse(SQLModel, table=True):
    """When Telegram and some process of the bot were last known to be in touch. One row, for all processes."""

    __table_args__ = (CheckConstraint("id = 1", name="id"),)

    id: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)


class StoredFile(SQLModel, table=True):
    """A file of a report; it lies in the files folder under `id`, never under a name of the sender.

    `id`: 32 hex digits. `kind`: what the content is. `size` in bytes. `sha256`: 64 hex digits.
    """

    __tablename__: ClassVar[str] = "stored_file"
    __table_args__ = (
        CheckConstraint("length(id) = 32", name="id"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        one_of("kind", *FILE_KINDS),
    )

    id: str = Field(primary_key=True)
    report_id: int = Field(foreign_key="report.id", ondelete="CASCADE", index=True)
    kind: str
    size: int
    sha256: str
    at: datetime = Field(sa_type=Moment)


class Receipt(SQLModel, table=True):
    """Somebody's data was deleted at a moment. `id`: a random number told to the person; nothing else is kept."""

    id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)
