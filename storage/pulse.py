"""When Telegram and the bot were last in touch, and who must be asked again after they were not. Plain functions of
one connection inside one transaction."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, text, update
from sqlmodel import col

from storage.columns import Moment
from storage.tables import Person, Pulse

# Telegram throws a button press away after 150 seconds; the last beat may be 30 seconds older than the last contact.
LONGEST_SILENCE = timedelta(seconds=120)

_FIRST = text("INSERT INTO pulse (id, at) VALUES (1, :at) ON CONFLICT DO NOTHING").bindparams(
    bindparam("at", type_=Moment)
)
_LAST = select(col(Pulse.at)).with_for_update()


def beat(connection: Connection, now: datetime) -> bool:
    """Note that Telegram and the bot are in touch; True after a silence in which button presses may have been lost.

    Then everybody who has a question before them is marked, to be asked again with their next message. Processes on
    one database share the beat: it was silent only where all of them were.
    """
    connection.execute(_FIRST, {"at": now})
    last = connection.execute(_LAST).scalar_one()
    connection.execute(update(Pulse).values(at=now))
    if now - last <= LONGEST_SILENCE:
        return False
    connection.execute(update(Person).where(col(Person.shown_question).is_not(None)).values(interrupted=True))
    return True
