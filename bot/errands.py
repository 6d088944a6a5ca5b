"""What an owner's update leaves to do in the staff group after it was committed."""

from dataclasses import dataclass

from sqlalchemy import Connection

from storage import tickets
from storage.reports import Desk
from storage.tickets import TicketLine

_FORGOTTEN = "Pemilik menghapus semua datanya. Tiket ini ditutup, dan tidak ada lagi yang menerima pesan dari sini."


@dataclass(frozen=True, slots=True)
class Errand:
    """Pass on what waits for this ticket; `tell` staff something where it stands; close its topic or open it again."""

    ticket: TicketLine
    tell: str = ""
    closes: bool = False
    reopens: bool = False


def farewell(connection: Connection, desk: Desk) -> Errand | None:
    """What staff are told when the person deletes everything: that, and nothing of it. Call it before."""
    ticket = tickets.last_of_person(connection, desk.person_id) if desk.person_id is not None else None
    return Errand(ticket, _FORGOTTEN, closes=True) if ticket and ticket.chat_id else None
