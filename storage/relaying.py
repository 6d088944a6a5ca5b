"""The messages of tickets on their way: noted in the transaction of the update that brought them, claimed by one
process, and marked with how it ended. Whether one may be sent is decided by its row alone."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update
from sqlmodel import col

from storage.ticket_tables import TicketMessage
from storage.tickets import LONGEST_SENDING

MOST_WAITING = 20  # of one author: more is a flood, which staff would drown in


@dataclass(frozen=True, slots=True)
class Relay:
    """One message to pass on. `target_id`: what an edit (`version` over 0) changes on the other side, None where the
    original did not arrive."""

    id: int
    ticket_id: int
    to_staff: bool
    source_id: int
    version: int
    kind: str
    author: str
    text: str
    target_id: int | None = None


def note(
    connection: Connection,
    ticket_id: int,
    *,
    to_staff: bool,
    source_id: int,
    kind: str,
    text: str,
    now: datetime,
    author: str = "",
) -> bool:
    """Put a message in the queue; False where the same author has too many there already. One that was noted before
    is an edit of it. Call it once for each update."""
    same = (
        col(TicketMessage.ticket_id) == ticket_id,
        col(TicketMessage.to_staff) == to_staff,
    )
    queued = select(func.count()).where(*same, col(TicketMessage.state) == "new")
    if int(connection.scalar(queued) or 0) >= MOST_WAITING:
        return False
    last = select(func.max(col(TicketMessage.version))).where(*same, col(TicketMessage.source_id) == source_id)
    known = connection.scalar(last)
    row = {"ticket_id": ticket_id, "to_staff": to_staff, "source_id": source_id, "kind": kind, "text": text}
    connection.execute(
        insert(TicketMessage).values(
            **row, version=0 if known is None else int(known) + 1, author=author, state="new", at=now
        )
    )
    return True


def is_known(connection: Connection, ticket_id: int, *, to_staff: bool, source_id: int) -> bool:
    """Whether this message of its author was noted for the ticket."""
    same = (col(TicketMessage.ticket_id) == ticket_id, col(TicketMessage.to_staff) == to_staff)
    return connection.execute(
        select(col(TicketMessage.id)).where(*same, col(TicketMessage.source_id) == source_id).limit(1)
    ).first() is not None  # fmt: skip


def came_from_staff(connection: Connection, ticket_id: int, target_id: int) -> bool:
    """Whether this message in the owner's chat is a staff member's."""
    theirs = (col(TicketMessage.ticket_id) == ticket_id, ~col(TicketMessage.to_staff))
    found = select(col(TicketMessage.id)).where(*theirs, col(TicketMessage.target_id) == target_id).limit(1)
    return connection.execute(found).first() is not None


def claim(connection: Connection, ticket_id: int, *, to_staff: bool, now: datetime) -> Relay | None:
    """The oldest message that waits, now on its way; None where none waits or an earlier one is on its way. Call it
    under the lock of the owner's chat."""
    mine = (col(TicketMessage.ticket_id) == ticket_id, col(TicketMessage.to_staff) == to_staff)
    if connection.execute(select(col(TicketMessage.id)).where(*mine, col(TicketMessage.state) == "sending")).first():
        return None
    fields = ("id", "ticket_id", "to_staff", "source_id", "version", "kind", "author", "text")
    row = connection.execute(
        select(*(getattr(TicketMessage, name) for name in fields))
        .where(*mine, col(TicketMessage.state) == "new")
        .order_by(col(TicketMessage.id))
        .limit(1)
    ).first()
    if row is None:
        return None
    relay = Relay(*row)
    connection.execute(update(TicketMessage).where(col(TicketMessage.id) == relay.id).values(state="sending", at=now))
    if not relay.version:
        return relay
    original = select(col(TicketMessage.target_id)).where(
        *mine, col(TicketMessage.source_id) == relay.source_id, col(TicketMessage.version) == 0
    )
    return replace(relay, target_id=connection.scalar(original))


def ended(connection: Connection, relay_id: int, state: str, target_id: int | None, now: datetime) -> None:
    """How it went. The words go once they have arrived; only an opening keeps them, for a topic that is made again."""
    values = {"state": state, "at": now, **({"target_id": target_id} if target_id else {})}
    here = col(TicketMessage.id) == relay_id
    connection.execute(update(TicketMessage).where(here).values(**values))
    connection.execute(update(TicketMessage).where(here, col(TicketMessage.kind) != "opening").values(text=""))


def opening(connection: Connection, ticket_id: int) -> tuple[str, int | None]:
    """What the ticket began with ("" once it was closed), and the message in the group that says so."""
    row = connection.execute(
        select(col(TicketMessage.text), col(TicketMessage.target_id)).where(
            col(TicketMessage.ticket_id) == ticket_id, col(TicketMessage.kind) == "opening"
        )
    ).first()
    return (row[0], row[1]) if row else ("", None)


def opened_anew(connection: Connection, ticket_id: int, target_id: int | None) -> None:
    """The opening stands somewhere else now."""
    here = (col(TicketMessage.ticket_id) == ticket_id) & (col(TicketMessage.kind) == "opening")
    connection.execute(update(TicketMessage).where(here).values(target_id=target_id))


def left_over(connection: Connection, now: datetime) -> tuple[Relay, ...]:
    """Messages that a process took and never came back from: unsure from now on, and to be told of."""
    fields = ("id", "ticket_id", "to_staff", "source_id", "version", "kind", "author", "text")
    lost = (col(TicketMessage.state) == "sending", col(TicketMessage.at) < now - LONGEST_SENDING)
    found = tuple(
        Relay(*row) for row in connection.execute(select(*(getattr(TicketMessage, n) for n in fields)).where(*lost))
    )
    connection.execute(
        update(TicketMessage).where(col(TicketMessage.id).in_([relay.id for relay in found])).values(state="unsure")
    )
    return found


def queues(connection: Connection) -> tuple[tuple[int, bool], ...]:
    """The (ticket, to staff) that have something waiting."""
    rows = connection.execute(
        select(col(TicketMessage.ticket_id), col(TicketMessage.to_staff))
        .where(col(TicketMessage.state) == "new")
        .distinct()
    )
    return tuple((int(ticket), bool(to_staff)) for ticket, to_staff in rows)
