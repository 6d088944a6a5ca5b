"""Keeps in the database when Telegram and the bot were last in touch. Button presses live 150 seconds at Telegram:
after a longer silence everybody gets their open question again with their next message."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from conversations.messages import Message, Paragraph
from conversations.words import T
from storage import pulse
from storage.database import Database
from storage.trouble import DatabaseUnavailableError

_AWAY = Message(
    (
        Paragraph(
            T("Tadi saya sempat terputus. Kalau Anda menekan tombol dan tidak ada balasan, tekan sekali lagi, ya.")
        ),
    )
)

log = structlog.get_logger(__name__)

INTERVAL = timedelta(seconds=30)  # between two writes
TOO_LONG = timedelta(seconds=100)  # a long poll and its answer take 40 at most
TIME_TO_ANSWER = 5.0


class Pulse:
    """The beat of this process. `clock` gives the moment, aware."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._last: datetime | None = None

    async def beat(self) -> None:
        """We are in touch with Telegram: call it before what Telegram brought is handled, as often as you like.

        Returns once the database has answered, if only that it cannot take it now: what hangs here hangs everywhere.
        """
        now = self._clock()
        if self._last is not None and timedelta() <= now - self._last < INTERVAL:
            return
        try:
            silent = await self._database.run(lambda connection: pulse.beat(connection, now))
        except DatabaseUnavailableError as trouble:
            log.warning("the database does not answer", reason=str(trouble))
            return
        self._last = now
        if silent:
            log.warning("the bot was out of touch: open questions are asked again with the next message")

    async def trouble(self) -> str | None:
        """Why the process cannot work now; None when it can. Names neither address nor content."""
        try:
            await asyncio.wait_for(
                self._database.run(lambda connection: connection.execute(select(1))), TIME_TO_ANSWER
            )
        except (TimeoutError, DatabaseUnavailableError):
            return "the database does not answer"
        now = self._clock()
        if self._last is None or now - self._last > TOO_LONG:
            return "Telegram was not reached"
        return None


async def keep_beating(pulse: Pulse, stop: asyncio.Event, progress: Callable[[], None]) -> None:
    """Beat until `stop` is set, for a door at which Telegram knocks: that it did not is no news. What no process saw,
    such as a proxy that was down, is no silence here."""
    while not stop.is_set():
        await pulse.beat()
        progress()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), INTERVAL.total_seconds() / 2)


def after_silence(messages: tuple[Message, ...], question: Callable[[], tuple[Message, ...]]) -> tuple[Message, ...]:
    """What is said to somebody who may have pressed a button in vain: the messages, and the open question below them
    where they do not bring it anew."""
    last = messages[-1] if messages else None
    if last is None or last.place is None or last.edits:
        messages += tuple(message for message in question() if message not in messages)
    return (_AWAY, *messages)
