"""The transaction of one update of a private chat: note it, load what lies before the person, take, write what changed.
Knows no network and sends nothing: what is left to do after the commit is the Outcome."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert
from sqlmodel import col

from bot import commands, helpdesk_owner, languages
from bot.errands import Errand
from bot.helpdesk import Helpdesk
from bot.incoming import Incoming
from bot.moments import Clock, day_of
from bot.pulse import after_silence
from conversations import helpdesk
from conversations.answers import File, Paper, Place
from conversations.choices import YA
from conversations.draft import Draft, changed
from conversations.engine import take
from conversations.form import Form
from conversations.messages import Go, Message
from conversations.replies import Again, Command, Pressed, Reply, Typed
from conversations.sections import persetujuan
from locales import SOURCE
from storage import arrivals, people, reminder_plans, reports
from storage.codes import search_codes
from storage.files import Stored
from storage.reports import Desk
from storage.tables import StoredFile

Asked = tuple[Place, int]
"""A question and the Telegram id of the message that first asked it; 0 where that was before our time."""

_SUGGESTED = 6  # codes for a word: buttons that a small phone shows at once


class Given(NamedTuple):
    """What a turn begins with: what arrived, and as a `reply` of the form's, its file fetched and `stored`; from the
    chat's last turn, where that is remembered, the desk as it was `kept` and the question that was `asked`."""

    arrived: Incoming
    reply: Reply
    stored: Stored | None
    kept: Desk | None
    asked: Asked | None


class Outcome(NamedTuple):
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


class Turns:
    """Applies updates. `clock` gives the moment, aware; `helpdesk` is None where no staff group is configured."""

    def __init__(self, form: Form, clock: Clock, helpdesk: Helpdesk | None) -> None:
        self._form, self._clock, self._helpdesk = form, clock, helpdesk

    def apply(self, connection: Connection, given: Given) -> Outcome:
        """After a silence of the bot the first message gets the open question, whatever else."""
        outcome = self._applied(connection, given)
        if outcome.desk.person_id is None or not outcome.desk.interrupted:
            return outcome
        people.asked_again(connection, outcome.desk.person_id)

        def question() -> tuple[Message, ...]:
            return self.again(connection, given.arrived.chat_id).messages

        return outcome._replace(messages=after_silence(outcome.messages, question))

    def again(self, connection: Connection, chat_id: int) -> Outcome:
        """The open question once more, of nobody's doing."""
        return self._turn(connection, reports.load(connection, chat_id), Again(), chat_id, self._clock())

    def _applied(self, connection: Connection, given: Given) -> Outcome:
        """Note the update, load, take, write what changed. A repeat changes nothing."""
        arrived, reply, stored = given.arrived, given.reply, given.stored
        now = self._clock()
        first = arrivals.mark(connection, arrived.update_id, now)
        desk = reports.load(connection, arrived.chat_id, kept=given.kept)
        if desk.blocked:  # who writes has let us in again, whether or not Telegram has told us
            people.set_blocked(connection, arrived.chat_id, None)
        name = _command(reply)
        if name:
            desk, reply = languages.at_consent(desk, reply, name)
        if not first:
            waste = (File(stored.id, stored.kind, stored.size),) if stored else ()
            return Outcome(
                desk, self._turn(connection, desk, Again(), arrived.chat_id, now).messages, waste, repeated=True
            )
        if desk.person_id is None and name == "bahasa":
            return Outcome(desk, (languages.choice(desk.locale, stranger=True),))
        if desk.person_id is not None and (
            done := (self._helpdesk and self._helpdesk.apply(connection, desk, arrived, name, now))
            or (name and commands.apply(connection, self._form, desk, arrived.chat_id, name, now))
        ):
            here = reports.load(connection, arrived.chat_id)
            after = self._turn(connection, here, Again(), arrived.chat_id, now) if done.asks_again else None
            spoken = here if here.person_id is not None else here._replace(locale=desk.locale)
            messages = (*done.messages, *(after.messages if after else ()))
            waste = (*done.waste, *((File(stored.id, stored.kind, stored.size),) if stored else ()))
            return Outcome(spoken, messages, waste, done.menu, errand=done.errand)
        desk = helpdesk_owner.to_report(connection, desk)
        read = languages.understood(_checked(reply, arrived, desk), self._form, desk, now)
        return self._turn(connection, _unseen(given.asked, reply, desk), read, arrived.chat_id, now, stored)

    def _turn(
        self,
        connection: Connection,
        desk: Desk,
        reply: Reply,
        chat_id: int,
        now: datetime,
        stored: Stored | None = None,
    ) -> Outcome:
        def lookup(scheme: str, text: str) -> tuple[tuple[str, str], ...]:
            return search_codes(connection, scheme, text, limit=_SUGGESTED)

        turn = take(self._form, desk.draft, reply, day_of(now, desk), lookup, desk.walk)
        new = desk.person_id is None
        if new:
            answer = turn.draft.answers.get(languages.CONSENT)
            if answer is None or answer.value != YA:
                return Outcome(desk, languages.to_stranger(turn.messages, desk.locale))
            desk = people.register(connection, self._form, desk, chat_id, persetujuan.VERSION, now)
        differ = changed(desk.draft.answers, turn.draft.answers)
        kept = _files(turn.draft, differ)
        waste = _files(desk.draft, differ) - kept
        if stored:
            file = File(stored.id, stored.kind, stored.size)
            if file in kept:
                row = {"id": stored.id, "kind": stored.kind, "size": stored.size, "sha256": stored.sha256}
                connection.execute(insert(StoredFile).values(**row, report_id=desk.report_id, at=now))
            else:
                waste |= {file}
        for file in waste:
            connection.execute(delete(StoredFile).where(col(StoredFile.id) == file.id))
        after = reports.save(connection, self._form, desk, turn.draft, differ, turn.state, now, turn.walk)
        reminder_plans.follow(connection, desk, turn.draft, now)
        return Outcome(
            after,
            helpdesk.beside(turn.messages, desk.talks_to),
            tuple(waste),
            menu=new and desk.locale != SOURCE,
            asks_new=turn.draft.shown != desk.draft.shown,
        )


def _files(draft: Draft, places: set[Place]) -> set[File]:
    """The files that a draft needs for the answers in these places."""
    found: set[File] = set()
    for place in places:
        answer = draft.answers.get(place)
        if answer is not None and isinstance(answer.value, Paper):
            found.update(answer.value.kept)
    return found


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


def _unseen(asked: Asked | None, reply: Reply, desk: Desk) -> Desk:
    """The desk as it was for somebody who typed before the open question reached them: their text answers nothing. What
    was asked is kept in memory only: an update that a crash leaves over is asked about anew."""
    place, message_id = asked or (None, 0)
    early = isinstance(reply, Typed) and reply.message_id is not None and reply.message_id < message_id
    if not early or place != desk.draft.shown:
        return desk
    return desk._replace(draft=desk.draft._replace(shown=Place(people.NOWHERE)))
