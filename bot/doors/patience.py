"""How long a door bears that Telegram fails: pauses that grow, and an end after ten minutes of nothing but errors."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import structlog
from telegram.error import EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.pacing import seconds_of
from bot.process_metrics import DOOR_FAILURES

log = structlog.get_logger(__name__)

T = TypeVar("T")

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds
PATIENCE = 600.0
STRAY = 4  # refusals of the token at the start that may be a stray error of Telegram's: eight seconds of them


class NoUpdatesError(Exception):
    """Calling Telegram has failed for ten minutes without a break. See the last error above this line.

    Conflict: another process polls with this token, or a webhook is set; stop it, or call deleteWebhook.
    InvalidToken or EndPointNotFound: TELEGRAM_BOT_TOKEN or TELEGRAM_API_URL is wrong. Anything else: this
    machine does not reach Telegram. Nothing is lost: Telegram keeps unconfirmed updates for 24 hours. Then
    start again. `python -m bot doctor` looks for the cause.
    """

    def __str__(self) -> str:
        return " ".join((type(self).__doc__ or "").split())


class TokenRefusedError(Exception):
    """Telegram does not know the token. Set TELEGRAM_BOT_TOKEN to the one that @BotFather shows, or TELEGRAM_API_URL
    to the server that knows it, then start again.
    """

    def __str__(self) -> str:
        return " ".join((type(self).__doc__ or "").split())


class Patience:
    """Counts failures without a success between them. `clock` in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: float | None = None
        self.failures = 0

    def succeeded(self) -> None:
        """Telegram has answered."""
        self._since, self.failures = None, 0

    def pause_after(self, failure: Exception) -> float:
        """Seconds to wait before the next try: as long as a 429 says, else twice as long each time.

        Raises NoUpdatesError after ten minutes.
        """
        now = self._clock()
        self._since = self._since if self._since is not None else now
        if now - self._since >= PATIENCE:
            raise NoUpdatesError from failure
        pause = min(FIRST_PAUSE * 2.0 ** min(self.failures, 10), LONGEST_PAUSE)
        self.failures += 1
        if isinstance(failure, RetryAfter):
            pause = seconds_of(failure)
        DOOR_FAILURES.labels(type(failure).__name__).inc()
        log.warning("calling Telegram failed", error=type(failure).__name__, pause=pause)
        return pause


async def patiently(call: Callable[[], Awaitable[T]], progress: Callable[[], None] = lambda: None) -> T:
    """The result of a call without which the bot cannot start; tried again as long as patience lasts.

    Raises NoUpdatesError, and TokenRefusedError after a few refusals: waiting does not mend a wrong token.
    """
    patience = Patience()
    while True:
        try:
            return await call()
        except TelegramError as failure:
            if isinstance(failure, (InvalidToken, EndPointNotFound)) and patience.failures >= STRAY:
                raise TokenRefusedError from None
            pause = patience.pause_after(failure)
        while pause > 0:
            progress()
            await asyncio.sleep(min(pause, LONGEST_PAUSE))
            pause -= LONGEST_PAUSE


async def first_of(*coroutines: Coroutine[Any, Any, Any]) -> Any:
    """The result of the first in this order that has ended when one ends; the others are cancelled."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        unended = [task for task in tasks if not task.done()]
        for task in unended:
            task.cancel()
        await asyncio.gather(*unended, return_exceptions=True)
    return next(task.result() for task in tasks if task not in unended)
