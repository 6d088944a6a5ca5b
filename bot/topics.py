"""The staff group and the place of each ticket in it: a topic of its own where the group has topics, else a thread of
replies. A place that is gone is made again, and a group that became a supergroup is followed. It knows what Telegram
refuses, not what tickets say."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
import telegram
from sqlalchemy import Connection
from telegram import ReplyParameters
from telegram.error import BadRequest, ChatMigrated

from bot.outgoing import Delivery, Outgoing, Sent
from storage import relaying, tickets
from storage.database import Database
from storage.tickets import TicketLine

log = structlog.get_logger(__name__)

T = TypeVar("T")

LONGEST_NAME = 128  # characters of a topic's name
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

    def seen(self, chat: dict[str, object]) -> None:
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
        await self._outgoing.call(lambda: self._send(text, thread_id, reply_to), self.chat_id)

    async def tell(self, ticket: TicketLine, text: str) -> None:
        """The same, where the ticket stands."""
        if ticket.chat_id == self.chat_id:
            _, head = await self._database.run(lambda connection: relaying.opening(connection, ticket.id))
            await self.say(text, ticket.thread_id, None if ticket.thread_id else head)

    async def post(
        self, ticket: TicketLine, send: Callable[[int, int | None, int | None], Awaitable[T]], *, opens: bool
    ) -> Delivery[T]:
        """Put one message into the ticket's place, at most once: `send` gets chat, topic and the message to reply to.
        `opens`: it is the ticket's first. Makes the place where it is missing or gone."""
        for _ in range(3):  # a group that moved and a topic that is gone can meet
            if ticket.chat_id != self.chat_id:
                made = await self._make(ticket, opens=opens)
                if isinstance(made, Delivery):
                    if await self._follows(made):
                        continue
                    return Delivery(made.sent, error=made.error)
                ticket = made
            delivery = await self._once(ticket, send, opens=opens)
            if await self._follows(delivery):
                continue
            if not _is_gone(delivery):
                return delivery
            ticket = await self._lost(ticket)
        return delivery

    async def _once(
        self, ticket: TicketLine, send: Callable[[int, int | None, int | None], Awaitable[T]], *, opens: bool
    ) -> Delivery[T]:
        chat_id, thread_id = self.chat_id, ticket.thread_id
        head = None
        if not thread_id and not opens:
            _, head = await self._database.run(lambda connection: relaying.opening(connection, ticket.id))
        return await self._outgoing.call(lambda: send(chat_id, thread_id, head), chat_id, at_most_once=True)

    async def _make(self, ticket: TicketLine, *, opens: bool) -> TicketLine | Delivery[telegram.ForumTopic]:
        """A topic for the ticket, or a place without one; the opening is said again where it was said before."""
        chat_id, thread_id = self.chat_id, None
        if await self._has_topics():
            name = f"#{ticket.id} {ticket.title}"[:LONGEST_NAME]
            made = await self._outgoing.call(lambda: self._bot.create_forum_topic(chat_id, name), chat_id)
            if made.result is None and "not a forum" not in str(made.error).lower():
                return made
            thread_id = made.result.message_thread_id if made.result else None
        words, _ = await self._database.run(lambda connection: relaying.opening(connection, ticket.id))
        head = None
        if not opens:
            text = f"#{ticket.id} {_AGAIN}{words or _FORGOTTEN}"
            said = await self._outgoing.call(lambda: self._send(text, thread_id, None), chat_id)
            head = said.result.message_id if said.result else None

        def keep(connection: Connection) -> TicketLine | None:
            tickets.place(connection, ticket.id, chat_id, thread_id)
            if not opens:
                relaying.opened_anew(connection, ticket.id, head)
            return tickets.by_id(connection, ticket.id)

        return await self._database.run(keep, chat=ticket.owner_chat) or ticket

    async def _lost(self, ticket: TicketLine) -> TicketLine:
        def forget(connection: Connection) -> TicketLine | None:
            tickets.place(connection, ticket.id, None, None)
            return tickets.by_id(connection, ticket.id)

        return await self._database.run(forget, chat=ticket.owner_chat) or ticket

    async def _has_topics(self) -> bool:
        if self._forum is None:
            found = await self._outgoing.call(lambda: self._bot.get_chat(self.chat_id), None)
            self._forum = bool(found.result and found.result.is_forum)
        return self._forum

    async def _follows(self, delivery: Delivery[T]) -> bool:
        if isinstance(delivery.error, ChatMigrated):
            await self.moved(delivery.error.new_chat_id)
            return True
        return False

    async def _send(self, text: str, thread_id: int | None, reply_to: int | None) -> telegram.Message:
        return await self._bot.send_message(
            self.chat_id, text, message_thread_id=thread_id, reply_parameters=reply(reply_to)
        )

    async def close(self, ticket: TicketLine) -> None:
        """Close the ticket's topic; it can be opened again."""
        await self._alter(ticket, self._bot.close_forum_topic)

    async def reopen(self, ticket: TicketLine) -> None:
        """Open the ticket's topic again."""
        await self._alter(ticket, self._bot.reopen_forum_topic)

    async def _alter(self, ticket: TicketLine, call: Callable[[int, int], Awaitable[bool]]) -> None:
        thread_id = ticket.thread_id
        if thread_id and ticket.chat_id == self.chat_id:
            await self._outgoing.call(lambda: call(self.chat_id, thread_id), self.chat_id)


def reply(message_id: int | None) -> ReplyParameters | None:
    """A reply to this message, if it is still there."""
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None


def _is_gone(delivery: Delivery[T]) -> bool:
    """Whether the topic was deleted."""
    refused = delivery.sent is Sent.REFUSED and isinstance(delivery.error, BadRequest)
    return refused and any(words in str(delivery.error).lower() for words in _GONE)
