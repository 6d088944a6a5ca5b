"""What an owner's update leaves to do in the staff group after it was committed."""

from dataclasses import dataclass

from storage.tickets import TicketLine


@dataclass(frozen=True, slots=True)
class Errand:
    """Pass on what waits for this ticket; `tell` staff something where it stands; close its topic or open it again."""

    ticket: TicketLine
    tell: str = ""
    closes: bool = False
    reopens: bool = False
