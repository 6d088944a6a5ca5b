"""The composition root: which parts make the running bot. It reads like a table of contents."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import telegram
from telegram.request import BaseRequest

from bot.announcing import Announcer
from bot.commands import MENU
from bot.conversation_handlers import Handlers
from bot.doors.polling import poll
from bot.moments import Clock, day_of
from bot.outgoing import Outgoing
from bot.pacing import Pacing
from bot.reminder_job import ReminderJob
from bot.speaking import Speaker
from bot.staff import NOBODY, Staff
from conversations.periods import scheme
from conversations.sections import laporan_produksi
from storage import codes, files, people
from storage.database import Database
from storage.reports import Desk

ANOTHER_SAVES = 3600.0  # seconds: a file without a row that is younger may be another process's, saving it now


def now() -> datetime:
    """The moment, in UTC: the clock of a real process."""
    return datetime.now(UTC)


@asynccontextmanager
async def running(
    bot: telegram.Bot,
    database_url: str,
    files_dir: Path,
    calendar: str = "semester",
    clock: Clock = now,
    pacing: Pacing | None = None,
    staff: Staff = NOBODY,
) -> AsyncIterator[Handlers]:
    """The handlers on an open database, with the menu set; closes everything behind itself."""
    form = laporan_produksi(scheme(calendar))

    def today(desk: Desk) -> date:
        return day_of(clock(), desk)

    async with Database(database_url) as database, bot:
        await database.run(codes.warm)
        age = 0 if database_url.startswith("sqlite") else ANOTHER_SAVES
        files.sweep(files_dir, await database.run(people.file_ids), age)
        outgoing = Outgoing(pacing)
        speaker = Speaker(bot, outgoing, form, today)
        await outgoing.call(lambda: bot.set_my_commands(MENU), None)
        announcer = Announcer(bot, database, outgoing, staff, clock)
        reminder_job = ReminderJob(bot, database, outgoing, form, speaker.callbacks, clock)
        yield Handlers(database, form, speaker, files_dir, clock, announcer, reminder_job)


async def serve(bot: telegram.Bot, handlers: Handlers, stop: asyncio.Event) -> None:
    """Fetch and answer updates, and remind, until `stop` is set. A webhook of an earlier life would keep them from us."""
    await bot.delete_webhook()
    # Modules, form and lists live to the end: looked through again and again, they stop every answer for 60 ms.
    gc.collect()
    gc.freeze()
    reminding = asyncio.create_task(handlers.reminder_job.run(stop))
    try:
        await poll(bot, handlers.handle, stop)
    finally:
        if not stop.is_set():
            reminding.cancel()
        await asyncio.wait({reminding})


def client(token: str, api_url: str, request: Callable[[], BaseRequest]) -> telegram.Bot:
    """The Bot API client, with connections of its own for the long poll."""
    logging.getLogger("telegram").setLevel(logging.WARNING)
    return telegram.Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=request(),
        get_updates_request=request(),
    )
