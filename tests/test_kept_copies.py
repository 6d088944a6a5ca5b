"""What a bot keeps in memory of a chat is used only as long as the database says the same, whoever changed it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import client, running
from bot.conversation_handlers import Handlers
from bot.demo.request import StandInRequest
from bot.pacing import Pacing
from bot.recent import Recent
from tests.chat import TOKEN, Chat, World
from tests.owner import Owner, load


class Relay(World):
    """A world of two bots on one database that stay awake and take turns: every act is answered by the other one."""

    bots: tuple[Handlers, ...] = ()

    async def settle(self) -> None:
        if not self.bots:
            self.bots = (await self._bot_of(), await self._bot_of())
        for raw in await self.telegram.updates.fetch(self._offset, 100, 0):
            self._offset = raw["update_id"] + 1
            await self.bots[self._offset % 2].handle(raw)

    async def _bot_of(self) -> Handlers:
        talk = client(TOKEN, "http://127.0.0.1", lambda: StandInRequest(self.telegram))
        parts = running(talk, self.database_url, self.folder / "files", clock=lambda: self.now,
                        pacing=Pacing(limited=False))  # fmt: skip
        return await self._stack.enter_async_context(parts)


@pytest.fixture
async def relay(tmp_path: Path) -> AsyncIterator[Relay]:
    world = Relay(tmp_path)
    yield world
    await world.close()


async def test_two_bots_that_take_turns_fill_in_one_report(relay: Relay) -> None:
    siti = Chat(relay, 1001, "Siti")
    await siti.says("/mulai")
    owner = Owner(siti, load("tempe"))
    assert "Semua isian sudah lengkap." in await owner.fills_in()
    assert all(len(bot._desks) == 1 for bot in relay.bots)


async def test_who_deletes_everything_and_begins_anew_meets_nothing_of_before(relay: Relay) -> None:
    sari = Chat(relay, 7, "Sari")
    for firm in ("Keripik Lama", "Keripik Baru"):
        await sari.says("/mulai")
        await sari.taps("Setuju")
        await sari.taps("Sudah jalan")
        assert f"Tersimpan: Nama Perusahaan — {firm}" in await sari.says(firm)
        assert await sari.says("/periksa") == await sari.says("/periksa")
        if firm == "Keripik Lama":
            await sari.says("/hapus")
            await sari.taps("Ya, hapus semuanya")
    assert (await sari.data())["perusahaan"]["nama"] == "Keripik Baru"


def test_only_the_chats_that_wrote_last_are_kept() -> None:
    recent: Recent[str] = Recent(2)
    for chat in (1, 2, 1, 3):
        recent.keep(chat, f"chat {chat}")
    assert [recent.get(chat) for chat in (1, 2, 3)] == ["chat 1", None, "chat 3"]
