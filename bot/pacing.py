"""How fast Telegram may be called: in all, in each chat, in each group, and not at all during a 429 halt.
Knows times and chat numbers only, no messages; the clock and the sleep are handed in."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta
from enum import IntEnum

from telegram.error import RetryAfter

SECOND, CHAT_BURST, GROUP_MINUTE = 1.0, 5.0, 60.0  # lengths of the windows, seconds
FLOOD, FULL = 20, 30  # updates of a chat beyond one a second: too many above the first, counted up to the second


class Lane(IntEnum):
    """Whose turn it is, and how many of the 30 calls a second that lane may fill.

    The last ten are kept from broadcasts: a person's answer finds a free place whatever else is queued.
    """

    ANSWER = 30
    BROADCAST = 20


class Pacing:
    """Lets a call go when it breaks none of the limits in Telegram's FAQ for bots.

    30 a second in all, 20 a minute in a group, and one a second in a chat: on average, for Telegram allows
    short bursts and an answer is often two or three calls. A chat gets at most 5 in any 5 seconds.
    `limited` False: only a 429 holds, for a stand-in that has no such limits.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        *,
        limited: bool = True,
    ) -> None:
        self._limited = limited
        self._clock = clock
        self._sleep = sleep
        self._sent: deque[float] = deque(maxlen=Lane.ANSWER)
        self._chats: dict[int, deque[float]] = {}
        self._levels: dict[int, tuple[float, float]] = {}
        self._open_at = clock()
        self._swept_at = clock()
        self._broadcasts = asyncio.Lock()

    async def turn(self, chat_id: int | None, lane: Lane) -> None:
        """Returns when one call to this chat may go. None: it shows nothing in a chat, like a tap's tick."""
        if lane is Lane.ANSWER:
            await self._free(chat_id, lane)
            return
        async with self._broadcasts:  # one by one
            await self._free(chat_id, lane)

    async def _free(self, chat_id: int | None, lane: Lane) -> None:
        while (wait := self._wait(chat_id, lane, now := self._clock())) > 0:
            await self._sleep(max(wait, 0.001))  # a rounding error must not spin
        self._note(chat_id, now)

    def arrives(self, chat_id: int) -> None:
        """An update of this chat has come through a door."""
        self._levels[chat_id] = min(self._level(chat_id) + 1, FULL), self._clock()

    def floods(self, chat_id: int) -> bool:
        """Whether so much of this chat has come that answering each would take longer than anybody wants to wait: what
        waits for its turn keeps the updates of others from being fetched. It ends with ten quiet seconds."""
        return self._limited and self._level(chat_id) > FLOOD

    async def calm(self, chat_id: int) -> None:
        """Returns when the chat floods no longer."""
        while self.floods(chat_id):
            await self._sleep(max(self._level(chat_id) - FLOOD, 0.001))

    def _level(self, chat_id: int) -> float:
        """How many updates beyond one a second have come from the chat."""
        level, at = self._levels.get(chat_id, (0.0, 0.0))
        return max(0.0, level - (self._clock() - at))

    def halt(self, error: RetryAfter) -> None:
        """Telegram said 429: nobody goes for `retry_after` seconds, whichever lane or chat."""
        self._open_at = max(self._open_at, self._clock() + seconds_of(error))

    def _wait(self, chat_id: int | None, lane: Lane, now: float) -> float:
        if not self._limited:
            return self._open_at - now
        opens = [self._open_at, _opening(self._sent, lane, SECOND)]
        if chat_id is not None and (times := self._chats.get(chat_id)):
            opens.append(_opening(times, 5, CHAT_BURST))
            if chat_id < 0:
                opens.append(_opening(times, 20, GROUP_MINUTE))
        return max(opens) - now

    def _note(self, chat_id: int | None, now: float) -> None:
        self._sent.append(now)
        if chat_id is not None:
            self._chats.setdefault(chat_id, deque(maxlen=20)).append(now)
        if now - self._swept_at > GROUP_MINUTE:
            self._swept_at = now
            self._chats = {chat: times for chat, times in self._chats.items() if now - times[-1] < GROUP_MINUTE}
            self._levels = {chat: seen for chat, seen in self._levels.items() if now - seen[1] < GROUP_MINUTE}


def _opening(times: deque[float], most: int, window: float) -> float:
    """When a further call leaves at most `most` of them in every window of that many seconds."""
    return times[-most] + window if len(times) >= most else 0.0


def seconds_of(error: RetryAfter) -> float:
    """The halt Telegram asks for, in seconds, whichever of its two types PTB gives it."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
