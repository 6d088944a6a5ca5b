"""The real process while its disk is full, another program holds its database, or the database server is restarted under
it: nothing is acknowledged that is not kept (P15), the person is told, and it goes on by itself."""

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

SORRY = "ada gangguan di pihak kami"
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


async def renames(chat: Chat, number: int) -> bool:
    """Sari edits the name of her firm; whether the bot says that it is kept. It says that or it is sorry."""
    mine = next(m for m in chat.history if m.get("text", "").startswith("Usaha ") and not m["from_bot"])["message_id"]
    said = await chat.edits(mine, f"Usaha {number}")
    assert (SORRY in said) != (f"Usaha {number}" in said), said
    return SORRY not in said


async def test_on_a_full_disk_nothing_is_acknowledged_and_with_room_it_goes_on(tmp_path: Path) -> None:
    town = Sturdy(tmp_path / "data")
    async with sari_in(town) as chat:
        unlimited = resource.RLIM_INFINITY
        resource.prlimit(town.bot.pid, resource.RLIMIT_FSIZE, (0, unlimited))  # no file of its takes a byte any more
        assert [await renames(chat, number) for number in range(1, 4)] == [False] * 3
        assert kept_name(town) == "Usaha 0"
        resource.prlimit(town.bot.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
        assert await renames(chat, 4)
        assert kept_name(town) == "Usaha 4"
        assert town.bot.runs


async def test_while_another_program_holds_the_database_nothing_is_acknowledged(tmp_path: Path) -> None:
    town = Sturdy(tmp_path / "data")
    async with sari_in(town) as chat:
        lock = sqlite3.connect(town.folder / "temanlapor.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        for number in range(1, size(2, 11)):  # each waits three seconds
            assert not await renames(chat, number)
        lock.close()
        assert kept_name(town) == "Usaha 0"
        assert await renames(chat, 99)
        assert kept_name(town) == "Usaha 99"


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
        number, last = 0, 0
        for _ in range(size(2, 15)):
            restart = asyncio.create_task(restarts(own_server))
            while not restart.done():
                number += 1
                if await renames(chat, number):
                    last = number
            await restart
            assert kept_name(town) in {f"Usaha {last}", f"Usaha {number}"}
            number += 1
            assert await renames(chat, number)
            assert kept_name(town) == f"Usaha {number}"
            last = number
            await asyncio.sleep(size(0, 15))
