"""Asks each question and keeps each answer: one update in, one transaction, then the words.

Not python-telegram-bot's class of that name: its position lives in memory and is flushed outside our transaction.
"""

import asyncio
from pathlib import Path
from secrets import token_hex

import structlog
from sqlalchemy import Connection

from bot import scan
from bot.announcing import Announcer
from bot.helpdesk import Helpdesk
from bot.incoming import (
    LARGEST_DOWNLOAD,
    Incoming,
    MalformedUpdateError,
    Membership,
    Raw,
    SentFile,
    incoming,
    membership,
)
from bot.metrics import Metrics
from bot.moments import Clock, day_of
from bot.outgoing import Sent
from bot.process_metrics import ANSWER_SECONDS, UPDATES
from bot.pulse import Pulse
from bot.recent import Recent
from bot.reminder_job import ReminderJob
from bot.speaking import Speaker
from bot.turns import Asked, Given, Outcome, Turns
from conversations.answers import File
from conversations.engine import expects_file
from conversations.form import Form
from conversations.messages import Message, Paragraph
from conversations.replies import Other, Refused, Reply, Uploaded
from conversations.words import T
from storage import files, people, reports
from storage.arrivals import Arrival
from storage.database import Database
from storage.reports import Desk
from storage.trouble import DatabaseUnavailableError

log = structlog.get_logger(__name__)

_TOGETHER = Message((Paragraph(T("Pesan Anda datang banyak sekaligus, jadi tidak saya jawab satu per satu.")),))
CHATS = 1000  # whose answers stay in memory, 85 kB each: as many as Telegram lets answer in half a minute


class Handlers:
    """Everything an update can be to us. `clock` gives the moment, aware; `files_dir` keeps what people send.
    `reminder_job`: what is said unasked; whoever opens a door lets it run beside it. `helpdesk` is None where no staff
    group is configured."""

    def __init__(
        self,
        database: Database,
        form: Form,
        speaker: Speaker,
        files_dir: Path,
        clock: Clock,
        announcer: Announcer,
        reminder_job: ReminderJob,
        helpdesk: Helpdesk | None = None,
    ) -> None:
        self._database, self._form, self._speaker = database, form, speaker
        self._files_dir, self._clock, self._announcer, self._helpdesk = files_dir, clock, announcer, helpdesk
        self._turns = Turns(form, clock, helpdesk)
        self.reminder_job = reminder_job
        self.pulse, self.metrics = Pulse(database, clock), Metrics(database, clock)
        self._asked: Recent[Asked] = Recent(CHATS)
        self._desks: Recent[Desk] = Recent(CHATS)
        self._flooding: set[int] = set()
        self._answering: set[asyncio.Task[None]] = set()

    async def handle(self, update: Raw) -> None:
        """Apply one update, as Telegram sent it, and answer it. Our mistakes become a reference number.

        Raises DatabaseUnavailableError alone: nobody has heard anything, hand the same update over again. Anything
        else that is raised is a mistake here.
        """
        arrived = None
        try:
            if change := membership(update):
                await self._membership(change)
                return
            if await self._announcer.handle(update) or (self._helpdesk and await self._helpdesk.handle(update)):
                UPDATES["answered"].inc()
                return
            arrived = incoming(update, self._speaker.callbacks)
            if arrived is None:
                UPDATES["passed_over"].inc()
                return
            with ANSWER_SECONDS.time():
                repeated = await self._answer(arrived)
            UPDATES["repeated" if repeated else "answered"].inc()
        except DatabaseUnavailableError:
            UPDATES["postponed"].inc()
            raise
        except MalformedUpdateError as error:
            UPDATES["malformed"].inc()
            log.error("malformed update", update_id=update.get("update_id"), place=error.place)
        except Exception:
            UPDATES["failed"].inc()
            reference = token_hex(4)
            log.exception("an update failed", reference=reference, update_id=update.get("update_id"))
            if arrived:
                sent = await self._speaker.apologise(arrived.chat_id, reference)
                await self._note(arrived, sent)

    def arrives(self, chat_id: int) -> None:
        """For the polling door: an update of this chat has come and will be handed over in its turn. The webhook needs it
        not: there Telegram brings a chat's updates one by one, beside those of others."""
        self._speaker.arrives(chat_id)

    async def rest(self) -> None:
        """Return when nothing is on its way between owners and staff."""
        if self._helpdesk:
            await self._helpdesk.relays.rest()

    async def _membership(self, change: Membership) -> None:
        at = self._clock() if change.gone else None
        if change.private:
            await self._database.run(
                lambda connection: people.set_blocked(connection, change.chat_id, at), chat=change.chat_id
            )

    async def _answer(self, arrived: Incoming) -> bool:
        """Apply and answer; True for what had been applied before."""
        if arrived.query_id and arrived.chat_id not in self._flooding:
            await self._speaker.acknowledge(arrived.query_id)
        reply, stored = await self._with_file(arrived)
        given = Given(arrived, reply, stored, self._desks.get(arrived.chat_id), self._asked.get(arrived.chat_id))
        outcome = await self._database.run(
            lambda connection: self._turns.apply(connection, given),
            chat=arrived.chat_id,
            arrival=Arrival(arrived.update_id, arrived.chat_id),
        )
        if outcome.desk.person_id is None:
            self._desks.drop(arrived.chat_id)
        else:
            self._desks.keep(arrived.chat_id, outcome.desk)
        for file in outcome.waste:
            files.delete(self._files_dir, file.id, file.kind)
        said = await self._speaker.say(arrived.chat_id, outcome.desk, outcome.messages, arrived.message_id)
        self._note_asked(arrived.chat_id, outcome, said.message_id)
        if outcome.errand and self._helpdesk:
            await self._helpdesk.run(outcome.errand)
        if outcome.menu:
            await self._speaker.show_menu(arrived.chat_id, outcome.desk.locale)
        await self._note(arrived, said.sent)
        if said.sent is Sent.HELD_BACK and arrived.chat_id not in self._flooding:
            self._flooding.add(arrived.chat_id)
            task = asyncio.create_task(self._answer_together(arrived.chat_id))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)
        return outcome.repeated

    async def _answer_together(self, chat_id: int) -> None:
        """One answer for all that came at once, when that has ended. In memory only: a row says what had none."""
        try:
            await self._speaker.calm(chat_id)
            self._flooding.discard(chat_id)  # what is held back from here on is answered by the next of these
            outcome = await self._database.run(
                lambda connection: self._turns.again(connection, chat_id), chat=chat_id
            )
            said = await self._speaker.say(chat_id, outcome.desk, (_TOGETHER, *outcome.messages))
            if said.sent not in {Sent.DELIVERED, Sent.UNSURE}:
                await self._database.run(
                    lambda connection: people.not_reached(connection, chat_id, None), chat=chat_id
                )
        except Exception:
            self._flooding.discard(chat_id)
            log.exception("nobody was told that their messages were answered together")

    async def _note(self, arrived: Incoming, sent: Sent) -> None:
        """Write down that the answer did not, or may not, have arrived."""

        def work(connection: Connection) -> None:
            now = self._clock()
            people.unanswered(connection, arrived.update_id, arrived.chat_id, sent.value, now)
            if sent is not Sent.UNSURE:
                people.not_reached(connection, arrived.chat_id, now if sent is Sent.BLOCKED else None)

        if sent is not Sent.DELIVERED:
            await self._database.run(work, chat=arrived.chat_id)

    def _note_asked(self, chat_id: int, outcome: Outcome, message_id: int | None) -> None:
        """Remember which message first asked the question that is open now; 0 where that was before our time."""
        place = outcome.messages[-1].place if outcome.messages else None
        if place is None or message_id is None:
            self._asked.drop(chat_id)
        elif (self._asked.get(chat_id) or (None, 0))[0] != place:
            self._asked.keep(chat_id, (place, message_id if outcome.asks_new else 0))

    async def _with_file(self, arrived: Incoming) -> tuple[Reply, files.Stored | None]:
        """The reply, with a sent file fetched and stored where the open question asks for one."""
        sent = arrived.reply
        if not isinstance(sent, SentFile):
            return sent, None
        desk = await self._database.run(lambda c: reports.load(c, arrived.chat_id), chat=arrived.chat_id)
        expected = expects_file(self._form, desk.draft, day_of(self._clock(), desk))
        if desk.talks_to in {"menulis", "petugas"} or not expected or arrived.chat_id in self._flooding:
            return Other(sent.kind), None
        if sent.size > LARGEST_DOWNLOAD:
            return Refused("TOO_LARGE"), None
        data = await self._speaker.fetch(sent.file_id)
        if data is None:
            return Refused("NOT_FETCHED"), None
        found = await scan.made([data])
        if isinstance(found, scan.Trouble):
            return Refused(found.name), None
        stored = files.save(self._files_dir, found.page or found.pdf)
        if isinstance(stored, files.Refused):
            return Refused(stored.reason.name), None
        file = File(stored.id, stored.kind, stored.size, sent.message_id, found.pages)
        return Uploaded(file, sent.message_id), stored
