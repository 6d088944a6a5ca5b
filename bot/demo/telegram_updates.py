"""The queue behind getUpdates, with Telegram's rules for offsets. Knows nothing of what is in an update."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.telegram_params import Json, RefusedError

KEPT = timedelta(hours=24)
MAX_TIMEOUT = 50
FIRST_ID = 700_000_001
_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass
class _Waiting:
    update: Json
    since: datetime
    again: bool = False


class Updates:
    """Updates nobody has confirmed, oldest first. One event loop: people and the bot share it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._next_id = FIRST_ID
        self._news: asyncio.Future[None] | None = None
        self._last: Json | None = None
        self._allowed: Collection[str] = ()

    def go_on_after(self, count: int) -> None:
        """Number the next update as if `count` had come before."""
        self._next_id += count

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, content: Json) -> Json:
        """Queue a new update of a kind; one that the bot did not allow is made but never handed out."""
        update: Json = {"update_id": self._next_id, kind: content}
        self._next_id += 1
        if not self._allowed or kind in self._allowed:
            self._queue(_Waiting(update, self._clock()))
        return update

    def push(self, update: Json) -> None:
        """Queue any update as it is. Without an update_id it gets the next one."""
        update.setdefault("update_id", self._next_id)
        if isinstance(update["update_id"], int):
            self._next_id = max(self._next_id, update["update_id"] + 1)
        self._queue(_Waiting(update, self._clock()))

    def repeat_last(self) -> Json:
        """Hand out the newest update once more under its old id, whatever the bot has confirmed since."""
        if self._last is None:
            raise LookupError("Nobody has done anything yet: there is no update to repeat.")
        self._queue(_Waiting(self._last, self._clock(), again=True))
        return self._last

    def allow(self, kinds: Collection[str]) -> None:
        """From now on only updates of these kinds are queued; empty means all."""
        self._allowed = kinds

    def clear(self) -> None:
        """Forget everything that waits (drop_pending_updates)."""
        self._waiting.clear()

    def waiting(self) -> list[Json]:
        """What a webhook is brought: everything nobody has confirmed, oldest first."""
        self._forget(0)
        return [waiting.update for waiting in self._waiting]

    def confirm(self, update: Json) -> None:
        """A webhook has taken this one."""
        taken = next(waiting for waiting in self._waiting if waiting.update is update)
        self._waiting.remove(taken)

    async def fetch(self, offset: int, limit: int, timeout: int) -> list[Json]:
        """What getUpdates answers. Waits up to `timeout` seconds (50 at most) for the first update.

        A positive offset confirms every lower id for good; a negative one keeps that many from the end and
        forgets the rest; 0 confirms nothing. A second call ends the one that waits with 409.
        """
        if self._news is not None and not self._news.done():
            self._news.set_exception(RefusedError(409, _CONFLICT))
        self._forget(offset)
        if not self._waiting and timeout > 0:
            self._news = news = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait_for(news, min(timeout, MAX_TIMEOUT))
            except TimeoutError:
                return []
            self._forget(offset)
        ready = self._waiting[: min(max(limit, 1), 100)]
        for waiting in ready:
            waiting.again = False
        return [waiting.update for waiting in ready]

    def _queue(self, waiting: _Waiting) -> None:
        self._waiting.append(waiting)
        self._last = waiting.update
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    def _forget(self, offset: int) -> None:
        now = self._clock()
        self._waiting = [waiting for waiting in self._waiting if now - waiting.since < KEPT]
        if offset < 0:
            self._waiting = self._waiting[offset:]
        else:
            self._waiting = [w for w in self._waiting if w.again or not _below(w.update["update_id"], offset)]


def _below(update_id: object, offset: int) -> bool:
    return isinstance(update_id, int) and update_id < offset
