"""The queue of what is said unasked: filled a batch at a time, held by one process, said at most once. Each function
is one short transaction's work on either database; which day is due is conversations/reminders.py's to say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    SQLColumnExpression,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from conversations.periods import Scheme
from conversations.reminders import Due, Settings, first_due
from storage.reminder_tables import Reminder, ReminderPlan
from storage.tables import Membership, Person, Report

ANNOUNCEMENT = "pengumuman"
CLOSED = ("terkirim", "terverifikasi", "tidak_berproduksi")  # states of a report that nobody is reminded of
BATCH = 5_000  # people in one statement, about 50 ms: owners who answer meanwhile do not wait longer
HOLD = timedelta(minutes=2)  # longer than one try of sending takes
_INSTANT = timedelta(microseconds=1)
_TRY_ALONE = text("SELECT pg_try_advisory_xact_lock(0)")  # as the number of a chat, which no chat has
_ROWS = {"preserve_rowcount": True}


@dataclass(frozen=True, slots=True)
class Held:
    """A reminder that this process is about to send, and to whom."""

    id: int
    chat_id: int
    person_id: int
    about: str
    kind: str


def fills_alone(connection: Connection) -> bool:
    """Whether no other process fills the queue until this transaction ends; never waits for one that does. Who writes to
    an SQLite file is alone anyway."""
    return connection.dialect.name != "postgresql" or bool(connection.execute(_TRY_ALONE).scalar())


def fill(connection: Connection, scheme: Scheme, now: datetime) -> int | None:
    """Queue what is due for up to BATCH people of like settings, and note when each is next. Gives how many were
    queued; None: nobody was due. Doing it twice queues nothing twice."""
    plan = ReminderPlan
    columns = [col(c) for c in (plan.due, plan.zone, plan.minute, plan.kinds, plan.tomorrow)]
    first = connection.execute(select(*columns).where(columns[0] <= now).order_by(columns[0]).limit(1)).first()
    if first is None:
        return None
    since, *chosen = tuple[Any, ...](first)
    settings = Settings(*chosen)
    alike = and_(*(column == value for column, value in zip(columns, first, strict=True)))
    batch = select(col(plan.person_id)).where(alike).order_by(col(plan.person_id)).limit(BATCH).subquery()
    last = connection.execute(select(func.max(batch.c.person_id))).scalar_one()
    these = and_(alike, col(plan.person_id) <= last)
    queued, due = 0, first_due(scheme, settings, since)
    values: dict[str, object] = {"due": due.moment if due else None}
    if due and due.moment <= now:
        if now < due.until:
            queued = _queue(connection, scheme, due, settings.zone, these, now)
        after = first_due(scheme, settings, due.moment + _INSTANT)
        kept = settings.tomorrow if settings.tomorrow[:10] > due.day.isoformat() else ""
        values = {"due": after.moment if after else None, "tomorrow": kept}
    connection.execute(update(plan).where(these).values(values))
    return queued


def _queue(
    connection: Connection, scheme: Scheme, due: Due, zone: str, these: ColumnElement[bool], now: datetime
) -> int:
    """A row for each of these people whose report is open and who lets the bot in."""
    person = col(ReminderPlan.person_id)
    row = {
        "about": f"{scheme.name}:{due.period.key}",
        "kind": due.kind,
        "day": due.day,
        "zone": zone,
        "urgency": due.urgency,
        "until": due.until,
        "state": "new",
        "held_until": now,
    }
    constants = [literal(value, getattr(Reminder, name).type).label(name) for name, value in row.items()]
    reached = (
        select(person, *constants)
        .join(Person, col(Person.id) == person)
        .where(these, col(Person.blocked_at).is_(None), ~_closed(person, literal(row["about"])))
    )
    return into_queue(connection, ["person_id", *row], reached)


def into_queue(connection: Connection, columns: list[str], rows: Select[*tuple[Any, ...]]) -> int:
    """Queue what the SELECT gives, passing over what is in the queue already. Gives how many rows are new."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(Reminder).from_select(columns, rows).on_conflict_do_nothing()
    return connection.execute(statement, execution_options=_ROWS).rowcount


def _closed(person: SQLColumnExpression[int], about: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Whether the person's firm has nothing left to do for this period."""
    return (
        exists()
        .where(col(Membership.person_id) == person, col(Report.company_id) == col(Membership.company_id))
        .where(col(Report.kind) == "produksi", col(Report.period) == about, col(Report.state).in_(CLOSED))
    )


def hold(connection: Connection, zones: tuple[str, ...], now: datetime, most: int) -> list[Held]:
    """Take the most urgent that wait in one of the zones, so that no other process tries them for HOLD."""
    waiting = and_(col(Reminder.state) == "new", col(Reminder.held_until) <= now)
    found: list[tuple[int, int, str]] = []
    for place, zone in enumerate(zones):
        urgency = (
            select(col(Reminder.urgency)).where(waiting, col(Reminder.zone) == zone).order_by(col(Reminder.urgency))
        )
        first = connection.execute(urgency.limit(1)).scalar()
        if first is not None:
            found.append((first, place, zone))
    if not found:
        return []
    ids = (
        select(col(Reminder.id))
        .where(waiting, col(Reminder.zone) == min(found)[2])
        .order_by(col(Reminder.urgency), col(Reminder.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = connection.execute(ids).scalars().all()
    mine = col(Reminder.id).in_(taken)
    connection.execute(update(Reminder).where(mine).values(held_until=now + HOLD))
    columns = (Reminder.id, Person.chat_id, Reminder.person_id, Reminder.about, Reminder.kind)
    rows = select(*map(col, columns)).join(Person, col(Person.id) == col(Reminder.person_id)).where(mine)
    ordered = rows.order_by(col(Reminder.urgency), col(Reminder.id))
    return [Held(*tuple[Any, ...](row)) for row in connection.execute(ordered)]


def start(connection: Connection, held: Held, zones: tuple[str, ...], now: datetime) -> bool:
    """Whether it is to be sent right now: nobody has, the report is still open, the person still wants it, and it is
    day there. From here on it counts as tried; what has lost its reason is put aside."""
    person = col(Reminder.person_id)
    reached = exists().where(col(Person.id) == person, col(Person.blocked_at).is_(None))
    wanted = exists().where(col(ReminderPlan.person_id) == person, col(ReminderPlan.due).is_not(None))
    reason = or_(col(Reminder.kind) == ANNOUNCEMENT, and_(wanted, ~_closed(person, col(Reminder.about))))
    state = case((and_(col(Reminder.until) > now, reached, reason), "sending"), else_="dead")
    statement = (
        update(Reminder)
        .where(col(Reminder.id) == held.id, col(Reminder.state) == "new", col(Reminder.zone).in_(zones))
        .values(state=state, held_until=now + HOLD)
        .returning(col(Reminder.state))
    )
    return connection.execute(statement).scalar() == "sending"


def end(connection: Connection, held: Held, state: str) -> None:
    """What became of it: sent, unsure or dead."""
    connection.execute(update(Reminder).where(col(Reminder.id) == held.id).values(state=state))


def give_back(connection: Connection, held: Held, now: datetime) -> None:
    """Telegram certainly did not take it: it waits again, held by us a little longer."""
    mine = and_(col(Reminder.id) == held.id, col(Reminder.state) == "sending")
    connection.execute(update(Reminder).where(mine).values(state="new", held_until=now + HOLD))


def give_up(connection: Connection, now: datetime) -> int:
    """Call unsure what some process began to send and never told the end of: it is not sent again. Gives how many."""
    lost = and_(col(Reminder.state) == "sending", col(Reminder.held_until) <= now)
    statement = update(Reminder).where(lost).values(state="unsure")
    return connection.execute(statement, execution_options=_ROWS).rowcount


def report_about(connection: Connection, person_id: int, about: str) -> tuple[int | None, str]:
    """The firm's report of this period and its state, else the one that waits for its period; None: not begun."""
    columns = (col(Report.id), col(Report.state))
    mine = (
        select(*columns)
        .join(Membership, col(Membership.company_id) == col(Report.company_id))
        .where(col(Membership.person_id) == person_id, col(Report.kind) == "produksi")
        .where(or_(col(Report.period) == about, col(Report.period).is_(None)))
        .order_by(col(Report.period).is_(None))
    )
    row = connection.execute(mine.limit(1)).first()
    return (row[0], row[1]) if row else (None, "")
