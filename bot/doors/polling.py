"""The front door of a bot without a public address: fetches raw updates, hands each one over, and confirms
it to Telegram only after it was handled. Knows nothing of what an update means, nor of the database."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
import telegram
from telegram.error import RetryAfter

from bot.incoming import MalformedUpdateError, Raw, chat_of
from bot.pacing import seconds_of

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

LONG_POLL = 30  # seconds Telegram may hold an empty answer back
# While an update is unfinished Telegram answers at once, with it. The Bot API server slows down a bot that
# fetches from the same place twice within half a second.
REFETCH = 0.6
LONGEST_PAUSE = 30.0
PATIENCE = 600.0
TIME_TO_FINISH, TIME_TO_CANCEL, TIME_TO_CONFIRM = 3.0, 0.5, 1.0  # at a stop: below 5 s together

Handle = Callable[[Raw], Awaitable[None]]


class NoUpdatesError(Exception):
    """Fetching updates has failed for ten minutes without a break. See the last error above this line.

    Conflict: another process polls with this token, or a webhook is set; stop it, or call deleteWebhook.
    InvalidToken or EndPointNotFound: TELEGRAM_BOT_TOKEN or TELEGRAM_API_URL is wrong. Anything else: this
    machine does not reach Telegram. Nothing is lost: Telegram keeps unconfirmed updates for 24 hours. Then
    start again.
    """

    def __str__(self) -> str:
        return " ".join((type(self).__doc__ or "").split())


async def poll(
    bot: telegram.Bot,
    handle: Handle,
    stop: asyncio.Event,
    *,
    progress: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Fetch and hand over updates until `stop` is set; then finish what runs and confirm it, within 5 s.

    `handle` applies one update, commits and answers; when it has returned, or raised, the update is done.
    Updates of one chat come one after the other. Chats do not wait for each other, but Telegram shows only
    the 100 oldest unconfirmed updates: behind one that takes long, 99 more are fetched. `progress` (for a
    watchdog) is called at least once a minute as long as the loop lives. Dropping the task loses nothing:
    what was not done comes again. Raises NoUpdatesError after ten minutes of nothing but errors.
    """
    await _Door(bot, handle, stop, progress, clock, sleep).run()


class _Door:
    def __init__(
        self,
        bot: telegram.Bot,
        handle: Handle,
        stop: asyncio.Event,
        progress: Callable[[], None],
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._stop = stop
        self._progress = progress
        self._clock = clock
        self._sleep = sleep
        # Ids seen and not yet confirmed. Sets, not "the last id": ids start anew, lower, after a quiet week.
        self._unfinished: set[int] = set()
        self._done: set[int] = set()
        self._lanes: dict[int, deque[Raw]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._all_done = asyncio.Event()
        self._failing_since: float | None = None
        self._failures = 0

    async def run(self) -> None:
        try:
            while not self._stop.is_set():
                await self._round()
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=TIME_TO_FINISH)
        finally:
            if self._tasks:
                for task in self._tasks:
                    task.cancel()
                await asyncio.wait(self._tasks, timeout=TIME_TO_CANCEL)
        if self._done:
            await _first_of(self._fetch(0, limit=1), asyncio.sleep(TIME_TO_CONFIRM))

    async def _round(self) -> None:
        """One fetch and what follows from it; returns early when the stop is set."""
        started, offset = self._clock(), self._offset()
        fetched = await _first_of(self._fetch(LONG_POLL, limit=100), self._stop.wait())
        self._progress()
        if isinstance(fetched, Exception):
            await self._after(fetched)
        elif isinstance(fetched, list):
            self._failing_since, self._failures = None, 0
            if offset is not None:  # Telegram has taken it, and will not send what lies below it again
                self._done = {known for known in self._done if known >= offset}
            news = [raw for raw in fetched if self._is_new(raw)]
            for raw in news:
                self._accept(raw)
            if self._unfinished:
                await _first_of(self._pause_until(started + REFETCH), self._all_done.wait(), self._stop.wait())
            elif fetched and not news:
                await _first_of(self._pause_until(started + REFETCH), self._stop.wait())

    async def _fetch(self, timeout: int, limit: int) -> list[Any] | Exception:
        # "get__updates" becomes "getUpdates" on the way. Under that name PTB warns that it has a method for
        # it: one that lets a single malformed update take the whole batch along.
        try:
            fetched = await self._bot.do_api_request(
                "get__updates",
                api_kwargs={
                    "offset": self._offset(),
                    "timeout": timeout,
                    "limit": limit,
                    "allowed_updates": ALLOWED_UPDATES,
                },
                read_timeout=timeout + 10.0,
                write_timeout=10.0,
            )
        except Exception as error:
            return error
        return fetched if isinstance(fetched, list) else TypeError("getUpdates brought no list")

    async def _after(self, failure: Exception) -> None:
        """Wait before the next try: as long as a 429 says, else twice as long each time."""
        now = self._clock()
        self._failing_since = self._failing_since if self._failing_since is not None else now
        if now - self._failing_since >= PATIENCE:
            raise NoUpdatesError from failure
        pause = min(0.5 * 2**self._failures, LONGEST_PAUSE)
        self._failures = min(self._failures + 1, 10)
        if isinstance(failure, RetryAfter):
            pause = seconds_of(failure)
        log.warning("fetching updates failed", error=type(failure).__name__, pause=pause)
        await _first_of(self._pause_until(now + pause), self._stop.wait())

    async def _pause_until(self, moment: float) -> None:
        while (left := moment - self._clock()) > 0:
            await self._sleep(min(left, LONGEST_PAUSE))
            self._progress()

    def _offset(self) -> int | None:
        """The lowest unfinished id; one past the last done; or None: the oldest that Telegram still has."""
        if self._unfinished:
            return min(self._unfinished)
        return max(self._done) + 1 if self._done else None

    def _is_new(self, raw: Any) -> bool:
        number = raw.get("update_id") if isinstance(raw, dict) else None
        return isinstance(number, int) and number not in self._unfinished and number not in self._done

    def _accept(self, update: Raw) -> None:
        """Queue one update behind the others of its chat; one that has no readable chat is done at once."""
        number: int = update["update_id"]
        try:
            lane = chat_of(update) or -number
        except MalformedUpdateError as error:
            log.error("malformed update", update_id=number, place=error.place)
            self._done.add(number)
            return
        self._unfinished.add(number)
        self._all_done.clear()
        if lane in self._lanes:
            self._lanes[lane].append(update)
            return
        self._lanes[lane] = deque([update])
        task = asyncio.create_task(self._work_off(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, lane: int) -> None:
        queue = self._lanes[lane]
        while queue and not self._stop.is_set():
            update = queue[0]
            try:
                await self._handle(update)
            except (Exception, asyncio.CancelledError):
                # A cancellation that leaks out of some call of the handler must not leave its chat deaf.
                if (task := asyncio.current_task()) and task.cancelling():
                    raise
                log.exception("an update could not be handled", update_id=update["update_id"])
            queue.popleft()
            self._unfinished.discard(update["update_id"])
            self._done.add(update["update_id"])
            if not self._unfinished:
                self._all_done.set()
        del self._lanes[lane]


async def _first_of(*coroutines: Coroutine[Any, Any, Any]) -> Any:
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
