"""What staff say to everybody: drafted, counted, confirmed, queued a batch at a time, stopped. One row of the queue for
each person, so that nobody hears it twice. Plain functions of one connection."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, insert, literal, select, update
from sqlmodel import col

from conversations.regions import ZONES
from conversations.reminders import DEFAULT_ZONE
from storage.reminder_tables import Announcement, Reminder, ReminderPlan
from storage.reminders import ANNOUNCEMENT, BATCH, CLOSED, into_queue
from storage.tables import Membership, Person, Report

EVERYBODY, NOT_SENT = "semua", "belum_terkirim"
_LASTS = timedelta(days=3)  # a longer wave brings old news
_URGENCY = 2  # of a queue ordered by days left: the last days of a window come first


def draft(connection: Connection, text: str, by: int, now: datetime) -> int:
    """Keep the text of a staff member; nobody gets it yet. Gives its number."""
    result = connection.execute(insert(Announcement).values(text=text, by=by, at=now, audience=EVERYBODY,
                                                            state="draft", reached=0))  # fmt: skip
    number: int = (result.inserted_primary_key or (0,))[0]
    return number


def count(connection: Connection, audience: str) -> int:
    """How many people would get it."""
    people = select(func.count()).select_from(Person).where(_belongs(audience))
    return connection.execute(people).scalar_one()


def text_of(connection: Connection, number: int) -> str | None:
    """What it says; None where there is none of this number."""
    return connection.execute(select(col(Announcement.text)).where(col(Announcement.id) == number)).scalar()


def state_of(connection: Connection, number: int) -> str | None:
    """One of ANNOUNCEMENT_STATES; None where there is none of this number."""
    return connection.execute(select(col(Announcement.state)).where(col(Announcement.id) == number)).scalar()


def confirm(connection: Connection, number: int, audience: str, now: datetime) -> bool:
    """Let it go out; False where it went or was cancelled before."""
    return _moved(connection, number, ("draft",), audience=audience, state="sending", at=now)


def cancel(connection: Connection, number: int) -> bool:
    """Stop it: who has not got it will not. False where it was stopped before."""
    waiting = (col(Reminder.kind) == ANNOUNCEMENT, col(Reminder.about) == str(number), col(Reminder.state) == "new")
    stopped = _moved(connection, number, ("draft", "sending", "queued"), state="cancelled")
    connection.execute(update(Reminder).where(*waiting).values(state="dead"))
    return stopped


def _moved(connection: Connection, number: int, states: tuple[str, ...], **values: object) -> bool:
    this = (col(Announcement.id) == number, col(Announcement.state).in_(states))
    return connection.execute(update(Announcement).where(*this).values(values)).rowcount == 1


def progress(connection: Connection, number: int) -> dict[str, int]:
    """How many rows of the queue are in each state."""
    rows = select(col(Reminder.state), func.count()).where(
        col(Reminder.kind) == ANNOUNCEMENT, col(Reminder.about) == str(number)
    )
    return {row[0]: row[1] for row in connection.execute(rows.group_by(col(Reminder.state)))}


def fill(connection: Connection, now: datetime) -> int | None:
    """Queue one announcement for the next BATCH people. Gives how many; None where nothing is left to queue."""
    columns = (Announcement.id, Announcement.audience, Announcement.reached, Announcement.at)
    waiting = select(*map(col, columns)).where(col(Announcement.state) == "sending").limit(1).with_for_update()
    row = connection.execute(waiting).first()
    if row is None:
        return None
    number, audience, reached, at = tuple[Any, ...](row)
    batch = select(col(Person.id)).where(col(Person.id) > reached).order_by(col(Person.id)).limit(BATCH).subquery()
    last = connection.execute(select(func.max(batch.c.id))).scalar()
    this = update(Announcement).where(col(Announcement.id) == number)
    if last is None:
        connection.execute(this.values(state="queued"))
        return 0
    fields = {
        "about": str(number),
        "kind": ANNOUNCEMENT,
        "day": at.astimezone(ZONES[DEFAULT_ZONE]).date(),
        "urgency": _URGENCY,
        "until": at + _LASTS,
        "state": "new",
        "held_until": now,
    }
    constants = [literal(value, getattr(Reminder, name).type).label(name) for name, value in fields.items()]
    people = (
        select(col(Person.id), col(ReminderPlan.zone), *constants)
        .join(ReminderPlan, col(ReminderPlan.person_id) == col(Person.id))
        .where(col(Person.id).between(reached + 1, last), _belongs(audience))
    )
    queued = into_queue(connection, ["person_id", "zone", *fields], people)
    connection.execute(this.values(reached=last))
    return queued


def _belongs(audience: str) -> ColumnElement[bool]:
    """Whether a Person is to get it: has not blocked the bot, and has a report that is open where that is asked."""
    lets_in = col(Person.blocked_at).is_(None)
    if audience == EVERYBODY:
        return lets_in
    open_report = (
        exists()
        .where(col(Membership.person_id) == col(Person.id), col(Report.company_id) == col(Membership.company_id))
        .where(col(Report.kind) == "produksi", col(Report.state).not_in(CLOSED))
    )
    return lets_in & open_report
