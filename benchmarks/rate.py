"""How long an owner waits while a thousand of them answer at chance moments, and how many a second may do so."""

import asyncio
import itertools
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import databases
from benchmarks.answer import Answer, handlers, p99, together
from benchmarks.crowd import Crowd, Start

CHATS, SECONDS, ENOUGH = 1000, 5, 20.0  # ENOUGH: ms from arrival to reply that 99 of 100 may take
RATES = (1000, 500, 250, 100)  # updates a second; Telegram lets a bot send 30
APART = 15  # owners are at as many points of the report: all at the same one would be a school class, not a town


@dataclass(frozen=True)
class Wait:
    """p50 and p99 in ms from arrival to reply, at this many updates a second."""

    rate: int
    p50: float
    p99: float


async def waits(begin: Start) -> tuple[Wait, ...]:
    """From the highest rate down to the first at which 99 of 100 wait less than `ENOUGH`, on SQLite."""
    found: list[Wait] = []
    with TemporaryDirectory() as folder, databases.sqlite() as url:
        async with handlers(url, Path(folder)) as (_, answer):
            people, acts = Crowd(begin, url, CHATS), [itertools.count(number % APART + 1) for number in range(CHATS)]
            for act in range(APART):
                behind = [number for number in range(CHATS) if number % APART >= act]
                await together(answer, [people.update(number, act) for number in behind], 64)
            for rate in RATES:
                found.append(await _at(rate, answer, people, acts))
                if found[-1].p99 < ENOUGH:
                    break
    return tuple(found)


async def _at(rate: int, answer: Answer, people: Crowd, acts: "list[itertools.count[int]]") -> Wait:
    """Each owner's answers come one after the other, as through a door; `acts`: what each does next."""
    chance = random.Random(7)  # noqa: S311 - the same arrivals every time
    rounds = range(-(-rate * SECONDS // CHATS))
    queue = [(number, people.update(number, next(acts[number]))) for _ in rounds for number in range(CHATS)]
    arrivals = list(itertools.accumulate(chance.expovariate(rate) for _ in queue))
    lanes: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
    took: list[float] = []
    begun = time.perf_counter()

    async def one(number: int, raw: dict[str, object], due: float) -> None:
        async with lanes[number]:
            await answer(raw)
        took.append((time.perf_counter() - begun - due) * 1000)

    tasks = []
    for (number, raw), due in zip(queue, arrivals, strict=True):
        if (wait := begun + due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        tasks.append(asyncio.create_task(one(number, raw, due)))
    await asyncio.gather(*tasks)
    return Wait(rate, median(took), p99(took))
