"""The real process while its disk is full, another program holds its database, or the database server is restarted under
it: nothing is acknowledged that is not kept (P15), what was said waits, and it goes on by itself."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from storage.database import connect
from storage.reports import load
from tests.chat import Chat
from tests.process import PATIENCE, Town, living_in
from tests.sizes import size

TRIES = size(
    10, 50
)  # fetches while an update is unfinished, 0.6 s apart: more than one wait for a lock; at night 30 s
NAME = "perusahaan.nama"


class Sturdy(Town):
    """A town without the pace of one message a second."""

    program = "tests.write_points"


@asynccontextmanager
async def sari_in(town: Town) -> AsyncIterator[Chat]:
    """Sari, whose firm has a name."""
    async with living_in(town):
        chat = Chat(town, 1001, "Sari")
        await chat.says("/mulai")
        await chat.taps("Setuju")
        await chat.taps("Sudah jalan")
        await chat.says("Usaha 0")
        yield chat


def kept_name(town: Town) -> str:
    engine = connect(town.database_url)
    with engine.begin() as connection:
        answers = load(connection, 1001).draft.answers
    engine.dispose()
    return next(str(answer.value) for place, answer in answers.items() if place.question == NAME)


def edits(chat: Chat, number: int) -> None:
    """Sari edits the name of her firm."""
    mine = next(m for m in chat.history if m.get("text", "").startswith("Usaha ") and not m["from_bot"])["message_id"]
    chat.world.telegram.edits(chat.user_id, mine, f"Usaha {number}")


async def renames(chat: Chat, number: int) -> None:
    """She edits it, and the bot says that it is kept."""
    edits(chat, number)
    await chat.world.settle()
    assert f"Usaha {number}" in chat.text


async def is_not_told(chat: Chat, number: int) -> None:
    """She edits it while nothing can be written. The bot tries and asks Telegram for it again, and says nothing."""
    before = chat.history
    edits(chat, number)
    tries = sum(call.method == "getUpdates" for call in chat.world.telegram.log)
    async with asyncio.timeout(PATIENCE + 2 * TRIES):
        while sum(call.method == "getUpdates" for call in chat.world.telegram.log) < tries + TRIES:
            await asyncio.sleep(0.05)
    assert [m for m in chat.history if m["from_bot"]] == [m for m in before if m["from_bot"]]


async def test_on_a_full_disk_nothing_is_acknowledged_and_with_room_it_goes_on(tmp_path: Path) -> None:
    town = Sturdy(tmp_path / "data")
    async with sari_in(town) as chat:
        unlimited = resource.RLIM_INFINITY
        resource.prlimit(town.bot.pid, resource.RLIMIT_FSIZE, (0, unlimited))  # no file of its takes a byte any more
        await is_not_told(chat, 1)
        assert kept_name(town) == "Usaha 0"
        resource.prlimit(town.bot.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
        await town.settle()
        assert "Usaha 1" in chat.text
        await renames(chat, 2)
        assert kept_name(town) == "Usaha 2"
        assert town.bot.runs


async def test_while_another_program_holds_the_database_nothing_is_acknowledged(tmp_path: Path) -> None:
    town = Sturdy(tmp_path / "data")
    async with sari_in(town) as chat:
        lock = sqlite3.connect(town.folder / "temanlapor.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        await is_not_told(chat, 1)
        lock.close()
        await town.settle()
        assert "Usaha 1" in chat.text
        assert kept_name(town) == "Usaha 1"


async def restarts(server: Any) -> None:
    """As after a crash: no connection is ended in good order."""
    command = (f"{server.bin_path}/pg_ctl", "restart", "-w", "-m", "immediate", "-D", str(server.pgdata))
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, user=server.system_user
    )
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def test_while_the_server_restarts_again_and_again_what_is_acknowledged_is_kept(
    tmp_path: Path, own_server: Any
) -> None:
    town = Sturdy(tmp_path / "data", own_server.get_uri())
    async with sari_in(town) as chat:
        number = 0
        for _ in range(size(2, 15)):
            restart = asyncio.create_task(restarts(own_server))
            while not restart.done():
                number += 1
                await renames(chat, number)
            await restart
            await renames(chat, number := number + 1)
            assert kept_name(town) == f"Usaha {number}"
            await asyncio.sleep(size(0, 15))
