"""Three processes on one PostgreSQL behind a reverse proxy: chats keep their order, one that dies takes nothing along."""

import asyncio
from contextlib import AsyncExitStack
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from bot.demo.telegram_webhook import Courier
from storage.database import connect
from storage.tables import AnswerChange, Person
from tests.chat import Chat
from tests.process import BotProcess, Town, behind_a_proxy, free_port, over_http

PEOPLE = 6
NAMES = ("Keripik", "Mebel", "Tempe", "Batik", "Kopi")


async def test_three_processes_share_the_chats_and_keep_each_in_order(tmp_path: Path, postgresql_url: str) -> None:
    town = Town(tmp_path / "data", postgresql_url)
    town.folder.mkdir()
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(over_http(town.telegram))
        ports = [free_port() for _ in range(3)]
        bots = [
            BotProcess(town.folder, **behind_a_proxy(port, address), DATABASE_URL=postgresql_url) for port in ports
        ]
        for bot in bots:
            await stack.enter_async_context(bot)
        for bot, port in zip(bots, ports, strict=True):
            await bot.listens(port)
        courier = asyncio.create_task(Courier(town.telegram, *(f"http://127.0.0.1:{port}" for port in ports)).run())
        stack.callback(courier.cancel)
        town.bot = bots[0]
        people = [Chat(town, 1001 + number, f"Pemilik {number}") for number in range(PEOPLE)]
        for chat in people:
            await chat.says("/mulai")
            await chat.taps("Setuju")
            await chat.taps("Sudah jalan")
            await chat.says(NAMES[0])
        for name in NAMES[1:]:
            for chat in people:
                written = next(m for m in reversed(chat.history) if m.get("text") in NAMES and not m["from_bot"])
                town.telegram.edits(chat.user_id, written["message_id"], name)
            if name == NAMES[3]:
                bots[1].strike()
        await town.settle()
        for chat in people:
            assert await changes(town, chat) == list(pairwise(NAMES))
            assert (await chat.data())["perusahaan"]["nama"] == NAMES[-1]
        assert await bots[0].stop() == 0
        assert await bots[2].stop() == 0


async def changes(town: Town, chat: Chat) -> list[tuple[str, str]]:
    """What this person's firm was called, from what to what, in the order in which it was applied."""
    engine = connect(town.database_url)
    with engine.begin() as connection:
        rows = connection.execute(
            select(col(AnswerChange.old), col(AnswerChange.new))
            .join(Person, col(Person.id) == col(AnswerChange.by))
            .where(col(Person.chat_id) == chat.user_id)
            .order_by(col(AnswerChange.id))
        ).all()
    engine.dispose()
    return [(old, new) for old, new in rows]
