"""Passes messages between owners and staff, each at most once and in the order they came: rows in, calls out, and how
it ended back into the row. It decides nothing about tickets."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime

import structlog
import telegram
from sqlalchemy import Connection

from bot.calls import Json, call
from bot.outgoing import Delivery, Outgoing, Sent
from bot.render import Reports, keyboard, pages
from bot.speaking import Speaker
from bot.topics import Topics
from conversations import helpdesk
from conversations.draft import Draft
from conversations.form import Form
from conversations.messages import Message
from conversations.texts import cut
from locales import translator
from storage import people, relaying, tickets
from storage.database import Database
from storage.relaying import Relay
from storage.reports import Desk
from storage.tickets import TicketLine

log = structlog.get_logger(__name__)

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024  # what Telegram takes; a name stands before what staff write
_SWEEP = 60.0  # seconds
_STATES = {Sent.DELIVERED: "sent", Sent.UNSURE: "unsure"}
_TO_STAFF = {
    Sent.BLOCKED: "Pemilik memblokir bot, jadi pesan ini tidak sampai.",
    Sent.UNSURE: "Belum tentu sampai ke pemilik. Kalau penting, tulis sekali lagi.",
}
_LOST = "Pesan ini tidak sampai ke pemilik."


class Relays:
    """The messages on their way. `wake` starts what waits; `rest` is when nothing does."""

    def __init__(
        self,
        bot: telegram.Bot,
        outgoing: Outgoing,
        database: Database,
        topics: Topics,
        speaker: Speaker,
        form: Form,
        clock: Callable[[], datetime],
    ) -> None:
        self._bot, self._outgoing, self._database, self._topics = bot, outgoing, database, topics
        self._speaker, self._form, self._clock = speaker, form, clock
        self._running: dict[tuple[int, bool], asyncio.Task[None]] = {}
        self._again: set[tuple[int, bool]] = set()
        self._sweeper: asyncio.Task[None] | None = None
        self._closing = False

    async def start(self) -> None:
        """Go on with what an earlier life left, now and every minute."""
        await self._sweep()
        self._sweeper = asyncio.create_task(self._sweeping())

    async def close(self, patience: float = 2.0) -> None:
        """Let what is being sent arrive; nothing new is begun."""
        self._closing = True
        tasks = [*self._running.values()]
        if self._sweeper:
            self._sweeper.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=patience)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *filter(None, [self._sweeper]), return_exceptions=True)

    async def rest(self) -> None:
        """Return when everything that waits has been passed on."""
        while self._running:
            await asyncio.wait([*self._running.values()])

    def wake(self, ticket_id: int, *, to_staff: bool) -> None:
        """Something waits in this direction of this ticket."""
        key = (ticket_id, to_staff)
        if key in self._running:
            self._again.add(key)
        elif not self._closing:
            self._running[key] = task = asyncio.create_task(self._pass_on(key))
            task.add_done_callback(lambda _: self._ended(key))

    def _ended(self, key: tuple[int, bool]) -> None:
        del self._running[key]
        if key in self._again:
            self._again.discard(key)
            self.wake(key[0], to_staff=key[1])

    async def _sweeping(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP)
            await self._sweep()

    async def _sweep(self) -> None:
        try:
            now = self._clock()
            for lost in await self._database.run(lambda connection: relaying.left_over(connection, now)):
                ticket = await self._ticket(lost.ticket_id)
                if ticket:
                    await self._tell(ticket, lost, Sent.UNSURE)
            for number, to_staff in await self._database.run(relaying.queues):
                self.wake(number, to_staff=to_staff)
        except Exception:
            log.exception("waiting messages could not be looked through")

    async def _pass_on(self, key: tuple[int, bool]) -> None:
        number, to_staff = key
        try:
            while not self._closing and await self._one(number, to_staff=to_staff):
                pass
        except Exception:
            log.exception("a message could not be passed on", ticket=number, to_staff=to_staff)

    async def _one(self, number: int, *, to_staff: bool) -> bool:
        """Pass the oldest one on; False where none waits."""
        async with self._topics.turn if to_staff else nullcontext():
            ticket = await self._ticket(number)
            if ticket is None:
                return False
            now = self._clock()
            relay = await self._database.run(
                lambda connection: relaying.claim(connection, number, to_staff=to_staff, now=now),
                chat=ticket.owner_chat,
            )
            if relay is None:
                return False
            delivery = await (self._to_staff(ticket, relay) if to_staff else self._to_owner(ticket, relay))
        await self._database.run(lambda connection: self._note(connection, ticket, relay, delivery),
                                 chat=ticket.owner_chat)  # fmt: skip
        if delivery.sent is not Sent.DELIVERED:
            await self._tell(ticket, relay, delivery.sent)
        return True

    async def _ticket(self, number: int) -> TicketLine | None:
        return await self._database.run(lambda connection: tickets.by_id(connection, number))

    def _note(self, connection: Connection, ticket: TicketLine, relay: Relay, delivery: Delivery[Json]) -> None:
        now, target = self._clock(), delivery.result["message_id"] if delivery.result else None
        relaying.ended(connection, relay.id, _STATES.get(delivery.sent, "failed"), target, now)
        if relay.to_staff or relay.version:
            return
        here = tickets.by_id(connection, ticket.id)
        if delivery.sent is Sent.DELIVERED and here and here.state != "closed":
            tickets.talk_to(connection, ticket.person_id, "petugas")  # who spoke last is answered
        elif delivery.sent is Sent.BLOCKED:
            people.set_blocked(connection, ticket.owner_chat, now)

    async def _to_staff(self, ticket: TicketLine, relay: Relay) -> Delivery[Json]:
        if relay.version:
            return await self._edit(self._topics.chat_id, relay, {_field(relay): _numbered(ticket, relay)})

        def content(here: TicketLine) -> Json:
            source = {"from_chat_id": here.owner_chat, "message_id": relay.source_id} if relay.kind == "copy" else {}
            return {**source, _field(relay): _numbered(here, relay)}

        return await self._topics.post(ticket, _method(relay), content, opens=relay.kind == "opening")

    async def _to_owner(self, ticket: TicketLine, relay: Relay) -> Delivery[Json]:
        chat_id, translate = ticket.owner_chat, translator(ticket.locale)
        message = helpdesk.from_staff(relay.author, relay.text, ticket.talks_to)
        markup = keyboard(message, self._speaker.callbacks, Reports(0, 0), translate)
        content: Json = {_field(relay): pages(message, translate)[0], "parse_mode": "HTML", "reply_markup": markup}
        if relay.version:
            return await self._edit(chat_id, relay, content)
        if relay.kind == "copy":
            content |= {"from_chat_id": self._topics.chat_id, "message_id": relay.source_id}
        parameters = {"chat_id": chat_id, **content}
        return await self._outgoing.call(
            lambda: call(self._bot, _method(relay), parameters), chat_id, at_most_once=True
        )

    async def _edit(self, chat_id: int, relay: Relay, content: Json) -> Delivery[Json]:
        """Change what was passed on; doing it twice is doing it once."""
        if relay.target_id is None:
            return Delivery(Sent.REFUSED)
        method = "editMessageCaption" if relay.kind == "copy" else "editMessageText"
        parameters = {"chat_id": chat_id, "message_id": relay.target_id, **content}
        return await self._outgoing.call(lambda: call(self._bot, method, parameters), chat_id)

    async def _tell(self, ticket: TicketLine, relay: Relay, sent: Sent) -> None:
        """Its author, that it did not arrive or perhaps did not."""
        if not relay.to_staff:
            await self._topics.say(
                _TO_STAFF.get(sent, _LOST), ticket.thread_id if ticket.chat_id == self._topics.chat_id else None,
                relay.source_id or None,
            )  # fmt: skip
            return
        if sent is Sent.BLOCKED:
            log.error("the bot is not in the staff group: add it as an administrator who may manage topics")
        message = helpdesk.not_arrived(_beginning(relay), sure=sent is not Sent.UNSURE)
        await self.say(ticket, message)

    async def say(self, ticket: TicketLine, message: Message) -> None:
        """Tell the owner something of ours."""
        await self._speaker.say(ticket.owner_chat, Desk(Draft(), locale=ticket.locale), (message,))


def _method(relay: Relay) -> str:
    return "copyMessage" if relay.kind == "copy" else "sendMessage"


def _field(relay: Relay) -> str:
    return "caption" if relay.kind == "copy" else "text"


def _numbered(ticket: TicketLine, relay: Relay) -> str:
    """The text, with the ticket's number where the place does not say it."""
    longest = LONGEST_CAPTION if relay.kind == "copy" else LONGEST_TEXT
    number = f"#{ticket.id} " if relay.kind == "opening" or not ticket.thread_id else ""
    return cut(f"{number}{relay.text}", longest)


def _beginning(relay: Relay) -> str:
    """The first words of a message, to recognise it by; "" where it has none."""
    return cut(helpdesk.own_words(relay.text) if relay.kind == "opening" else relay.text, 80)
