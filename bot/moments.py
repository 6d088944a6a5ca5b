"""The clock that is handed in, and the day it is at a firm's place."""

from collections.abc import Callable
from datetime import date, datetime

from conversations.answers import Place
from conversations.regions import ZONES
from conversations.reminders import DEFAULT_ZONE
from storage.reports import Desk

Clock = Callable[[], datetime]

_ZONE = Place("perusahaan.zona_waktu")


def day_of(now: datetime, desk: Desk) -> date:
    """The day at the firm's place."""
    answer = desk.draft.answers.get(_ZONE)
    zone = answer.value if answer and isinstance(answer.value, str) else DEFAULT_ZONE
    return now.astimezone(ZONES.get(zone, ZONES[DEFAULT_ZONE])).date()
