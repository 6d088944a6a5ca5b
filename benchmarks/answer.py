"""What one answered question costs, beside python-telegram-bot's echo: CPU of the whole process, and wall time.

Ours: raw update, one transaction with its sync to disk, the reply rendered and serialised. Rounds of ours and of the
echo alternate, so that whatever else the machine does falls on both.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks import databases
from benchmarks.crowd import MOMENT, Crowd, Start, start
from benchmarks.echo import echo
from benchmarks.wire import TOKEN, OurNoNetwork, Raw, text_update
from bot.app import client, running, spare_the_collector
from bot.conversation_handlers import Handlers
from bot.pacing import Pacing

SCENARIO = "tempe"
WARM_UP = 3  # acts of everybody before anything is counted
SIZES = ((1, 20), (64, 64), (1000, 1000))  # chats in flight at once, and owners altogether

Answer = Callable[[Raw], Awaitable[None]]


@dataclass(frozen=True)
class Cost:
    """Of one update, in ms: CPU of ours and of the echo (medians over rounds), and our wall time."""

    database: str
    chats: int
    ours: float
    echo: float
    ratio: float
    p50: float
    p99: float


@asynccontextmanager
async def handlers(database_url: str, folder: Path) -> AsyncIterator[tuple[Handlers, Answer]]:
    """The running bot without a network, and how it answers a raw update. Its pacing counts and never waits."""
    hours = itertools.count(step=10)
    bot = client(TOKEN, "http://127.0.0.1", OurNoNetwork)
    pacing = Pacing(clock=lambda: float(next(hours)))
    async with running(bot, database_url, folder, clock=lambda: MOMENT, pacing=pacing) as running_:
        spare_the_collector()
        yield running_, running_.handle


async def answered(begin: Start) -> tuple[Cost, ...]:
    """Crowds who do what one owner did: on both databases, and on a slower disk."""
    costs = []
    for in_flight, size in SIZES:
        with databases.sqlite() as url:
            costs.append(await crowd(begin, in_flight, size, url, "sqlite"))
    with databases.sqlite() as url, databases.slower_disk():
        costs.append(await crowd(begin, 64, 64, url, "sqlite_slow_disk"))
    for in_flight, size in SIZES:
        with databases.postgresql() as url:
            costs.append(await crowd(begin, in_flight, size, url, "postgresql"))
    with databases.postgresql() as url, databases.slower_disk():
        costs.append(await crowd(begin, 64, 64, url, "postgresql_slow_disk"))
    return tuple(costs)


async def crowd(begin: Start, in_flight: int, size: int, url: str, database: str) -> Cost:
    """Rounds in which each of `size` owners does the next act, `in_flight` of them at once."""
    rounds = min(len(begin.acts), 30 if in_flight < 1000 else WARM_UP + 3)
    with TemporaryDirectory() as folder:
        async with handlers(url, Path(folder)) as (_, ours), echo() as theirs:
            people = Crowd(begin, url, size)
            mine: list[float] = []
            other: list[float] = []
            walls: list[float] = []
            for act in range(rounds):
                updates = [people.update(number, act) for number in range(size)]
                plain = [text_update(update_chat, "Rp18.500.000") for update_chat in range(1, size + 1)]
                other_cost, _ = await together(theirs.answer, plain, in_flight)
                cost, took = await together(ours, updates, in_flight)
                if begin.answers[act]:
                    found = people.answers(url, act % size)
                    assert found == begin.answers[act], f"act {act}: {found} answers, not {begin.answers[act]}"
                if act >= WARM_UP:
                    mine.append(cost)
                    other.append(other_cost)
                    walls += took
    ratio = median(one / two for one, two in zip(mine, other, strict=True))
    return Cost(database, in_flight, median(mine), median(other), ratio, median(walls), p99(walls))


async def together(answer: Answer, updates: list[Raw], in_flight: int) -> tuple[float, list[float]]:
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


def p99(values: list[float]) -> float:
    """The value that one of a hundred is above."""
    return quantiles(values, n=100)[98]


async def begun() -> Start:
    """What the crowds do: one owner, played."""
    return await start(SCENARIO)
