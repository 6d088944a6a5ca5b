"""What a SIGKILL takes: a bot answers, is killed with everything it started, and a new process counts what is there.

`python -m benchmarks.others.kill KEY FOLDER` is the bot that waits to be killed; it says a word after every answer.
"""

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.others.screens import Way
from benchmarks.others.talking import acts, begin
from benchmarks.others.ways import WAYS

ACKNOWLEDGED = 300  # answers until the kill
_AT_ONCE, _MOST_CHATS, _SECONDS = 8, 400, 60


async def victim(way: Way, folder: Path) -> None:
    """Answer owner after owner, eight at once, until killed; ends by itself behind the last of them."""

    async def owner(chat_id: int) -> None:
        await begin(talk, chat_id)
        for raw in acts(talk, chat_id):
            await talk.answer(raw)
            print(chat_id, flush=True)

    async with way.open(folder) as talk:
        for first in range(1, _MOST_CHATS, _AT_ONCE):
            await asyncio.gather(*(owner(chat_id) for chat_id in range(first, first + _AT_ONCE)))


async def lost(way: Way) -> tuple[int, int]:
    """How many acknowledged answers a kill took, of how many. Raises RuntimeError where the bot never came so far."""
    with TemporaryDirectory() as folder:
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.others.kill", way.key, folder,
            stdout=asyncio.subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert bot.stdout
        heard = Counter[int]()
        try:
            async with asyncio.timeout(_SECONDS):
                while heard.total() < ACKNOWLEDGED:
                    heard[int(await bot.stdout.readline())] += 1
        except (TimeoutError, ValueError):  # the empty line of one that has ended
            raise RuntimeError(f"{way.name}: no {ACKNOWLEDGED} answers in {_SECONDS} s; run it by hand") from None
        finally:
            if bot.returncode is None:
                os.killpg(bot.pid, signal.SIGKILL)  # its Redis is of the same group
        heard.update(int(line) for line in (await bot.stdout.read()).splitlines())
        await bot.wait()
        missing = heard - await way.stored(Path(folder))  # chat by chat: what was kept unheard makes up for nothing
        return missing.total(), heard.total()


def main() -> None:
    """The bot that waits to be killed."""
    key, folder = sys.argv[1:]
    asyncio.run(victim(next(way for way in WAYS if way.key == key), Path(folder)))


if __name__ == "__main__":
    main()
