"""Questions to staff: their rows, who talks to whom, and the messages that wait to be relayed, each one once. Plain
functions of one connection inside one transaction; they know no Telegram."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update
from sqlmodel import col

from storage.tables import Person
from storage.ticket_tables import GroupMoved, Ticket, TicketMessage

LONGEST_SENDING = timedelta(minutes=5)  # a send that is older has no process any more


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A ticket with what is needed to talk about it: its owner's private chat and language, its place in the group
    (None: not there yet), who takes care of it ("" : nobody), the first words of its owner while it is a draft, and
    where its owner's next text goes (Person.talks_to)."""

    id: int
    person_id: int
    owner_chat: int
    locale: str
    state: str
    title: str
    words: str
    chat_id: int | None
    thread_id: int | None
    taken_name: str
    opened_at: datetime
    talks_to: str | None


_LINE = select(
    col(Ticket.id), col(Ticket.person_id), col(Person.chat_id), col(Person.locale), col(Ticket.state),
    col(Ticket.title), col(Ticket.words), col(Ticket.chat_id), col(Ticket.thread_id), col(Ticket.taken_name),
    col(Ticket.opened_at), col(Person.talks_to),
).join(Person, col(Person.id) == col(Ticket.person_id))  # fmt: skip


def _line(connection: Connection, *where: ColumnElement[bool]) -> TicketLine | None:
    row = connection.execute(_LINE.where(*where).order_by(col(Ticket.id).desc()).limit(1)).first()
    return _read(row) if row else None


def _read(row: Any) -> TicketLine:
    return TicketLine(*row)


def of_person(connection: Connection, person_id: int) -> TicketLine | None:
    """The person's ticket that is not closed."""
    return _line(connection, col(Ticket.person_id) == person_id, col(Ticket.state) != "closed")


def last_of_person(connection: Connection, person_id: int) -> TicketLine | None:
    """The person's latest ticket, whatever its state."""
    return _line(connection, col(Ticket.person_id) == person_id)


def by_id(connection: Connection, ticket_id: int) -> TicketLine | None:
    """The ticket with this number."""
    return _line(connection, col(Ticket.id) == ticket_id)


def in_topic(connection: Connection, chat_id: int, thread_id: int) -> TicketLine | None:
    """The ticket that this topic was made for."""
    return _line(connection, col(Ticket.chat_id) == chat_id, col(Ticket.thread_id) == thread_id)


def by_reply(connection: Connection, chat_id: int, message_id: int) -> TicketLine | None:
    """The ticket that a message of the group belongs to: one of the bot's there, or a staff member's own."""
    message = select(col(TicketMessage.ticket_id)).where(
        or_(
            col(TicketMessage.to_staff) & (col(TicketMessage.target_id) == message_id),
            ~col(TicketMessage.to_staff) & (col(TicketMessage.source_id) == message_id),
        )
    )
    return _line(connection, col(Ticket.chat_id) == chat_id, col(Ticket.id).in_(message))


def waiting(connection: Connection) -> tuple[TicketLine, ...]:
    """Tickets that staff have not closed, the oldest first."""
    rows = connection.execute(_LINE.where(col(Ticket.state).in_(("open", "taken"))).order_by(col(Ticket.id)))
    return tuple(map(_read, rows))


def draft(
    connection: Connection, person_id: int, report_id: int, title: str, words: str, now: datetime
) -> TicketLine:
    """The person's ticket that is not sent yet, made where there is none, with these words."""
    if of_person(connection, person_id) is None:
        row = {"person_id": person_id, "report_id": report_id, "state": "draft", "opened_at": now}
        connection.execute(insert(Ticket).values(title=title, taken_name="", words=words, **row))
    mine = (col(Ticket.person_id) == person_id) & (col(Ticket.state) == "draft")
    connection.execute(update(Ticket).where(mine).values(words=words, title=title))
    found = of_person(connection, person_id)
    assert found is not None  # noqa: S101 - made above, under the lock of the person's chat
    return found


def drop_draft(connection: Connection, person_id: int) -> None:
    """Forget a question that was not sent."""
    connection.execute(delete(Ticket).where(col(Ticket.person_id) == person_id, col(Ticket.state) == "draft"))


def set_state(connection: Connection, ticket_id: int, state: str, now: datetime) -> None:
    """Open, take or close. What was said is forgotten when the ticket is closed."""
    closed = {"closed_at": now} if state == "closed" else {"closed_at": None}
    values = {"state": state, "words": "", **closed}
    connection.execute(update(Ticket).where(col(Ticket.id) == ticket_id).values(**values))
    if state == "closed":
        said = (col(TicketMessage.ticket_id) == ticket_id) & (col(TicketMessage.kind) == "opening")
        relayed = col(TicketMessage.state).not_in(("new", "sending"))
        connection.execute(update(TicketMessage).where(said, relayed).values(text=""))


def take(connection: Connection, ticket_id: int, staff_id: int, name: str) -> None:
    """This staff member takes care of it."""
    values = {"state": "taken", "taken_by": staff_id, "taken_name": name}
    connection.execute(update(Ticket).where(col(Ticket.id) == ticket_id).values(**values))


def place(connection: Connection, ticket_id: int, chat_id: int | None, thread_id: int | None) -> None:
    """Where the ticket stands in the group; None: nowhere any more."""
    connection.execute(update(Ticket).where(col(Ticket.id) == ticket_id).values(chat_id=chat_id, thread_id=thread_id))


def talk_to(connection: Connection, person_id: int, whom: str | None) -> None:
    """Where the person's next text goes; see Person.talks_to."""
    connection.execute(update(Person).where(col(Person.id) == person_id).values(talks_to=whom))


def moved(connection: Connection, old_id: int, new_id: int) -> None:
    """The group became a supergroup: message numbers begin anew there, so every ticket gets a new place."""
    if group_now(connection, old_id) == old_id:
        connection.execute(insert(GroupMoved).values(old_id=old_id, new_id=new_id))
    here = (col(Ticket.chat_id) == old_id) & (col(Ticket.state) != "closed")
    connection.execute(update(Ticket).where(here).values(chat_id=None, thread_id=None))


def group_now(connection: Connection, chat_id: int) -> int:
    """The number that the group with this configured number has now."""
    seen = {chat_id}
    while (new := connection.scalar(select(col(GroupMoved.new_id)).where(col(GroupMoved.old_id) == chat_id))) not in (
        None,
        *seen,
    ):
        chat_id = int(new or 0)
        seen.add(chat_id)
    return chat_id


def counts(connection: Connection) -> tuple[int, datetime | None]:
    """How many tickets are not closed, and since when the oldest waits."""
    row = connection.execute(
        select(func.count(), func.min(col(Ticket.opened_at))).where(col(Ticket.state).in_(("open", "taken")))
    ).one()
    return int(row[0]), row[1]
