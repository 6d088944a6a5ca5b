"""What a conversation that nobody is answering in costs the process: memory after many of them, and the start.

Run by itself (`python -m benchmarks.memory`) it prints the figures as JSON: memory is measured in a fresh process.
"""

import asyncio
import gc
import json
import os
import subprocess
import sys
import time
import tracemalloc
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.answer import SCENARIO, handlers
from benchmarks.crowd import Crowd, start
from bot.conversation_handlers import CHATS

FEW, MANY = 1_000, 10_000
TRACED, MORE = CHATS, 500  # so many that all that is kept in memory is traced, then some more
_STARTED = (
    "import asyncio, sys; from benchmarks.memory import open_and_close; asyncio.run(open_and_close(sys.argv[1]))"
)


@dataclass(frozen=True)
class Memory:
    """Resident MB at the start, after 1,000 and after 10,000 chats answered once each; bytes of Python objects that
    each of the last `MORE` chats left behind, and that a chat takes among those that wrote last; seconds until a bot
    process is ready (imports, tables, form)."""

    start_mb: float
    few_mb: float
    many_mb: float
    left_bytes: float
    kept_bytes: float
    start_seconds: float


async def measured() -> Memory:
    """One answer from each of 10,000 owners in the middle of a report, 64 at a time."""
    begin = await start(SCENARIO)
    with TemporaryDirectory() as name:
        url = f"sqlite:///{name}/temanlapor.db"
        async with handlers(url, Path(name)) as (_, answer):
            crowd = Crowd(begin, url, MANY + TRACED + MORE)

            async def answered(first: int, last: int) -> float:
                for number in range(first, last, 64):
                    chats = range(number, min(number + 64, last))
                    await asyncio.gather(*(answer(crowd.update(chat, 0)) for chat in chats))
                gc.collect()
                return _resident()

            begun = await answered(0, 100)
            few = await answered(100, FEW)
            many = await answered(FEW, MANY)
            tracemalloc.start()
            await answered(MANY, MANY + TRACED)
            before, _ = tracemalloc.get_traced_memory()
            await answered(MANY + TRACED, MANY + TRACED + MORE)
            after, _ = tracemalloc.get_traced_memory()
            tracemalloc.stop()
    return Memory(begun, few, many, (after - before) / MORE, before / TRACED, await _start_seconds())


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def open_and_close(database_url: str) -> None:
    """A bot process from its first import until it could answer, and out again."""
    folder = Path(database_url.removeprefix("sqlite:///")).parent
    async with handlers(database_url, folder):
        pass


async def _start_seconds() -> float:
    took = []
    for _ in range(3):
        with TemporaryDirectory() as name:
            begun = time.perf_counter()
            command = (sys.executable, "-c", _STARTED, f"sqlite:///{name}/temanlapor.db")
            process = await asyncio.create_subprocess_exec(*command)
            await asyncio.wait_for(process.wait(), 60)
            assert process.returncode == 0
            took.append(time.perf_counter() - begun)
    return median(took)


def memory() -> Memory:
    """The figures, from a process of their own."""
    done = subprocess.run(
        (sys.executable, "-m", "benchmarks.memory"), capture_output=True, text=True, check=True, timeout=300
    )
    return Memory(**json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(measured()))))
