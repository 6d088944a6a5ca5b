"""The owner's side of the helpdesk, inside the transaction of an update: asking, talking to staff, going back to the
report. Knows rows and sentences, no network."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.calls import Json
from bot.commands import Done
from bot.errands import Errand
from conversations import helpdesk
from conversations.masking import masked
from conversations.messages import Message
from conversations.route import Walk
from conversations.texts import is_blank, storable
from conversations.words import T, Words
from storage import relaying, tickets
from storage.reports import Desk
from storage.tickets import TicketLine

PASSED_ON = ("photo", "document", "video", "voice", "audio", "animation")  # kinds that carry a caption


@dataclass(frozen=True, slots=True)
class Asking:
    """What a command of the helpdesk may look at: the person's desk and report, the moment, when staff answer."""

    desk: Desk
    walk: Callable[[], Walk]
    now: datetime
    expected: Callable[[], Words]

    @property
    def person(self) -> int:
        """The person's row."""
        assert self.desk.person_id is not None  # noqa: S101 - strangers ask no staff
        return self.desk.person_id


def commanded(connection: Connection, asking: Asking, name: str, words: str) -> Done | None:
    """Carry out a command or button about staff; None where it is none."""
    ticket = tickets.of_person(connection, asking.person) if name.startswith(("petugas", "bicara")) else None
    running = ticket if ticket and ticket.state != "draft" else None
    match name.partition(":"):
        case ("petugas" | "petugas_ya" | "petugas_kirim" | "petugas_buka" | "bicara", _, _) if running:
            tickets.talk_to(connection, asking.person, "petugas")
            return Done((helpdesk.talks_now(),), asks_again=False)
        case ("petugas_tutup", "", "") if running:
            return _closed(connection, asking, running)
        case ("petugas_batal" | "petugas_tutup", "", ""):
            said = () if ticket is None or running else (helpdesk.dropped(),)
            to_report(connection, asking.desk)
            return Done(said)
        case ("petugas_buka", "", "") if last := tickets.last_of_person(connection, asking.person):
            return _reopened(connection, asking, last)
        case ("petugas_kirim", ":", seal) if ticket and ticket.words and seal == helpdesk.seal(ticket.words):
            return _sent(connection, asking, ticket)
        case ("petugas_ya" | "petugas_kirim", _, _) if ticket:
            return _said(helpdesk.consent(ticket.words) if ticket.words else helpdesk.write_it())
        case ("petugas" | "petugas_ya" | "petugas_kirim" | "petugas_buka" | "bicara", _, _):
            return _asked(connection, asking, words)
    return None


def _said(*messages: Message) -> Done:
    return Done(messages, asks_again=False)


def _asked(connection: Connection, asking: Asking, words: str) -> Done:
    """`Tanya petugas`: what the FAQ knows first; the question is the words given, or the one just typed, if any."""
    walked = asking.walk()
    question = helpdesk.as_question(words) or helpdesk.asked(asking.desk.draft)
    told = _drafted(connection, asking, walked, question) if question else ""
    if not question:
        tickets.draft(connection, asking.person, asking.desk.report_id, helpdesk.title(walked.draft), "", asking.now)
    tickets.talk_to(connection, asking.person, "menulis")
    if entries := helpdesk.answers(walked, question):
        return _said(helpdesk.answers_first(entries))
    return _said(helpdesk.consent(told) if question else helpdesk.write_it())


def _drafted(connection: Connection, asking: Asking, walked: Walk, question: str) -> str:
    told, title = helpdesk.told(walked, question), helpdesk.title(walked.draft)
    tickets.draft(connection, asking.person, asking.desk.report_id, title, told, asking.now)
    return told


def _sent(connection: Connection, asking: Asking, ticket: TicketLine) -> Done:
    """`Kirim`: the ticket is open, and what was shown is on its way."""
    tickets.set_state(connection, ticket.id, "open", asking.now)
    relaying.note(
        connection, ticket.id, to_staff=True, source_id=0, kind="opening", text=ticket.words, now=asking.now
    )
    tickets.talk_to(connection, asking.person, "petugas")
    return Done((helpdesk.on_its_way(asking.expected()),), asks_again=False, errand=Errand(ticket))


def _closed(connection: Connection, asking: Asking, ticket: TicketLine) -> Done:
    tickets.set_state(connection, ticket.id, "closed", asking.now)
    tickets.talk_to(connection, asking.person, None)
    told = "Pemilik menulis: sudah terjawab. Tiket ini ditutup."
    return Done((helpdesk.closed(by_owner=True),), errand=Errand(ticket, told, closes=True))


def _reopened(connection: Connection, asking: Asking, ticket: TicketLine) -> Done:
    """`Masih ada pertanyaan` under a closed ticket: the same place, the same people."""
    tickets.drop_draft(connection, asking.person)
    tickets.set_state(connection, ticket.id, "open", asking.now)
    tickets.talk_to(connection, asking.person, "petugas")
    told = "Pemilik masih punya pertanyaan. Tiket ini dibuka lagi."
    return Done((helpdesk.talks_now(),), asks_again=False, errand=Errand(ticket, told, reopens=True))


def heard(connection: Connection, asking: Asking, message: Json, *, edited: bool) -> Done | None:
    """A message that is for staff: the question itself, a message of an open ticket, an edit of one; None where it
    is for the report."""
    desk = asking.desk
    if not desk.talks_to:
        return None
    ticket = tickets.of_person(connection, asking.person)
    if ticket is None:
        tickets.talk_to(connection, asking.person, None)
        return None
    number = message["message_id"]
    if edited:
        known = relaying.is_known(connection, ticket.id, to_staff=True, source_id=number)
        return (
            _passed_on(connection, asking, ticket, message, T("→ Perubahannya diteruskan ke petugas."))
            if known
            else None
        )
    if ticket.state == "draft":
        question = helpdesk.as_question(storable(message.get("text", "")))
        return _said(
            helpdesk.consent(_drafted(connection, asking, asking.walk(), question))
            if question
            else helpdesk.words_first()
        )
    if desk.talks_to == "petugas" or _answers_staff(connection, ticket, message):
        return _passed_on(connection, asking, ticket, message)
    return None


def _answers_staff(connection: Connection, ticket: TicketLine, message: Json) -> bool:
    """Whether it is a reply, in Telegram's sense, to what staff wrote."""
    answered = message.get("reply_to_message", {}).get("message_id")
    return answered is not None and relaying.came_from_staff(connection, ticket.id, answered)


def _passed_on(
    connection: Connection, asking: Asking, ticket: TicketLine, message: Json, note: Words | None = None
) -> Done:
    kind = kind_of(message)
    if not kind:
        return _said(helpdesk.cannot_go())
    text = masked(storable(message.get("text") or message.get("caption") or ""))
    tickets.talk_to(connection, asking.person, "petugas")
    taken = relaying.note(
        connection, ticket.id, to_staff=True, source_id=message["message_id"], kind=kind, text=text, now=asking.now
    )
    if not taken:
        return _said(helpdesk.too_many())
    return Done((helpdesk.to_staff(note),), asks_again=False, errand=Errand(ticket))


def kind_of(message: Json) -> str:
    """How a message is passed on: "text", "copy", or "" for what is not, such as a text of which nothing can be seen."""
    if "text" in message:
        return "" if is_blank(storable(message["text"])) else "text"
    return "copy" if any(kind in message for kind in PASSED_ON) else ""


def to_report(connection: Connection, desk: Desk) -> Desk:
    """The person turned to the report: the next text goes there, and a question that was not sent is forgotten."""
    if desk.person_id is None or desk.talks_to in (None, "laporan"):
        return desk
    whom = "laporan" if desk.talks_to == "petugas" else None
    if whom is None:
        tickets.drop_draft(connection, desk.person_id)
    tickets.talk_to(connection, desk.person_id, whom)
    return desk._replace(talks_to=whom)
