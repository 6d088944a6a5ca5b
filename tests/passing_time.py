"""A clock that stands still until a test lets it go on, for code that is handed its clock and its sleep."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")

START = datetime(2026, 7, 1, 8, tzinfo=UTC)
TURNS = 30  # of the event loop: enough for an in-process call to come to rest


class PassingTime:
    """`clock` and `sleep` for the code under test; `until` lets time pass, from one sleeper to the next."""

    def __init__(self) -> None:
        self.now = 0.0
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def clock(self) -> float:
        """Seconds since the test began."""
        return self.now

    def date(self) -> datetime:
        """The same moment for whoever wants a date."""
        return START + timedelta(seconds=self.now)

    async def sleep(self, seconds: float) -> None:
        """Rest until the test has let that much time pass."""
        awake = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self.now + seconds, next(self._order), awake))
        await awake

    async def settle(self) -> None:
        """Let everything run that need not wait for time."""
        for _ in range(TURNS):
            await asyncio.sleep(0)

    async def until(self, condition: Callable[[], bool], steps: int = 5000) -> None:
        """Let time pass until the condition holds; AssertionError when it never does."""
        for _ in range(steps):
            await self.settle()
            if condition():
                return
            self._wake_next()
        raise AssertionError("what the test waits for never happened")

    async def result(self, work: Coroutine[Any, Any, T]) -> T:
        """What the work gives, letting the time pass that it takes."""
        task = asyncio.create_task(work)
        await self.until(task.done)
        return task.result()

    async def let_pass(self, seconds: float) -> None:
        """Let exactly that much time pass, waking everyone whose time comes."""
        end = self.now + seconds
        await self.settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            self._wake_next()
            await self.settle()
        self.now = end

    def _wake_next(self) -> None:
        if self._sleepers:
            moment, _, awake = heappop(self._sleepers)
            self.now = max(self.now, moment)
            if not awake.done():
                awake.set_result(None)
