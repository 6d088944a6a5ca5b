"""What one answered question costs, beside python-telegram-bot's echo: CPU of the whole process, and wall time.

Ours: raw update, one transaction with its sync to disk, the reply rendered and serialised. Rounds of
ours and of the echo alternate, so that whatever else the machine does falls on both.
"""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.crowd import MOMENT, Crowd, Start, start
from benchmarks.echo import echo
from benchmarks.wire import TOKEN, OurNoNetwork, Raw, text_update
from bot.app import client, running, spare_the_collector
from bot.conversation_handlers import Handlers
from bot.pacing import Pacing

SCENARIO = "tempe"
WARM_UP = 3  # acts of everybody before anything is counted
RATE = (
    100  # updates a second in the steady run: 1,000 owners who each answer every 10 s, thrice what Telegram lets out
)
STEADY = 10  # seconds of it

Answer = Callable[[Raw], Awaitable[None]]


@dataclass(frozen=True)
class Cost:
    """Of one update, in ms: CPU of ours and of the echo (medians over rounds), and our wall time."""

    chats: int
    ours: float
    echo: float
    ratio: float
    p50: float
    p99: float


@dataclass(frozen=True)
class Answered:
    """Everything measured: with 1, 64 and 1,000 chats in flight at once, and p50 and p99 in ms of the steady run."""

    costs: tuple[Cost, ...]
    steady: tuple[float, float]
    acts: int


@asynccontextmanager
async def handlers(database_url: str, folder: Path) -> AsyncIterator[tuple[Handlers, Answer]]:
    """The running bot without a network, and how it answers a raw update. Its pacing counts and never waits."""
    hours = itertools.count(step=10)
    bot = client(TOKEN, "http://127.0.0.1", OurNoNetwork)
    pacing = Pacing(clock=lambda: float(next(hours)))
    async with running(bot, database_url, folder, clock=lambda: MOMENT, pacing=pacing) as running_:
        spare_the_collector()
        yield running_, running_.handle


async def answered() -> Answered:
    """Play one owner, then measure crowds who do what she did."""
    begin = await start(SCENARIO)
    costs = tuple([await _crowd(begin, chats, size) for chats, size in ((1, 20), (64, 64), (1000, 1000))])
    return Answered(costs, await _steady(begin), len(begin.acts))


async def _crowd(begin: Start, in_flight: int, size: int) -> Cost:
    """Rounds in which each of `size` owners does the next act, `in_flight` of them at once."""
    rounds = min(len(begin.acts), 30 if in_flight < 1000 else WARM_UP + 3)
    with TemporaryDirectory() as name:
        url = f"sqlite:///{name}/temanlapor.db"
        async with handlers(url, Path(name)) as (_, ours), echo() as theirs:
            crowd = Crowd(begin, url, size)
            mine: list[float] = []
            other: list[float] = []
            walls: list[float] = []
            for act in range(rounds):
                updates = [crowd.update(number, act) for number in range(size)]
                plain = [text_update(update_chat, "Rp18.500.000") for update_chat in range(1, size + 1)]
                other_cost, _ = await _round(theirs.answer, plain, in_flight)
                cost, took = await _round(ours, updates, in_flight)
                if begin.answers[act]:
                    found = crowd.answers(url, act % size)
                    assert found == begin.answers[act], f"act {act}: {found} answers, not {begin.answers[act]}"
                if act >= WARM_UP:
                    mine.append(cost)
                    other.append(other_cost)
                    walls += took
    ratio = median(one / two for one, two in zip(mine, other, strict=True))
    return Cost(in_flight, median(mine), median(other), ratio, median(walls), _p99(walls))


async def _round(answer: Answer, updates: list[Raw], in_flight: int) -> tuple[float, list[float]]:
    """CPU of one update and the wall time of each, in ms; `in_flight` of them begin at the same moment."""
    took: list[float] = []

    async def one(raw: Raw, begun: float) -> None:
        await answer(raw)
        took.append((time.perf_counter() - begun) * 1000)

    before = time.process_time()
    for first in range(0, len(updates), in_flight):
        begun = time.perf_counter()
        await asyncio.gather(*(one(raw, begun) for raw in updates[first : first + in_flight]))
    return (time.process_time() - before) * 1000 / len(updates), took


async def _steady(begin: Start) -> tuple[float, float]:
    """1,000 owners answer at chance moments, `RATE` a second together; p50 and p99 in ms from arrival to reply."""
    chance = random.Random(7)  # noqa: S311 - the same arrivals every time
    took: list[float] = []
    with TemporaryDirectory() as name:
        url = f"sqlite:///{name}/temanlapor.db"
        async with handlers(url, Path(name)) as (_, ours):
            crowd = Crowd(begin, url, 1000)
            queue = [crowd.update(number, 0) for number in range(RATE * STEADY)]
            await _round(ours, [crowd.update(0, act) for act in range(1, 4)], 1)
            start_, arrivals = (
                time.perf_counter(),
                list(itertools.accumulate(chance.expovariate(RATE) for _ in queue)),
            )

            async def one(raw: Raw, due: float) -> None:
                await asyncio.sleep(max(0.0, start_ + due - time.perf_counter()))
                await ours(raw)
                took.append((time.perf_counter() - start_ - due) * 1000)

            await asyncio.gather(*(one(raw, due) for raw, due in zip(queue, arrivals, strict=True)))
    return median(took), _p99(took)


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[98]
