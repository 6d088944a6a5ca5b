"""A process that hangs ends; one that waits, sleeps or works does not."""

import subprocess
import sys

import pytest

from bot.watchdog import FROZEN
from tests.process import PATIENCE, ROOT

LIFE = """
import asyncio, time
from bot.watchdog import Watchdog

async def lives(dog):
    for turn in range(10):
        dog.progress()
        await asyncio.sleep(0.1)
    {then}

with Watchdog(longest_rest=2) as dog:
    asyncio.run(lives(dog))
print("ended by itself")
"""


@pytest.mark.parametrize(
    ("then", "code", "said"),
    [
        ("time.sleep(60)", FROZEN, "no progress: the process ends, to be started again"),  # a blocked loop
        ("await asyncio.sleep(60)", FROZEN, "no progress: the process ends"),  # a loop that turns for nothing
        ("pass", 0, "ended by itself"),
    ],
)
def test_a_process_without_progress_ends_and_says_so(then: str, code: int, said: str) -> None:
    life = subprocess.run(  # noqa: S603 - our own lines
        [sys.executable, "-c", LIFE.format(then=then)], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE
    )
    assert life.returncode == code
    assert said in life.stdout + life.stderr
