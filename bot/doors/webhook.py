"""The front door of a bot with a public address: Telegram brings each update in a request of its own, and brings it
again until it is answered 2xx. Knows nothing of what an update means; of the database, that it may be away.

The 200 goes out when the update is committed *and answered*. After the commit alone it would be safe from being lost,
but killed between commit and answer nobody would ever answer it; so Telegram brings it again, it is known as applied,
and the open question is said once more. Telegram holds the next update of that chat back meanwhile, which keeps the
order between processes as well, and only that chat waits.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

import structlog
import telegram
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.calls import read_json
from bot.doors.polling import ALLOWED_UPDATES
from bot.incoming import MalformedUpdateError, Raw, chat_of
from bot.process_metrics import DOOR_FAILURES
from storage.trouble import DatabaseUnavailableError

log = structlog.get_logger(__name__)

LARGEST_UPDATE = 1024 * 1024  # bytes; the longest message with its markup has a few thousand
LONGEST_WAIT = 45.0  # seconds until a request is told to come again; reverse proxies give up after 60
CONNECTIONS = 100  # chats that Telegram serves at a time: as many as it allows
TIME_TO_CANCEL = 0.5

Handle = Callable[[Raw], Awaitable[None]]


async def set_webhook(bot: telegram.Bot, url: str, secret: str) -> None:
    """Tell Telegram to bring updates to `url`. Raises TelegramError."""
    await bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, max_connections=CONNECTIONS)


class Webhook:
    """Hands over what Telegram brings to `route`; `close` lets go of what has not ended."""

    def __init__(self, secret: str, handle: Handle) -> None:
        self._secret, self._handle = secret.encode(), handle
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._running: dict[int, asyncio.Task[bool]] = {}

    def route(self, url: str) -> Route:
        """The endpoint, at the path of the public address."""
        return Route(urlsplit(url).path or "/", self.take, methods=["POST"])

    async def take(self, request: Request) -> Response:
        """200: done, or never to be understood. 403, 413: not from Telegram. 503: bring it again."""
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), self._secret):
            return _refused(403, "wrong secret")
        body = await _body(request)
        if body is None:
            return _refused(413, "too large")
        update = _read(body)
        if update is None:
            return Response()
        # Telegram brings again what takes long: the second request waits for the same end.
        done, _ = await asyncio.wait({self._begun(update)}, timeout=LONGEST_WAIT)
        handled = any(not task.cancelled() and task.result() for task in done)
        return Response(status_code=200 if handled else 503)

    async def close(self) -> None:
        """Drop what still runs: it was not confirmed, so Telegram brings it again."""
        for task in self._running.values():
            task.cancel()
        if self._running:
            await asyncio.wait(self._running.values(), timeout=TIME_TO_CANCEL)

    def _begun(self, update: Raw) -> asyncio.Task[bool]:
        number: int = update["update_id"]
        if number not in self._running:
            self._running[number] = task = asyncio.create_task(self._in_turn(update))
            task.add_done_callback(lambda _: self._running.pop(number, None))
        return self._running[number]

    async def _in_turn(self, update: Raw) -> bool:
        """Whether the update is done; never raises but when it is cancelled from outside."""
        turn = self._turns.setdefault(_lane(update), asyncio.Lock())
        async with turn:
            try:
                await self._handle(update)
            except DatabaseUnavailableError as trouble:
                log.warning("an update waits for the database", reason=str(trouble))
                return False
            except (Exception, asyncio.CancelledError):
                # A cancellation that leaks out of some call of the handler must not bring the update for ever.
                if (task := asyncio.current_task()) and task.cancelling():
                    raise
                log.exception("an update could not be handled", update_id=update["update_id"])
        return True


def _lane(update: Raw) -> int:
    return chat_of(update) or -int(update["update_id"])


async def _body(request: Request) -> bytes | None:
    """All of it, or None as soon as it is too large, whatever its headers say."""
    parts, size = [], 0
    try:
        async for part in request.stream():
            parts.append(part)
            size += len(part)
            if size > LARGEST_UPDATE:
                return None
    except ClientDisconnect:
        return b""
    return b"".join(parts)


def _read(body: bytes) -> Raw | None:
    """The update; None for what can never be one: it would come again for a day and hold its chat up."""
    place = "update_id"
    try:
        update = read_json(body)
        if isinstance(update, dict) and isinstance(update.get("update_id"), int):
            _lane(update)
            return update
    except ValueError:
        place = "not JSON"
    except MalformedUpdateError as error:
        place = error.place
    DOOR_FAILURES.labels("malformed").inc()
    log.error("malformed update", place=place)
    return None


def _refused(status: int, kind: str) -> Response:
    DOOR_FAILURES.labels(kind).inc()
    return Response(status_code=status)
