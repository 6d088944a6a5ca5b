"""The small form written in four other ways, each measured beside the same echo, and each killed once.

`python -m benchmarks.others.compare` by itself takes under a minute and a half.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.echo import echo
from benchmarks.others.kill import lost
from benchmarks.others.pickled import stall
from benchmarks.others.screens import Way
from benchmarks.others.small_form import BEFORE, FORM
from benchmarks.others.talking import act, begin, check, slips
from benchmarks.others.ways import WAYS
from benchmarks.tables import machine, table
from benchmarks.wire import Raw, text_update

CHATS = 64
PASSES = 3  # through the form; the first is not counted
OWNERS = 1000  # known to the bot whose flush is timed; 64 of them answered since the last


@dataclass(frozen=True)
class Other:
    """Of one way: CPU of an answer in ms (with its server's) and in echoes, wall p50 and p99 in ms with 64 chats that
    begin at the same moment, and how many of how many acknowledged answers a kill took."""

    way: Way
    cpu: float
    ratio: float
    p50: float
    p99: float
    lost: int
    acknowledged: int


@dataclass(frozen=True)
class Others:
    """The ways that run here, and how long one flush of PicklePersistence stops every answer, in ms."""

    found: tuple[Other, ...]
    stall: float
    missing: tuple[str, ...]


async def others() -> Others:
    """Measure and kill every way that can run here."""
    here = [way for way in WAYS if not way.missing]
    found = tuple([await _measured(way) for way in here])
    with TemporaryDirectory() as folder:
        stopped = await stall(Path(folder), OWNERS, CHATS)
    return Others(found, stopped, tuple(f"{way.name}: {way.missing}" for way in WAYS if way.missing))


async def _measured(way: Way) -> Other:
    mine: list[float] = []
    ratios: list[float] = []
    walls: list[float] = []
    chats = range(1, CHATS + 1)
    with TemporaryDirectory() as folder:
        async with way.open(Path(folder)) as talk, echo() as theirs:
            await slips(talk, CHATS + 1)
            for turn in range(PASSES):
                for chat_id in chats:
                    await begin(talk, chat_id)
                used = echoed = 0.0
                server = await talk.elsewhere()
                for number in range(len(FORM)):
                    plain = [text_update(chat_id, "Rp18.500.000") for chat_id in chats]
                    echoed += (await _round(theirs.answer, plain))[0]
                    cost, took = await _round(talk.answer, [act(talk, chat_id, number) for chat_id in chats])
                    used += cost
                    walls += took if turn else []
                    for chat_id in chats:
                        check(talk, chat_id, number)
                used += await talk.elsewhere() - server
                if turn:
                    mine.append(used * 1000 / CHATS / len(FORM))
                    ratios.append(used / echoed)
    return Other(way, median(mine), median(ratios), median(walls), quantiles(walls, n=100)[98], *await lost(way))


async def _round(answer: Callable[[Raw], Awaitable[None]], updates: list[Raw]) -> tuple[float, list[float]]:
    """CPU seconds of this process for all of them, and the wall time of each in ms; they begin at the same moment."""
    took: list[float] = []

    async def one(raw: Raw) -> None:
        await answer(raw)
        took.append((time.perf_counter() - begun) * 1000)

    before, begun = time.process_time(), time.perf_counter()
    await asyncio.gather(*(one(raw) for raw in updates))
    return time.process_time() - before, took


def figures(measured: Others) -> dict[str, object]:
    """For the one line of JSON."""
    found: dict[str, object] = {}
    for other in measured.found:
        key = f"other_{other.way.key}"
        found[f"{key}_cpu_ratio_64"] = round(other.ratio, 2)
        found[f"{key}_p99_ms_64"] = round(other.p99, 1)
        found[f"{key}_lost"] = other.lost
    return {**found, "other_ptb_pickle_flush_ms": round(measured.stall)}


def shown(measured: Others) -> str:
    """As a table."""
    rows = [
        (other.way.name, other.cpu, f"{other.ratio:.2f} x", other.p50, other.p99,
         "no" if other.lost else "yes", f"{other.lost} of {other.acknowledged}")
        for other in measured.found
    ]  # fmt: skip
    return table(
        f"A small form ({len(FORM)} questions behind {len(BEFORE)} answers) written in other ways, {CHATS} chats at once",
        ("", "CPU ms", "of an echo", "wall p50 ms", "wall p99 ms", "durable", "a kill took"),
        rows,
        f"CPU with the Redis server's. PicklePersistence writes once a minute: a kill takes what was answered since, and "
        f"with {OWNERS:,} owners,\n{CHATS} of whom answered, its flush stops everybody for {measured.stall:,.0f} ms "
        f"(not in its CPU above)." + "".join(f"\nLeft out: {line}." for line in measured.missing),
    )


def main() -> None:
    """Measure, then print."""
    measured = asyncio.run(others())
    print(machine())
    print(shown(measured))


if __name__ == "__main__":
    main()
