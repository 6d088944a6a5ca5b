"""Owners of the tests' scenarios who fill in a report over the stand-in Telegram, without a restart at every turn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.wire import Raw
from bot.app import client, running
from bot.demo.request import StandInRequest
from bot.pacing import Pacing
from tests.chat import TOKEN, Chat, World
from tests.owner import SCENARIOS, Owner, load

SITI = 1001


class SteadyWorld(World):
    """A world whose bot stays up; it keeps the raw updates in the order they came."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.raws: list[Raw] = []

    async def settle(self) -> None:
        """Let the bot answer all that waits."""
        if self._bot is None:
            talk = client(TOKEN, "http://127.0.0.1", lambda: StandInRequest(self.telegram))
            pacing = Pacing(limited=False)
            bot = running(talk, self.database_url, self.folder / "files", clock=lambda: self.now, pacing=pacing)
            self._bot = await self._stack.enter_async_context(bot)
        for raw in await self.telegram.updates.fetch(self._offset, 100, 0):
            self._offset = raw["update_id"] + 1
            self.raws.append(raw)
            await self._bot.handle(raw)


def complete_scenarios() -> list[str]:
    """The names of the scenarios that fill in a whole report."""
    names = sorted(path.stem for path in SCENARIOS.glob("*.json"))
    return [name for name in names if load(name)["lengkap"]]


@asynccontextmanager
async def begun(name: str, folder: Path, player: type[Owner] = Owner) -> AsyncIterator[tuple[SteadyWorld, Owner]]:
    """The scenario's owner, who has just said /mulai."""
    world = SteadyWorld(folder)
    try:
        chat = Chat(world, SITI, "Siti")
        await chat.says("/mulai")
        yield world, player(chat, load(name))
    finally:
        await world.close()
