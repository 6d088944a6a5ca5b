"""Where somebody of the demo page sits: in their own chat with the bot, or as a staff member in the group "Petugas", in
one of its topics. A seat has a number, as a person has. Knows the stand-in's public methods."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram import Telegram

Json = dict[str, Any]

GROUP = -1001000000001
STAFF = {501: "Rini", 502: "Agus"}
_SEATS = (
    10**12
)  # numbers of seats begin here: the staff member's id times this, and the topic; 0 is outside of topics


@dataclass(frozen=True, slots=True)
class Seat:
    """A person, and for staff the group with the topic (0: outside of topics)."""

    person: int
    group: int | None = None
    topic: int = 0

    def where(self) -> Json:
        """What tells the stand-in's methods where a message goes."""
        if self.group is None:
            return {}
        return {"chat_id": self.group, **({"message_thread_id": self.topic} if self.topic else {})}

    def sees(self, message: Json) -> bool:
        """Whether a message of the chat stands in this topic."""
        return self.group is None or message.get("message_thread_id", 0) == self.topic

    def shown(self, message: Json) -> Json:
        """The message as the page draws it: what others wrote stands on the other side, with its author's name."""
        if self.group is None or message["from"]["id"] == self.person:
            return message
        name = message["from"]["first_name"]
        if topic := message.get("forum_topic_created"):
            return {**message, "from_bot": True, "text": f"Topik {topic['name']}"}
        return message if message["from_bot"] else {**message, "from_bot": True, "text": f"{name}: {_said(message)}"}


def _said(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "kiriman")


def open_group(telegram: Telegram) -> None:
    """The group "Petugas" with topics, and its staff."""
    telegram.add_group(GROUP, "Petugas", is_forum=True)
    for number, name in STAFF.items():
        telegram.join(number, name)


def seat_of(telegram: Telegram, number: int) -> Seat | None:
    """The staff seat with this number; None where it is none."""
    person, topic = divmod(number, _SEATS)
    if GROUP not in telegram.chats or person not in STAFF or (topic and topic not in telegram.chats[GROUP].topics):
        return None
    return Seat(person, GROUP, topic)


def seats(telegram: Telegram) -> Iterator[tuple[int, str]]:
    """Every staff seat there is: its number and what it is called."""
    if GROUP not in telegram.chats:
        return
    topics = {0: "kelompok Petugas"} | {
        thread: topic["name"] for thread, topic in telegram.chats[GROUP].topics.items()
    }
    for person, name in STAFF.items():
        yield from ((person * _SEATS + topic, f"{name} · {title}") for topic, title in topics.items())


async def events_of(telegram: Telegram, seat: Seat) -> AsyncIterator[Json]:
    """What happens before somebody in this seat, from this call on."""
    async for event in telegram.listen(seat.group or seat.person):
        message = event.get("message")
        if message is None:
            yield event
        elif seat.sees(message):
            yield {**event, "message": seat.shown(message)}
