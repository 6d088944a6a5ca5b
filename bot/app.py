"""The composition root: which parts make the running bot. It reads like a table of contents."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import telegram
from telegram.request import BaseRequest

from bot.announcing import Announcer
from bot.commands import MENU
from bot.conversation_handlers import Handlers
from bot.doors.patience import first_of, patiently
from bot.doors.polling import poll
from bot.doors.web import health_routes, serving
from bot.doors.webhook import Webhook, set_webhook
from bot.helpdesk import Helpdesk
from bot.moments import Clock, day_of
from bot.outgoing import Outgoing
from bot.pacing import Pacing
from bot.pulse import keep_beating
from bot.relays import Relays
from bot.reminder_job import ReminderJob
from bot.settings import Settings
from bot.speaking import Speaker
from bot.staff import NOBODY, Staff
from bot.topics import Topics
from conversations.form import Form
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

    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database(database_url))
        stack.push_async_callback(bot.shutdown)
        await patiently(bot.initialize)
        await database.run(codes.warm)
        age = 0 if database_url.startswith("sqlite") else ANOTHER_SAVES
        files.sweep(files_dir, await database.run(people.file_ids), age)
        outgoing = Outgoing(pacing)
        speaker = Speaker(bot, outgoing, form, today, files_dir)
        await outgoing.call(lambda: bot.set_my_commands(MENU), None)
        announcer = Announcer(bot, database, outgoing, staff, clock)
        reminder_job = ReminderJob(bot, database, outgoing, form, speaker.callbacks, clock)
        async with _helpdesk(bot, database, outgoing, speaker, form, staff, clock) as helpdesk:
            yield Handlers(database, form, speaker, files_dir, clock, announcer, reminder_job, helpdesk)


@asynccontextmanager
async def _helpdesk(
    bot: telegram.Bot,
    database: Database,
    outgoing: Outgoing,
    speaker: Speaker,
    form: Form,
    staff: Staff,
    clock: Clock,
) -> AsyncIterator[Helpdesk | None]:
    """The helpdesk with its group; None where none is configured."""
    if staff.group is None:
        yield None
        return
    topics = Topics(bot, outgoing, database, staff.group)
    relays = Relays(bot, outgoing, database, topics, speaker, form, clock)
    helpdesk = Helpdesk(database, form, topics, relays, speaker, staff, clock)
    await helpdesk.start()
    try:
        yield helpdesk
    finally:
        await helpdesk.close()


async def serve(
    bot: telegram.Bot, handlers: Handlers, stop: asyncio.Event, progress: Callable[[], None] = lambda: None
) -> None:
    """Fetch and answer updates, and remind, until `stop` is set. A webhook of an earlier life would keep them from us."""
    await first_of(patiently(bot.delete_webhook, progress), stop.wait())
    spare_the_collector()
    async with _reminding(handlers.reminder_job, stop):
        await poll(
            bot, handlers.handle, stop, progress=progress, reached=handlers.pulse.beat, arrives=handlers.arrives
        )


async def serve_here(
    bot: telegram.Bot, handlers: Handlers, stop: asyncio.Event, settings: Settings, progress: Callable[[], None]
) -> None:
    """The same as the operator has set it: through the webhook, or by polling, with a port to look in or without."""
    routes = health_routes(handlers.pulse.trouble, handlers.metrics.text)
    if settings.webhook_url:
        url, secret = settings.webhook_url, settings.secret
        webhook = Webhook(secret, handlers.handle)
        spare_the_collector()
        await handlers.pulse.beat()
        async with serving([webhook.route(url), *routes], settings.listen_host, settings.port):
            await first_of(patiently(lambda: set_webhook(bot, url, secret), progress), stop.wait())
            async with _reminding(handlers.reminder_job, stop):
                await keep_beating(handlers.pulse, stop, progress)
        await webhook.close()
    elif settings.metrics:
        async with serving(routes, settings.listen_host, settings.port):
            await serve(bot, handlers, stop, progress)
    else:
        await serve(bot, handlers, stop, progress)


@asynccontextmanager
async def _reminding(job: ReminderJob, stop: asyncio.Event) -> AsyncIterator[None]:
    """Remind beside what goes on inside, which ends when `stop` is set."""
    work = asyncio.create_task(job.run(stop))
    try:
        yield
    finally:
        if not stop.is_set():
            work.cancel()
        await asyncio.wait({work})


def spare_the_collector() -> None:
    """Before the first update: modules, form and lists live to the end; looked through again and again, they stop every
    answer for 60 ms. No answer leaves anything that goes round in circles, but seven hundred objects are kept of each of
    the thousand chats in memory, and a look at them takes 130 ms. Only beyond these there may be something to find."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 20)


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
