"""How each person wants to be reminded: rows to Settings and back. Every change looks for the next reminder from that
moment on, so that nobody is reminded of what was due before. Plain functions of one connection."""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from conversations.answers import Place
from conversations.draft import Draft
from conversations.reminders import Settings
from storage.reminder_tables import ZONES, ReminderPlan
from storage.reports import Desk
from storage.tables import Membership

ZONE = Place("perusahaan.zona_waktu")


def begin(connection: Connection, person_id: int, now: datetime) -> None:
    """Remind somebody who has just agreed: on is where everybody starts."""
    connection.execute(insert(ReminderPlan).values(person_id=person_id, due=now, **asdict(Settings())))


def read(connection: Connection, person_id: int) -> tuple[Settings, bool]:
    """The settings, and whether reminders are on."""
    columns = (ReminderPlan.zone, ReminderPlan.minute, ReminderPlan.kinds, ReminderPlan.tomorrow, ReminderPlan.due)
    row = connection.execute(select(*map(col, columns)).where(col(ReminderPlan.person_id) == person_id)).one()
    zone, minute, kinds, tomorrow, due = tuple(row)
    return Settings(zone, minute, kinds, tomorrow), due is not None


def write(connection: Connection, person_id: int, settings: Settings, now: datetime, *, on: bool = True) -> None:
    """Remind like this from now on, or not at all."""
    values = {**asdict(settings), "due": now if on else None}
    connection.execute(update(ReminderPlan).where(col(ReminderPlan.person_id) == person_id).values(values))


def follow(connection: Connection, desk: Desk, draft: Draft, now: datetime) -> None:
    """Go by the clock of the firm's place where this turn has told or changed it, for everybody who belongs to it."""
    answer, before = draft.answers.get(ZONE), desk.draft.answers.get(ZONE)
    if answer is None or answer is before or (before and before.value == answer.value):
        return
    if answer.value not in ZONES:  # put off: the clock stays as it was
        return
    members = select(col(Membership.person_id)).where(col(Membership.company_id) == desk.company_id)
    for person_id in connection.execute(members).scalars().all():
        settings, on = read(connection, person_id)
        write(connection, person_id, replace(settings, zone=str(answer.value)), now, on=on)
