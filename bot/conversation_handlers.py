"""Asks each question and keeps each answer: one update in, one transaction, then the words.

Not python-telegram-bot's class of that name: its position lives in memory and is flushed outside our transaction.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from secrets import token_hex

import structlog
from sqlalchemy import Connection, delete, insert
from sqlmodel import col

from bot import commands, helpdesk_owner, languages, scan
from bot.announcing import Announcer
from bot.errands import Errand
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
from bot.pulse import Pulse, after_silence
from bot.recent import Recent
from bot.reminder_job import ReminderJob
from bot.speaking import Speaker
from conversations import helpdesk
from conversations.answers import File, Paper, Place
from conversations.choices import YA
from conversations.draft import Draft
from conversations.engine import expects_file, take
from conversations.form import Form
from conversations.messages import Go, Message
from conversations.replies import Again, Command, Other, Pressed, Refused, Reply, Typed, Uploaded
from conversations.sections import persetujuan
from locales import SOURCE
from storage import files, people, reminder_plans, reports
from storage.codes import search_codes
from storage.database import Database
from storage.reports import Desk
from storage.tables import StoredFile
from storage.trouble import DatabaseUnavailableError

log = structlog.get_logger(__name__)

CHATS = 1000  # whose answers stay in memory, 85 kB each: as many as Telegram lets answer in half a minute
_SUGGESTED = 6  # codes for a word: buttons that a small phone shows at once


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a committed update leaves to do: words to say from this desk, files nobody needs any more, whether the
    menu is to be shown in another language, whether another question is open than before, whether the update had
    been applied before, what is to be done in the staff group."""

    desk: Desk
    messages: tuple[Message, ...]
    waste: tuple[File, ...] = ()
    menu: bool = False
    asks_new: bool = False
    repeated: bool = False
    errand: Errand | None = None


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
        self.reminder_job = reminder_job
        self.pulse, self.metrics = Pulse(database, clock), Metrics(database, clock)
        self._asked: Recent[tuple[Place, int]] = Recent(CHATS)
        self._desks: Recent[Desk] = Recent(CHATS)

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
        if arrived.query_id:
            await self._speaker.acknowledge(arrived.query_id)
        reply, stored = await self._with_file(arrived)
        kept = self._desks.get(arrived.chat_id)
        outcome = await self._database.run(
            lambda connection: self._work(connection, arrived, reply, stored, kept), chat=arrived.chat_id
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
        return outcome.repeated

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

    def _unseen(self, chat_id: int, reply: Reply, desk: Desk) -> Desk:
        """The desk as it was for somebody who typed before the open question reached them: their text answers
        nothing. What was asked is kept in memory only: an update that a crash leaves over is asked about anew."""
        place, message_id = self._asked.get(chat_id) or (None, 0)
        early = isinstance(reply, Typed) and reply.message_id is not None and reply.message_id < message_id
        if not early or place != desk.draft.shown:
            return desk
        return replace(desk, draft=replace(desk.draft, shown=Place(people.NOWHERE)))

    async def _with_file(self, arrived: Incoming) -> tuple[Reply, files.Stored | None]:
        """The reply, with a sent file fetched and stored where the open question asks for one."""
        sent = arrived.reply
        if not isinstance(sent, SentFile):
            return sent, None
        desk = await self._database.run(lambda c: reports.load(c, arrived.chat_id), chat=arrived.chat_id)
        if desk.talks_to in {"menulis", "petugas"} or not expects_file(
            self._form, desk.draft, day_of(self._clock(), desk)
        ):
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

    def _work(
        self, connection: Connection, arrived: Incoming, reply: Reply, stored: files.Stored | None, kept: Desk | None
    ) -> Outcome:
        """The transaction. After a silence of the bot the first message gets the open question, whatever else."""
        outcome = self._applied(connection, arrived, reply, stored, kept)
        if outcome.desk.person_id is None or not outcome.desk.interrupted:
            return outcome
        people.asked_again(connection, outcome.desk.person_id)

        def question() -> tuple[Message, ...]:
            here = reports.load(connection, arrived.chat_id)
            return self._turn(connection, here, Again(), arrived, self._clock()).messages

        return replace(outcome, messages=after_silence(outcome.messages, question))

    def _applied(
        self, connection: Connection, arrived: Incoming, reply: Reply, stored: files.Stored | None, kept: Desk | None
    ) -> Outcome:
        """Note the update, load, take, write what changed. A repeat changes nothing."""
        now = self._clock()
        first = people.mark(connection, arrived.update_id, now)
        desk = reports.load(connection, arrived.chat_id, kept=kept)
        if desk.blocked:  # who writes has let us in again, whether or not Telegram has told us
            people.set_blocked(connection, arrived.chat_id, None)
        name = _command(reply)
        desk, reply = languages.at_consent(desk, reply, name)
        if not first:
            waste = (File(stored.id, stored.kind, stored.size),) if stored else ()
            return Outcome(desk, self._turn(connection, desk, Again(), arrived, now).messages, waste, repeated=True)
        if desk.person_id is None and name == "bahasa":
            return Outcome(desk, (languages.choice(desk.locale, stranger=True),))
        if desk.person_id is not None and (
            done := (self._helpdesk and self._helpdesk.apply(connection, desk, arrived, name, now, day_of(now, desk)))
            or commands.apply(connection, self._form, desk, arrived.chat_id, name, now)
        ):
            here = reports.load(connection, arrived.chat_id)
            after = self._turn(connection, here, Again(), arrived, now) if done.asks_again else None
            spoken = here if here.person_id is not None else replace(here, locale=desk.locale)
            messages = (*done.messages, *(after.messages if after else ()))
            waste = (*done.waste, *((File(stored.id, stored.kind, stored.size),) if stored else ()))
            return Outcome(spoken, messages, waste, done.menu, errand=done.errand)
        desk = helpdesk_owner.to_report(connection, desk)
        read = languages.understood(_checked(reply, arrived, desk), self._form, desk, day_of(now, desk))
        return self._turn(connection, self._unseen(arrived.chat_id, reply, desk), read, arrived, now, stored)

    def _turn(
        self,
        connection: Connection,
        desk: Desk,
        reply: Reply,
        arrived: Incoming,
        now: datetime,
        stored: files.Stored | None = None,
    ) -> Outcome:
        def lookup(scheme: str, text: str) -> tuple[tuple[str, str], ...]:
            return search_codes(connection, scheme, text, limit=_SUGGESTED)

        turn = take(self._form, desk.draft, reply, day_of(now, desk), lookup, desk.walk)
        new = desk.person_id is None
        if new:
            answer = turn.draft.answers.get(languages.CONSENT)
            if answer is None or answer.value != YA:
                return Outcome(desk, languages.to_stranger(turn.messages, desk.locale))
            desk = people.register(connection, self._form, desk, arrived.chat_id, persetujuan.VERSION, now)
        kept = _files(turn.draft, desk.draft)
        waste = _files(desk.draft, turn.draft) - kept
        if stored:
            file = File(stored.id, stored.kind, stored.size)
            if file in kept:
                row = {"id": stored.id, "kind": stored.kind, "size": stored.size, "sha256": stored.sha256}
                connection.execute(insert(StoredFile).values(**row, report_id=desk.report_id, at=now))
            else:
                waste |= {file}
        for file in waste:
            connection.execute(delete(StoredFile).where(col(StoredFile.id) == file.id))
        after = reports.save(connection, self._form, desk, turn.draft, turn.state, now, turn.walk)
        reminder_plans.follow(connection, desk, turn.draft, now)
        return Outcome(
            after,
            helpdesk.beside(turn.messages, desk.talks_to),
            tuple(waste),
            menu=new and desk.locale != SOURCE,
            asks_new=turn.draft.shown != desk.draft.shown,
        )


def _files(draft: Draft, other: Draft) -> set[File]:
    """The files that a draft needs for the answers that are not the very same in the other one."""
    if draft.answers is other.answers:
        return set()
    papers = [
        a.value for p, a in draft.answers.items() if other.answers.get(p) is not a and isinstance(a.value, Paper)
    ]
    return {file for paper in papers for file in paper.kept}


def _command(reply: Reply) -> str:
    """The command a reply stands for, "" where it stands for none. A time typed behind /pengingat belongs to it."""
    if isinstance(reply, Command):
        return f"{reply.name}:{reply.words}" if reply.name == "pengingat" and reply.words else reply.name
    return reply.effect.command if isinstance(reply, Pressed) and isinstance(reply.effect, Go) else ""


def _checked(reply: Reply, arrived: Incoming, desk: Desk) -> Reply:
    """A pressed button of another report says so instead of acting."""
    own = {0, desk.profile_id, desk.report_id}
    if isinstance(reply, Pressed) and arrived.report_id not in own:
        return replace(reply, stale=True)
    return reply
