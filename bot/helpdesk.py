"""The helpdesk: updates of the staff group in, owners' questions out. Where the parts of it meet: who acts, what the
transaction does, what is sent after it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import holidays
import structlog
from sqlalchemy import Connection

from bot import helpdesk_lists, helpdesk_owner, helpdesk_staff
from bot.calls import Json
from bot.commands import Done
from bot.errands import Errand
from bot.helpdesk_owner import Asking
from bot.helpdesk_staff import Heard
from bot.incoming import Incoming, Raw
from bot.moments import day_of
from bot.relays import Relays
from bot.speaking import Speaker
from bot.staff import Staff
from bot.topics import Topics
from conversations.form import Form
from conversations.office_hours import expected
from conversations.replies import Command
from conversations.route import walk
from conversations.words import Words
from storage import arrivals
from storage.database import Database
from storage.reports import Desk
from storage.statistics import figures

log = structlog.get_logger(__name__)

_WIB = ZoneInfo("Asia/Jakarta")
_GROUPS = ("group", "supergroup")
_IN_PRIVATE = ("tiket", "statistik")  # commands that staff may give in their own chat, where no ticket is at hand
_HOLIDAYS = holidays.country_holidays("ID", categories=("public", "government"))


class Helpdesk:
    """One staff group. `clock` gives the moment, aware."""

    def __init__(
        self,
        database: Database,
        form: Form,
        topics: Topics,
        relays: Relays,
        speaker: Speaker,
        staff: Staff,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._form, self._topics, self.relays = database, form, topics, relays
        self._speaker = speaker
        self._staff, self._clock = staff, clock

    async def start(self) -> None:
        """Find the group and go on with what waits."""
        await self._topics.start()
        await self.relays.start()

    async def close(self) -> None:
        """Let what is being sent arrive."""
        await self.relays.close()

    async def handle(self, update: Raw) -> bool:
        """Whether the update was one of a group, or a staff member's command in their own chat. What the staff group
        says is carried out; all other groups are ignored."""
        return await self._private(update) or await self._group(update)

    async def _group(self, update: Raw) -> bool:
        message, edited = _message(update)
        chat = message.get("chat", {})
        if chat.get("type") not in _GROUPS:
            return False
        if chat["id"] != self._topics.chat_id:
            return True
        if new_id := message.get("migrate_to_chat_id"):
            await self._topics.moved(new_id)
            return True
        self._topics.seen(chat)
        staff = Staff(self._staff.ids, self._topics.chat_id)
        if "callback_query" not in update and staff.acts(update):
            await self._heard(update["update_id"], message, edited=edited)
        return True

    async def _heard(self, update_id: int, message: Json, *, edited: bool) -> None:
        now, group = self._clock(), self._topics.chat_id

        def work(connection: Connection) -> Heard:
            if not arrivals.mark(connection, update_id, now):
                return Heard()
            return helpdesk_staff.heard(connection, group, message, now, edited=edited)

        done = await self._database.run(work, chat=group)
        ticket, answer = done.ticket, await self._answer(done, now)
        if ticket and done.reopens:
            await self._topics.reopen(ticket)
        if ticket and done.relays:
            self.relays.wake(ticket.id, to_staff=False)
        if ticket and done.owner:
            await self.relays.say(ticket, done.owner)
        if answer:
            thread = message.get("message_thread_id") if message.get("is_topic_message") else None
            await self._topics.say(answer, thread, message["message_id"])
        if ticket and done.closes:
            await self._topics.close(ticket)

    async def _private(self, update: Raw) -> bool:
        message, edited = _message(update)
        name = str(message.get("text", "")).removeprefix("/").strip().lower()
        if edited or name not in _IN_PRIVATE or message["chat"]["type"] != "private" or not self._staff.acts(update):
            return False
        now, group = self._clock(), self._topics.chat_id
        command = {"text": f"/{name}", "from": message["from"]}

        def work(connection: Connection) -> Heard:
            return helpdesk_staff.heard(connection, group, command, now, edited=False)

        await self._speaker.tell(message["chat"]["id"], await self._answer(await self._database.run(work), now))
        return True

    async def _answer(self, done: Heard, now: datetime) -> str:
        """What staff are told. Figures are counted outside the turn of the group: that may take seconds."""
        if not done.wants_figures:
            return done.answer
        found = await self._database.read(lambda connection: figures(connection, now))
        return helpdesk_lists.statistics(found, self._form, now)

    def apply(self, connection: Connection, desk: Desk, arrived: Incoming, name: str, now: datetime) -> Done | None:
        """What of the owner's update is about staff, done; None where it is for the report."""
        asking = self._asking(desk, now)
        if name:
            words = arrived.reply.words if isinstance(arrived.reply, Command) else ""
            return helpdesk_owner.commanded(connection, asking, name, words)
        if arrived.message is None:
            return None
        return helpdesk_owner.heard(connection, asking, arrived.message, edited=arrived.edited)

    def _asking(self, desk: Desk, now: datetime) -> Asking:
        def hours() -> Words:
            return expected(now.astimezone(_WIB), _HOLIDAYS)

        return Asking(desk, lambda: walk(self._form, desk.draft, day_of(now, desk)), now, hours)

    async def run(self, errand: Errand) -> None:
        """Do in the group what the owner's update left to do."""
        if errand.reopens:
            await self._topics.reopen(errand.ticket)
        if errand.tell:
            await self._topics.tell(errand.ticket, errand.tell)
        if errand.closes:
            await self._topics.close(errand.ticket)
        self.relays.wake(errand.ticket.id, to_staff=True)


def _message(update: Raw) -> tuple[Json, bool]:
    """The message an update is about, and whether it was edited; that of a press is the one pressed."""
    if edited := update.get("edited_message"):
        return edited, True
    message = update.get("message") or update.get("callback_query", {}).get("message") or update.get("my_chat_member")
    return message or {}, False
