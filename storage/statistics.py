"""Figures for staff and for metrics, counted from the rows as they are: no personal value, no free text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, func, select
from sqlmodel import col

from storage import tickets
from storage.reminder_tables import REMINDER_STATES, Reminder
from storage.reminders import ANNOUNCEMENT
from storage.tables import Answer, Company, Person, Report
from storage.ticket_tables import RELAY_STATES, TicketMessage

QUIET = timedelta(days=1)  # without a word: they have stopped
_TYPED = ("typed", "button", "edited", "later")  # answers that somebody gave to the question itself


@dataclass(frozen=True, slots=True)
class Stop:
    """A question key: to how many reports it was shown, and how many people have stopped at it."""

    question: str
    stopped: int
    shown: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Firms; production reports by state; where people stop, the worst first; open tickets and the oldest one's
    moment; messages of tickets and reminders by state."""

    firms: int
    reports: Mapping[str, int] = field(default_factory=dict)
    stops: tuple[Stop, ...] = ()
    tickets: int = 0
    oldest_ticket: datetime | None = None
    relays: Mapping[str, int] = field(default_factory=dict)
    reminders: Mapping[str, int] = field(default_factory=dict)


def figures(connection: Connection, now: datetime) -> Figures:
    """Everything as it stands at this moment. It looks at every answer: for Database.read."""
    waiting, oldest = tickets.counts(connection)
    states = select(col(Report.state), func.count()).where(col(Report.kind) == "produksi").group_by(col(Report.state))
    relayed = select(col(TicketMessage.state), func.count()).group_by(col(TicketMessage.state))
    reminded = select(col(Reminder.state), func.count()).where(col(Reminder.kind) != ANNOUNCEMENT)
    return Figures(
        firms=int(connection.scalar(select(func.count()).select_from(Company)) or 0),
        reports={str(state): int(count) for state, count in connection.execute(states.order_by(col(Report.state)))},
        stops=_stops(connection, now),
        tickets=waiting,
        oldest_ticket=oldest,
        relays=_counted(connection, relayed, RELAY_STATES),
        reminders=_counted(connection, reminded.group_by(col(Reminder.state)), REMINDER_STATES),
    )


def _counted(connection: Connection, statement: Select[str, int], states: tuple[str, ...]) -> dict[str, int]:
    found = {str(state): int(count) for state, count in connection.execute(statement)}
    return {state: found.get(state, 0) for state in states}


def _stops(connection: Connection, now: datetime) -> tuple[Stop, ...]:
    """A question was shown to a report that answered it, left it for later, or stands at it now: that costs no row of
    its own for each showing. What was shown, passed over by going back and never answered is not counted."""
    answered = (
        select(col(Answer.question), func.count(func.distinct(col(Answer.report_id))))
        .where(col(Answer.source).in_(_TYPED))
        .group_by(col(Answer.question))
    )
    shown = {str(question): int(count) for question, count in connection.execute(answered)}
    already = (
        select(col(Answer.question))
        .where(
            col(Answer.report_id) == col(Person.open_report_id),
            col(Answer.question) == col(Person.shown_question),
            col(Answer.source).in_(_TYPED),
        )
        .exists()
    )
    here = (
        select(col(Person.shown_question), col(Report.updated_at), col(Report.state), already)
        .join(Report, col(Report.id) == col(Person.open_report_id))
        .where(col(Person.shown_question).is_not(None), col(Person.shown_question) != "-")
    )
    stopped: dict[str, int] = {}
    for question, updated_at, state, has_answer in connection.execute(here):
        key = str(question)
        if not has_answer:
            shown[key] = shown.get(key, 0) + 1
        if state == "mengisi" and now - updated_at >= QUIET:
            stopped[key] = stopped.get(key, 0) + 1
    found = [Stop(key, count, shown[key]) for key, count in stopped.items()]
    return tuple(sorted(found, key=lambda stop: (-stop.stopped, stop.question)))
