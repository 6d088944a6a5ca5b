"""`python -m bot doctor`: looks at everything the bot needs, changes nothing, and says in one line each what it found
and what to do. Says no token and no address of a database."""

import os
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
import telegram
from sqlalchemy import make_url
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, TelegramError

from bot.app import client
from bot.calls import call
from bot.http_request import HttpRequest
from bot.settings import Settings
from storage.database import connect
from storage.schema import Standing, standing
from storage.trouble import DatabaseUnavailableError

LARGEST_SKEW = 30  # seconds
NEEDED_SPACE = 500 * 1024 * 1024  # bytes: scans of 20 MB, a backup, the log
FRESH = 3600  # seconds in which an error at the webhook still counts


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: whether it is well, and what was found or is to be done."""

    well: bool
    words: str


async def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which an operator would mend them."""
    findings = [*_folders(settings), _disk(settings), _database(settings), await _clock(settings)]
    if settings.telegram_bot_token is None:
        return [*findings, Finding(False, "Token: TELEGRAM_BOT_TOKEN is not set. @BotFather gives it.")]
    request = HttpRequest()
    await request.initialize()
    bot = client(settings.token, settings.telegram_api_url, lambda: request)
    try:
        findings.append(token := await _asked("Token", lambda: _token(bot)))
        if token.well:
            findings.append(await _asked("Webhook", lambda: _webhook(bot, settings)))
            findings.append(await _asked("Staff group", lambda: _group(bot, settings)))
    finally:
        await request.shutdown()
    return findings


def _folders(settings: Settings) -> list[Finding]:
    return [
        _folder(name, folder) for name, folder in (("DATA_DIR", settings.data_dir), ("FILES_DIR", settings.files_dir))
    ]


def _folder(name: str, folder: Path) -> Finding:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Finding(
            True, f"Folder {name}: {'can be written' if there == folder else 'will be made at the first start'}."
        )
    return Finding(False, f"Folder {name}: cannot be written. Give it to the user that runs the bot (chown -R).")


def _disk(settings: Settings) -> Finding:
    folder = settings.data_dir.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    words = f"Disk: {free // 2**20:,} MB free"
    if free < NEEDED_SPACE:
        return Finding(False, f"{words}. Make room: below 500 MB the bot may soon be unable to keep answers.")
    return Finding(True, f"{words}.")


def _database(settings: Settings) -> Finding:
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return Finding(True, "Database: there is none yet; it is made at the first start.")
    try:
        engine = connect(settings.database)
        try:
            found = standing(engine)
        finally:
            engine.dispose()
    except ModuleNotFoundError:
        return Finding(
            False, "Database: the driver for PostgreSQL is missing. Install it: uv sync --extra postgresql"
        )
    except DatabaseUnavailableError as trouble:
        return Finding(False, f"Database: {str(trouble).partition(': ')[2]} Check DATABASE_URL too.")
    match found:
        case Standing.CURRENT:
            return Finding(True, "Database: answers, and its tables are up to date.")
        case Standing.NEWER:
            return Finding(False, "Database: a newer TemanLapor wrote it. Start that version, or put back a backup.")
    return Finding(False, "Database: its tables are not up to date. Make a backup, then: python -m bot migrate")


async def _clock(settings: Settings) -> Finding:
    try:
        timeout = aiohttp.ClientTimeout(total=10)
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.get(settings.telegram_api_url, allow_redirects=False) as answer,
        ):
            theirs = parsedate_to_datetime(answer.headers["Date"]).timestamp()
    except (aiohttp.ClientError, OSError, TimeoutError):
        return Finding(False, "Telegram: is not reached. Check the network, a firewall, and TELEGRAM_API_URL.")
    except (KeyError, ValueError):
        return Finding(True, "Clock: cannot be compared, the server tells no time.")
    skew = round(time.time() - theirs)
    if abs(skew) > LARGEST_SKEW:
        way = "fast" if skew > 0 else "slow"
        return Finding(
            False, f"Clock: {abs(skew):,} s {way}; reminders go out at wrong times. Set it: timedatectl set-ntp true"
        )
    return Finding(True, "Clock: agrees with Telegram's.")


async def _asked(about: str, ask: Callable[[], Awaitable[Finding]]) -> Finding:
    """What `ask` finds; its errors as findings."""
    try:
        return await ask()
    except (InvalidToken, EndPointNotFound):
        return Finding(
            False, f"{about}: Telegram does not know the token. Set TELEGRAM_BOT_TOKEN to what @BotFather shows."
        )
    except TelegramError as error:
        return Finding(False, f"{about}: Telegram did not say ({type(error).__name__}). Try again in a minute.")


async def _token(bot: telegram.Bot) -> Finding:
    me = await call(bot, "getMe", {})
    return Finding(True, f"Token: is that of @{me.get('username')}.")


async def _webhook(bot: telegram.Bot, settings: Settings) -> Finding:
    info = await call(bot, "getWebhookInfo", {})
    url, waiting = info.get("url", ""), f"{info.get('pending_update_count', 0)} updates wait"
    if not settings.webhook_url:
        if url:
            return Finding(
                False,
                "Webhook: Telegram brings updates to some address, but WEBHOOK_URL is not set. Does another bot run "
                "with this token? If not, start this one: it removes the webhook.",
            )
        return Finding(True, f"Webhook: none, as set; {waiting}.")
    if url != settings.webhook_url:
        return Finding(False, "Webhook: Telegram does not know WEBHOOK_URL. Start the bot: it sets the webhook.")
    if time.time() - info.get("last_error_date", 0) < FRESH:
        return Finding(
            False,
            f"Webhook: Telegram's last visit failed ({info.get('last_error_message')}); {waiting}. Check that the bot "
            "runs, that the reverse proxy passes that path on to PORT, and the certificate.",
        )
    return Finding(True, f"Webhook: set to WEBHOOK_URL; {waiting}.")


async def _group(bot: telegram.Bot, settings: Settings) -> Finding:
    chat_id = settings.helpdesk_chat_id
    if chat_id is None:
        return Finding(True, "Staff group: none is set (HELPDESK_CHAT_ID).")
    try:
        chat = await call(bot, "getChat", {"chat_id": chat_id})
        member = await call(bot, "getChatMember", {"chat_id": chat_id, "user_id": int(bot.token.partition(":")[0])})
    except (BadRequest, Forbidden):
        return Finding(False, "Staff group: the bot is not in it. Add it there, or correct HELPDESK_CHAT_ID.")
    if not chat.get("is_forum"):
        return Finding(False, "Staff group: has no topics. Switch them on in the settings of the group.")
    if member.get("status") != "administrator" or not member.get("can_manage_topics"):
        return Finding(False, "Staff group: make the bot an administrator who may manage topics.")
    if not settings.helpdesk_staff_ids:
        return Finding(False, "Staff group: nobody may answer. Put the staff's numbers into HELPDESK_STAFF_IDS.")
    return Finding(True, "Staff group: the bot may manage topics there.")
