"""A polling bot over the stand-in Telegram, two people, and a handler that keeps a ledger: for tests of the door."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import telegram

from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from bot.doors import polling
from bot.incoming import Raw
from tests.passing_time import PassingTime

SARI, BUDI = 7, 8
Handle = Callable[[Raw], Awaitable[None]]


@asynccontextmanager
async def door(town: Telegram, time: PassingTime, handle: Handle) -> AsyncIterator[asyncio.Task[None]]:
    """A polling bot that is dropped at the end, as a killed process would be."""
    task = asyncio.create_task(start(town, time, handle, asyncio.Event()))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def start(
    town: Telegram,
    time: PassingTime,
    handle: Handle,
    stop: asyncio.Event,
    progress: Callable[[], None] = lambda: None,
) -> None:
    bot = telegram.Bot(town.token, request=StandInRequest(town), get_updates_request=StandInRequest(town))
    await polling.poll(bot, handle, stop, progress=progress, clock=time.clock, sleep=time.sleep)


class Ledger:
    """A handler that writes down who said what, when it has finished with it."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, str]] = []

    async def handle(self, update: Raw) -> None:
        await asyncio.sleep(0)
        self.lines.append((update["message"]["chat"]["id"], update["message"].get("text", "")))


def two_people(time: PassingTime) -> Telegram:
    """A Telegram in which Sari and Budi have joined, and nothing was said yet."""
    town = Telegram(clock=time.date)
    town.join(SARI, "Sari")
    town.join(BUDI, "Budi")
    return town


def fetches(town: Telegram) -> list[float]:
    first = town.log[0].at
    return [(call.at - first).total_seconds() for call in town.log if call.method == "getUpdates"]
