"""The staff group and the place of each ticket in it: a topic of its own where the group has topics, else a thread of
replies. A place that is gone is made again, and a group that became a supergroup is followed. It knows what Telegram
refuses, not what tickets say."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import structlog
import telegram
from telegram.error import BadRequest, ChatMigrated

from bot.calls import Json, call
from bot.outgoing import Delivery, Outgoing, Sent
from storage import relaying, tickets
from storage.database import Database
from storage.tickets import TicketLine

log = structlog.get_logger(__name__)

LONGEST_NAME = 128  # characters of a topic's name
_PLACES = 3  # tries: a group that moved and a topic that is gone can meet
_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
_AGAIN = "(Tempat tiket ini yang lama sudah tidak ada, jadi dibuat lagi.)\n\n"
_FORGOTTEN = "(Isi pertanyaannya sudah dihapus waktu tiket ini ditutup.)"


class Topics:
    """The group with the configured number `chat_id`, under the number it has now."""

    def __init__(self, bot: telegram.Bot, outgoing: Outgoing, database: Database, chat_id: int) -> None:
        self._bot, self._outgoing, self._database = bot, outgoing, database
        self._forum: bool | None = None
        self.chat_id = chat_id
        # One message at a time, first come first served: the group takes 20 a minute, and each ticket has its turn.
        self.turn = asyncio.Lock()

    async def start(self) -> None:
        """Look up where the group has moved to."""
        self.chat_id = await self._database.run(lambda connection: tickets.group_now(connection, self.chat_id))

    def seen(self, chat: Json) -> None:
        """The group as an update describes it: topics can be switched on and off."""
        self._forum = bool(chat.get("is_forum"))

    async def moved(self, new_id: int) -> None:
        """Follow the group to its new number."""
        old_id, self.chat_id, self._forum = self.chat_id, new_id, None
        if old_id != new_id:
            await self._database.run(lambda connection: tickets.moved(connection, old_id, new_id))
            log.info("the staff group has a new number and was followed", new_chat_id=new_id)

    async def say(self, text: str, thread_id: int | None = None, reply_to: int | None = None) -> None:
        """Tell staff something that may come twice. A topic that is gone hears nothing."""
        await self._say({"text": text, **_within(thread_id, reply_to)})

    async def tell(self, ticket: TicketLine, text: str) -> None:
        """The same, where the ticket stands."""
        if ticket.chat_id == self.chat_id:
            _, head = await self._database.run(lambda connection: relaying.opening(connection, ticket.id))
            await self.say(text, ticket.thread_id, None if ticket.thread_id else head)

    async def post(
        self, ticket: TicketLine, method: str, content: Callable[[TicketLine], Json], *, opens: bool
    ) -> Delivery[Json]:
        """Put one message into the ticket's place with this method, at most once. `content` for the place it has then;
        `opens`: it is the ticket's first. Makes the place where it is missing or gone."""
        delivery: Delivery[Json] = Delivery(Sent.REFUSED)
        for _ in range(_PLACES):
            if ticket.chat_id != self.chat_id:
                made = await self._make(ticket, opens=opens)
                delivery = Delivery(made.sent, error=made.error)
                if await self._followed(delivery):
                    continue
                if made.result is None:
                    return delivery
                ticket = made.result
            delivery = await self._put(ticket, method, content(ticket), opens=opens)
            if await self._followed(delivery):
                continue
            if not _is_gone(delivery):
                break
            ticket = await self._kept(ticket, None, None)
        return delivery

    async def _put(self, ticket: TicketLine, method: str, content: Json, *, opens: bool) -> Delivery[Json]:
        head = None
        if not ticket.thread_id and not opens:
            _, head = await self._database.run(lambda connection: relaying.opening(connection, ticket.id))
        parameters = {"chat_id": self.chat_id, **content, **_within(ticket.thread_id, head)}
        return await self._outgoing.call(lambda: call(self._bot, method, parameters), self.chat_id, at_most_once=True)

    async def _make(self, ticket: TicketLine, *, opens: bool) -> Delivery[TicketLine]:
        """A topic for the ticket, or a place without one; the opening is said again where it was said before."""
        chat_id, thread_id = self.chat_id, None
        if await self._has_topics():
            topic = {"chat_id": chat_id, "name": f"#{ticket.id} {ticket.title}"[:LONGEST_NAME]}
            made: Delivery[Json] = await self._outgoing.call(
                lambda: call(self._bot, "createForumTopic", topic), chat_id
            )
            if made.result is None:
                return Delivery(made.sent, error=made.error)
            thread_id = int(made.result["message_thread_id"])
        if not opens:
            words, _ = await self._database.run(lambda connection: relaying.opening(connection, ticket.id))
            text = f"#{ticket.id} {_AGAIN}{words or _FORGOTTEN}"
            said = await self._say({"text": text, **_within(thread_id, None)})
            if said.result is None:
                return Delivery(said.sent, error=said.error)
            head = int(said.result["message_id"])
            await self._database.run(lambda connection: relaying.opened_anew(connection, ticket.id, head))
        return Delivery(Sent.DELIVERED, await self._kept(ticket, chat_id, thread_id))

    async def _kept(self, ticket: TicketLine, chat_id: int | None, thread_id: int | None) -> TicketLine:
        """The ticket with its place, as it stands in the database from now on."""
        await self._database.run(
            lambda connection: tickets.place(connection, ticket.id, chat_id, thread_id), chat=ticket.owner_chat
        )
        return replace(ticket, chat_id=chat_id, thread_id=thread_id)

    async def _has_topics(self) -> bool:
        if self._forum is None:
            where = {"chat_id": self.chat_id}
            found = await self._outgoing.call(lambda: call(self._bot, "getChat", where), None)
            self._forum = bool(found.result and found.result.get("is_forum"))
        return self._forum

    async def _followed(self, delivery: Delivery[Json]) -> bool:
        if isinstance(delivery.error, ChatMigrated):
            await self.moved(delivery.error.new_chat_id)
            return True
        return False

    async def _say(self, content: Json) -> Delivery[Json]:
        parameters = {"chat_id": self.chat_id, **content}
        return await self._outgoing.call(lambda: call(self._bot, "sendMessage", parameters), self.chat_id)

    async def close(self, ticket: TicketLine) -> None:
        """Close the ticket's topic; it can be opened again."""
        await self._alter(ticket, "closeForumTopic")

    async def reopen(self, ticket: TicketLine) -> None:
        """Open the ticket's topic again."""
        await self._alter(ticket, "reopenForumTopic")

    async def _alter(self, ticket: TicketLine, method: str) -> None:
        if ticket.thread_id and ticket.chat_id == self.chat_id:
            topic = {"chat_id": self.chat_id, "message_thread_id": ticket.thread_id}
            await self._outgoing.call(lambda: call(self._bot, method, topic), self.chat_id)


def _within(thread_id: int | None, reply_to: int | None) -> Json:
    """Parameters of a place: a topic, and a reply to a message if that is still there."""
    place: Json = {"message_thread_id": thread_id} if thread_id else {}
    if reply_to:
        place["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    return place


def _is_gone(delivery: Delivery[Json]) -> bool:
    """Whether the topic was deleted."""
    refused = delivery.sent is Sent.REFUSED and isinstance(delivery.error, BadRequest)
    return refused and any(words in str(delivery.error).lower() for words in _GONE)
