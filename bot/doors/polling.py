"""The front door of a bot without a public address: fetches raw updates, hands each one over, and confirms
it to Telegram only after it was handled. Knows nothing of what an update means; of the database, that it may be away."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
import telegram

from bot.doors.patience import LONGEST_PAUSE, Patience, first_of
from bot.incoming import MalformedUpdateError, Raw, chat_of
from storage.trouble import DatabaseUnavailableError

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

LONG_POLL = 30  # seconds Telegram may hold an empty answer back
# While an update is unfinished Telegram answers at once, with it. The Bot API server slows down a bot that
# fetches from the same place twice within half a second.
REFETCH = 0.6
FIRST_WAIT, LONGEST_WAIT = 1.0, 15.0  # seconds, for a database that takes nothing
TIME_TO_FINISH, TIME_TO_CANCEL, TIME_TO_CONFIRM = 3.0, 0.5, 1.0  # at a stop: below 5 s together

Handle = Callable[[Raw], Awaitable[None]]


async def _nothing() -> None:
    """What a door without a pulse does when it has reached Telegram."""


async def poll(
    bot: telegram.Bot,
    handle: Handle,
    stop: asyncio.Event,
    *,
    progress: Callable[[], None] = lambda: None,
    reached: Callable[[], Awaitable[None]] = _nothing,
    arrives: Callable[[int], None] = lambda _: None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Fetch and hand over updates until `stop` is set; then finish what runs and confirm it, within 5 s.

    `handle` applies one update, commits and answers; when it has returned, or raised, the update is done; only
    DatabaseUnavailableError makes it be tried again. Updates of one chat come one after the other. Chats do not
    wait for each other, but Telegram shows only the 100 oldest unconfirmed updates: behind one that takes long,
    99 more are fetched. The longest is an answer that cannot be sent, given up after two minutes and the halts of
    a 429, which hold everybody anyway; confirming it sooner would lose the answer to a kill. `arrives` is told whose
    update has come, before its turn: who sends more than can be answered must not fill those hundred places.
    `progress` (for a watchdog) is called at least once a minute as long as the loop lives, `reached` after each
    fetch that Telegram answered, before what it brought is handled. Dropping the task loses nothing: what was not
    done comes again. Raises NoUpdatesError after ten minutes of nothing but errors.
    """
    await _Door(bot, handle, stop, progress, reached, arrives, clock, sleep).run()


class _Door:
    def __init__(
        self,
        bot: telegram.Bot,
        handle: Handle,
        stop: asyncio.Event,
        progress: Callable[[], None],
        reached: Callable[[], Awaitable[None]],
        arrives: Callable[[int], None],
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._stop = stop
        self._progress = progress
        self._reached, self._arrives = reached, arrives
        self._clock = clock
        self._sleep = sleep
        # Ids seen and not yet confirmed. Sets, not "the last id": ids start anew, lower, after a quiet week.
        self._unfinished: set[int] = set()
        self._done: set[int] = set()
        self._lanes: dict[int, deque[Raw]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._all_done = asyncio.Event()
        self._patience = Patience(clock)

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
            await first_of(self._fetch(0, limit=1), asyncio.sleep(TIME_TO_CONFIRM))

    async def _round(self) -> None:
        """One fetch and what follows from it; returns early when the stop is set."""
        started, offset = self._clock(), self._offset()
        fetched = await first_of(self._fetch(LONG_POLL, limit=100), self._stop.wait())
        self._progress()
        if isinstance(fetched, Exception):
            pause = self._patience.pause_after(fetched)
            await first_of(self._pause_until(self._clock() + pause), self._stop.wait())
        elif isinstance(fetched, list):
            self._patience.succeeded()
            await self._reached()
            if offset is not None:  # Telegram has taken it, and will not send what lies below it again
                self._done = {known for known in self._done if known >= offset}
            news = [raw for raw in fetched if self._is_new(raw)]
            for raw in news:
                self._accept(raw)
            if self._unfinished:
                await first_of(self._pause_until(started + REFETCH), self._all_done.wait(), self._stop.wait())
            elif fetched and not news:
                await first_of(self._pause_until(started + REFETCH), self._stop.wait())

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
        self._arrives(lane)
        if lane in self._lanes:
            self._lanes[lane].append(update)
            return
        self._lanes[lane] = deque([update])
        task = asyncio.create_task(self._work_off(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, lane: int) -> None:
        queue, pause = self._lanes[lane], FIRST_WAIT
        while queue and not self._stop.is_set():
            update = queue[0]
            try:
                await self._handle(update)
            except DatabaseUnavailableError as trouble:
                log.warning("an update waits for the database", reason=str(trouble), pause=pause)
                await first_of(self._pause_until(self._clock() + pause), self._stop.wait())
                pause = min(pause * 2, LONGEST_WAIT)
                continue
            except (Exception, asyncio.CancelledError):
                # A cancellation that leaks out of some call of the handler must not leave its chat deaf.
                if (task := asyncio.current_task()) and task.cancelling():
                    raise
                log.exception("an update could not be handled", update_id=update["update_id"])
            pause = FIRST_WAIT
            queue.popleft()
            self._unfinished.discard(update["update_id"])
            self._done.add(update["update_id"])
            if not self._unfinished:
                self._all_done.set()
        del self._lanes[lane]
