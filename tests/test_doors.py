"""The real process that polls: what it bears at the start and from its database, what it shows on its port."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from itertools import pairwise
from pathlib import Path

import aiohttp
import pytest

from bot.demo.telegram import Telegram
from bot.incoming import Raw
from storage.trouble import DatabaseUnavailableError
from tests.chat import TOKEN, Chat
from tests.front_door import SARI, Ledger, door, two_people
from tests.passing_time import PassingTime
from tests.process import PATIENCE, ROOT, BotProcess, Town, free_port, living_in, over_http, visited_in


async def test_an_update_waits_until_the_database_takes_it(tmp_path: Path) -> None:
    town = Town(tmp_path / "data")
    async with living_in(town):
        chat = Chat(town, 1001, "Bu Siti")
        await chat.says("/mulai")
        await chat.taps("Setuju")
        await chat.taps("Sudah jalan")
        lock = sqlite3.connect(town.folder / "temanlapor.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        town.telegram.says(1001, "Tempe Bu Siti")
        async with asyncio.timeout(PATIENCE):
            while "an update waits for the database" not in town.bot.log:
                await asyncio.sleep(0.01)
        assert len(town.telegram.updates) == 1
        lock.close()
        await town.settle()
        assert "✓ Tersimpan: Nama Perusahaan — Tempe Bu Siti" in chat.text
        assert "gangguan" not in str(chat.history)


async def test_while_one_update_waits_for_the_database_its_chat_keeps_its_order() -> None:
    time = PassingTime()
    town, ledger, away = two_people(time), Ledger(), [0.0]

    async def handle(update: Raw) -> None:
        if time.now < 200:
            away.append(time.now)
            raise DatabaseUnavailableError("The work was not acknowledged: the disk is full; make room.")
        await ledger.handle(update)

    town.says(SARI, "tempe")
    town.says(SARI, "tahu")
    async with door(town, time, handle):
        await time.until(lambda: len(ledger.lines) == 2 and not town.updates)
    assert ledger.lines == [(SARI, "tempe"), (SARI, "tahu")]
    assert max(later - earlier for earlier, later in pairwise(away)) <= 15


@pytest.mark.parametrize("code", [401, 409, 429, 502])
async def test_a_stray_error_at_the_start_is_borne(tmp_path: Path, code: int) -> None:
    town = Town(tmp_path / "data")
    for method in ("getMe", "deleteWebhook", "setMyCommands"):
        town.telegram.fail_next(method, code, "stray", retry_after=1 if code == 429 else None)
    async with living_in(town):
        chat = Chat(town, 1001, "Bu Siti")
        await chat.says("/mulai")
        assert chat.label == "Sebelum mulai"


async def test_a_wrong_token_ends_the_process_within_seconds_with_what_to_do(tmp_path: Path) -> None:
    async with over_http(Telegram("987654321:" + "A" * 35)) as address:
        bot = BotProcess(tmp_path / "data", TELEGRAM_BOT_TOKEN="123456789:" + "kenari" * 6, TELEGRAM_API_URL=address)
        async with bot, asyncio.timeout(PATIENCE):
            while bot.runs:
                await asyncio.sleep(0.02)
            assert await bot.stop() == 1
    assert "Telegram does not know the token. Set TELEGRAM_BOT_TOKEN" in bot.log
    assert "Traceback" not in bot.log
    assert "kenari" not in bot.log


async def test_a_polling_bot_shows_how_it_is_where_the_operator_asks_for_it(tmp_path: Path) -> None:
    port, town = free_port(), Town(tmp_path / "data")
    async with over_http(town.telegram) as address:
        town.bot = BotProcess(
            town.folder, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=address, METRICS="1", PORT=str(port)
        )
        async with town.bot, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            await town.bot.listens(port)
            await Chat(town, 1001, "Bu Siti").says("/mulai")
            for path, word in (
                ("/healthz", "ok"),
                ("/readyz", "ok"),
                ("/metrics", 'outcome="answered"} 1.0'),
                ("/metrics", "temanlapor_firms 0.0"),
            ):
                async with session.get(path) as answer:
                    assert answer.status == 200
                    assert word in await answer.text()
            async with session.post("/telegram", data=b"{}") as answer:
                assert answer.status == 404
            assert await town.bot.stop() == 0


async def test_ten_minutes_without_telegram_end_the_process_with_a_plain_sentence(tmp_path: Path) -> None:
    town = Town(tmp_path / "data")
    town.telegram.fail_next("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=1000)
    async with over_http(town.telegram) as address:
        impatient = "from bot.doors import patience; patience.PATIENCE = 1; from bot.__main__ import cli; cli()"
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", impatient, cwd=tmp_path, stderr=asyncio.subprocess.PIPE,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TELEGRAM_BOT_TOKEN": TOKEN,
                 "TELEGRAM_API_URL": address},
        )  # fmt: skip
        _, log = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert log.decode().splitlines()[-1].startswith("Calling Telegram has failed for ten minutes without a break.")
    assert "Conflict: another process polls with this token" in log.decode()
    assert "Traceback" not in log.decode()


@pytest.mark.parametrize("lives", [living_in, visited_in])
async def test_a_bot_whose_database_is_held_leaves_within_five_seconds_all_the_same(
    tmp_path: Path, lives: Callable[[Town], AbstractAsyncContextManager[object]]
) -> None:
    town = Town(tmp_path / "data")
    async with lives(town):
        people = [Chat(town, 1001 + number, name) for number, name in enumerate(("Bu Siti", "Pak Budi", "Sari"))]
        for chat in people:
            await chat.says("/mulai")
        lock = sqlite3.connect(town.folder / "temanlapor.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        for chat in people:
            town.telegram.says(chat.user_id, "/bantuan")
            await asyncio.sleep(0.7)  # each begins while the one before waits
        assert await town.bot.stop() == 0
        lock.close()
        await town.bot.start()
        await town.settle()
        assert all(chat.history[-1]["from_bot"] for chat in people)
