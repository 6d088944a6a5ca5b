"""What the bot says of its own accord: each minute what is due is queued, then said in the slow lane, each thing at
most once. What it says is made when it is sent, from the report as it then is; where a person is in the form stays."""

import asyncio
from datetime import timedelta
from math import ceil

import structlog
import telegram
from sqlalchemy import Connection
from telegram.error import RetryAfter

from bot.announcing import announcement
from bot.callbacks import Callbacks
from bot.calls import Json, call
from bot.moments import Clock, day_of
from bot.outgoing import SURELY_NOT_SENT, Outgoing, Sent
from bot.pacing import Lane
from bot.render import Reports, keyboard, pages
from conversations.form import Form
from conversations.messages import Message
from conversations.reminder_words import reminder
from conversations.reminders import awake
from conversations.route import walk
from locales import translator
from storage import announcements, people, reminders, reports
from storage.database import Database
from storage.reminders import ANNOUNCEMENT, Held
from storage.trouble import DatabaseUnavailableError

log = structlog.get_logger(__name__)

MINUTE = timedelta(minutes=1)
AT_ONCE = Lane.BROADCAST.value  # held together: a second's worth, so that little is in the air when we are killed
TIME_TO_STOP = 3  # seconds for what is in the air to be told


class ReminderJob:
    """The loop beside the doors. `clock` gives the moment, aware."""

    def __init__(
        self,
        bot: telegram.Bot,
        database: Database,
        outgoing: Outgoing,
        form: Form,
        callbacks: Callbacks,
        clock: Clock,
    ) -> None:
        self._bot, self._database, self._outgoing = bot, database, outgoing
        self._form, self._callbacks, self._clock = form, callbacks, clock
        self._stopping = False

    async def run(self, stop: asyncio.Event) -> None:
        """Work each minute until `stop` is set. Trouble with the database or of our own ends one minute's work, not
        the loop."""
        stopped = asyncio.create_task(stop.wait())
        while not stop.is_set():
            working = asyncio.create_task(self._minute())
            await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
            self._stopping = stop.is_set()
            if self._stopping:
                await asyncio.wait({working}, timeout=TIME_TO_STOP)
                working.cancel()
            await asyncio.wait({working})
            if not self._stopping and not working.result():
                rest = MINUTE.total_seconds() - self._clock().timestamp() % MINUTE.total_seconds()
                await asyncio.wait({stopped}, timeout=rest)

    async def _minute(self) -> bool:
        try:
            return await self.tick()
        except DatabaseUnavailableError as trouble:
            log.warning("reminders wait for the database", reason=str(trouble))
        except Exception:
            log.exception("a minute of reminders failed")
        return False

    async def tick(self) -> bool:
        """Queue what is due, then say what waits, the most urgent first, for a minute at most. True: more waits."""
        begun = self._clock()
        await self._fill()
        while not self._stopping:
            if self._clock() - begun >= MINUTE:
                return True
            held = await self._database.run(self._next)
            if not held:
                return False
            await asyncio.gather(*map(self._send, held))
        return False

    async def _fill(self) -> None:
        """Queue all that is due, a batch at a time, so that answers come in between; where another process is at it, leave
        it to that one."""
        queued = 0
        while not self._stopping:
            batch = await self._database.run(self._batch)
            if batch is None:
                break
            queued += batch
        if queued:
            log.info("reminders queued", count=queued, minutes=ceil(queued / Lane.BROADCAST.value / 60))

    def _next(self, connection: Connection) -> list[Held]:
        now = self._clock()
        unsure = reminders.give_up(connection, now)
        if unsure:
            log.warning("nobody knows whether these reminders arrived", count=unsure)
        return reminders.hold(connection, awake(now), now, AT_ONCE)

    def _batch(self, connection: Connection) -> int | None:
        if not reminders.fills_alone(connection):
            return None
        now = self._clock()
        queued = reminders.fill(connection, self._form.scheme, now)
        return announcements.fill(connection, now) if queued is None else queued

    async def _send(self, held: Held) -> None:
        """Say one, and write down what became of it."""

        async def send() -> Json | None:
            words = await self._database.run(lambda c: self._words(c, held), chat=held.chat_id)
            if words is None:
                return None
            try:
                sent: Json = await call(self._bot, "sendMessage", words)
            except (RetryAfter, *SURELY_NOT_SENT):
                await self._database.run(lambda c: reminders.give_back(c, held, self._clock()))
                raise
            return sent

        try:
            delivery = await self._outgoing.call(send, held.chat_id, Lane.BROADCAST, at_most_once=True)
            if delivery.result or delivery.sent in _ENDS:
                await self._database.run(lambda c: self._end(c, held, delivery.sent), chat=held.chat_id)
        except DatabaseUnavailableError as trouble:
            log.warning("a reminder waits for the database", reason=str(trouble))
        except Exception:
            log.exception("a reminder failed", kind=held.kind)
            await self._database.run(lambda c: reminders.end(c, held, "dead"))

    def _end(self, connection: Connection, held: Held, sent: Sent) -> None:
        reminders.end(connection, held, _ENDS.get(sent, "sent"))
        if sent is Sent.BLOCKED:
            people.set_blocked(connection, held.chat_id, self._clock())

    def _words(self, connection: Connection, held: Held) -> Json | None:
        """The parameters of what to say now; None where there is no reason any more, or somebody else has said it."""
        now = self._clock()
        if not reminders.start(connection, held, awake(now), now):
            return None
        report_id, state = reminders.report_about(connection, held.person_id, held.about)
        desk = reports.load(connection, held.chat_id, report_id)
        message: Message | None
        if held.kind == ANNOUNCEMENT:
            message = announcement(announcements.text_of(connection, int(held.about)) or "")
        else:
            period = self._form.scheme.period(held.about.partition(":")[2])
            today = day_of(now, desk)
            report = walk(self._form, desk.draft, today) if report_id else None
            opens = f"buka:{report_id}" if report_id else "laporan_baru"
            message = reminder(period, today, report, state, opens) if period else None
        if message is None:
            reminders.end(connection, held, "dead")
            return None
        translate = translator(desk.locale)
        owners = Reports(desk.profile_id, desk.report_id)
        text = pages(message, translate)[0]
        markup = keyboard(message, self._callbacks, owners, translate)
        said: Json = {"chat_id": held.chat_id, "text": text, "parse_mode": "HTML"}
        return {**said, "reply_markup": markup} if markup else said


# Not sent for certain: it waits again. Delivered: sent.
_ENDS = {Sent.UNSURE: "unsure", Sent.BLOCKED: "dead", Sent.REFUSED: "dead"}
