"""/pengingat and the buttons below a reminder: on and off, the time, the days, once more tomorrow. Runs inside the
update's transaction."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from conversations import reminder_words
from conversations.messages import Message, Paragraph
from conversations.periods import Scheme
from conversations.regions import ZONES
from conversations.reminders import KINDS, Settings, clock_face, in_daytime, read_minute, tomorrow
from conversations.words import T, Words
from storage import reminder_plans
from storage.reports import Desk

_SWITCH = dict.fromkeys(("nyala", "nyalakan", "hidup", "hidupkan"), True) | dict.fromkeys(
    ("mati", "matikan", "berhenti", "stop"), False
)


def apply(connection: Connection, scheme: Scheme, desk: Desk, name: str, now: datetime) -> Message | None:
    """Carry out a command that is about reminders and say how they now are; None where it is none."""
    command, _, rest = name.partition(":")
    if desk.person_id is None or not command.startswith(("pengingat", "ingatkan_besok")):
        return None
    settings, on = reminder_plans.read(connection, desk.person_id)
    note: Words | None = None
    wanted, wanted_on = settings, on
    match command:
        case "pengingat" if rest.strip().lower() in _SWITCH:
            wanted_on = _SWITCH[rest.strip().lower()]
        case "pengingat" if rest:
            wanted, note = _at(settings, read_minute(rest))
            wanted_on = on or note is None
        case "pengingat_jam" if rest.isdecimal():
            wanted, note = _at(settings, int(rest))
        case "pengingat_dengan" | "pengingat_tanpa" if rest in KINDS:
            wanted = _on_days(settings, rest, taken=command == "pengingat_dengan")
            wanted_on = bool(wanted.kinds)
        case "pengingat_nyala":
            wanted, wanted_on = settings, True
        case "pengingat_mati" | "pengingat_berhenti":
            wanted, wanted_on = replace(settings, tomorrow=""), False
        case "ingatkan_besok" if scheme.period(rest):
            today = now.astimezone(ZONES[settings.zone]).date()
            wanted, wanted_on = replace(settings, tomorrow=tomorrow(rest, today)), True
    if wanted_on and not wanted.kinds:  # the last day was taken away, then all was switched on again
        wanted = replace(wanted, kinds=Settings().kinds)
    if (wanted, wanted_on) != (settings, on):
        reminder_plans.write(connection, desk.person_id, wanted, now, on=wanted_on)
    if command == "ingatkan_besok":
        words = T(
            "Baik, besok pukul {jam} {zona} saya ingatkan lagi.", jam=clock_face(wanted.minute), zona=wanted.zone
        )
        return Message((Paragraph(words),))
    if command == "pengingat_berhenti":
        return Message((Paragraph(T("Baik, saya tidak mengingatkan lagi. Menyalakannya kembali: /pengingat")),))
    message = reminder_words.settings(wanted if wanted_on else None, note)
    return message._replace(edits=command != "pengingat")


def _at(settings: Settings, minute: int | None) -> tuple[Settings, Words | None]:
    """The settings with this time of day, or why not."""
    if minute is None:
        return settings, reminder_words.UNREAD
    if not in_daytime(minute):
        return settings, reminder_words.NIGHT
    return replace(settings, minute=minute), None


def _on_days(settings: Settings, kind: str, *, taken: bool) -> Settings:
    """The settings with or without this day; a second press of the same button changes nothing."""
    chosen = [one for one in KINDS if (taken if one == kind else one in settings.kinds.split())]
    return replace(settings, kinds=" ".join(chosen))
