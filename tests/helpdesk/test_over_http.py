"""The real process: an owner and staff in the demo page, and a helpdesk over HTTP with Telegram's own limits."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.demo.telegram import Telegram
from tests.chat import TOKEN
from tests.helpdesk.room import BUDI, GROUP, RINI, SITI
from tests.process import PATIENCE, BotProcess, free_port, over_http

OWNER = 1001


class Page:
    """The demo page as a browser uses it."""

    def __init__(self, web: aiohttp.ClientSession) -> None:
        self.web = web

    async def get(self, path: str) -> Any:
        async with self.web.get(path) as answer:
            return await answer.json()

    async def does(self, person: int, act: str, **content: Any) -> None:
        async with self.web.post(f"/api/people/{person}/{act}", json=content) as answer:
            assert answer.status == 200, await answer.text()

    async def last(self, person: int) -> dict[str, Any]:
        messages = (await self.get(f"/api/people/{person}/history"))["messages"]
        return messages[-1] if messages else {}

    async def until(self, person: int, words: str) -> dict[str, Any]:
        """The last message there, once it is not their own and has these words."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await self.last(person)
                if message.get("from_bot") and words in str(message.get("text")):
                    return message
                await asyncio.sleep(0.02)

    async def taps(self, person: int, face: str) -> None:
        message = await self.last(person)
        keys = [key for row in message["reply_markup"]["inline_keyboard"] for key in row]
        data = next(key["callback_data"] for key in keys if key["text"].startswith(face))
        await self.does(person, "tap", message_id=message["message_id"], callback_data=data)


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[Page]:
    port = free_port()
    async with BotProcess(folder, "demo", "--port", str(port)) as process:
        await process.listens(port)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as web:
            yield Page(web)


async def asks(page: Page, question: str) -> None:
    await page.does(OWNER, "say", text=f"/petugas {question}")
    await page.until(OWNER, question)
    await page.taps(OWNER, "Kirim")
    await page.until(OWNER, "diteruskan ke petugas")


async def seat(page: Page, name: str) -> int:
    """The newest seat of this staff member in a topic."""
    async with asyncio.timeout(PATIENCE):
        while True:
            people = await page.get("/api/people")
            if found := [one["id"] for one in people if one["first_name"].startswith(f"{name} · #")]:
                return int(found[-1])
            await asyncio.sleep(0.02)


async def test_in_the_demo_one_plays_the_owner_and_the_staff_and_it_outlives_a_restart(tmp_path: Path) -> None:
    async with demo(tmp_path) as page:
        await page.does(OWNER, "say", text="/mulai")
        await page.until(OWNER, "Anda setuju?")
        await page.taps(OWNER, "Setuju")
        await page.until(OWNER, "Laporan yang mana")
        await asks(page, "zzz qqq xxx")
        rini, agus = await seat(page, "Rini"), await seat(page, "Agus")
        await page.until(rini, "Kata pemilik:\nzzz qqq xxx")
        await page.does(rini, "say", text="Halo Bu, ada apa?")
        await page.until(OWNER, "Rini (petugas):\nHalo Bu, ada apa?")
        await page.until(agus, "Rini: Halo Bu, ada apa?")
        await page.does(OWNER, "say", text="Terima kasih")
        await page.until(agus, "Terima kasih")
    async with demo(tmp_path) as page:  # a new stand-in that knows no topic, beside a bot that remembers its ticket
        await page.does(OWNER, "say", text="Masih di sana?")
        await page.until(await seat(page, "Rini"), "Masih di sana?")


async def heard(telegram: Telegram, chat: int, found: Callable[[list[str]], bool]) -> list[str]:
    async with asyncio.timeout(PATIENCE):
        while True:
            said = [str(m.get("text")) for m in telegram.history(chat) if m["from_bot"]]
            if found(said):
                return said
            await asyncio.sleep(0.02)


async def presses(telegram: Telegram, person: int, face: str, words: str) -> None:
    await heard(telegram, person, lambda said: bool(said) and words in said[-1])
    message = telegram.history(person)[-1]
    keys = [key for row in message["reply_markup"]["inline_keyboard"] for key in row]
    data = next(key["callback_data"] for key in keys if key["text"].startswith(face))
    telegram.taps(person, message["message_id"], data)


async def test_with_telegrams_limits_429s_and_403s_each_message_arrives_once(tmp_path: Path) -> None:
    telegram = Telegram(TOKEN, rate_limits=True)
    telegram.add_group(GROUP, "Petugas", is_forum=True)
    telegram.join(RINI, "Rini")
    async with over_http(telegram) as address:
        variables = {"HELPDESK_CHAT_ID": str(GROUP), "HELPDESK_STAFF_IDS": str(RINI)}
        async with BotProcess(
            tmp_path / "bot", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=address, **variables
        ) as process:
            for number, name in ((SITI, "Bu Siti"), (BUDI, "Pak Budi")):
                telegram.join(number, name)
                telegram.says(number, "/mulai")
                await presses(telegram, number, "Setuju", "Anda setuju?")
                await heard(telegram, number, lambda said: "Laporan yang mana" in said[-1])
                telegram.says(number, f"/petugas zzz dari {name}")
                await presses(telegram, number, "Kirim", "zzz dari")
                await heard(telegram, GROUP, lambda said: f"zzz dari {name}" in str(said))  # noqa: B023 - it is awaited
            siti, budi = telegram.chats[GROUP].topics
            telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
            telegram.says(RINI, "Untuk Bu Siti", chat_id=GROUP, message_thread_id=siti)
            telegram.blocks(BUDI)
            telegram.says(RINI, "Untuk Pak Budi", chat_id=GROUP, message_thread_id=budi)
            said = await heard(telegram, SITI, lambda said: "Rini (petugas):\nUntuk Bu Siti" in said)
            assert len([text for text in said if "Untuk Bu Siti" in text]) == 1
            await heard(telegram, GROUP, lambda said: "Pemilik memblokir bot, jadi pesan ini tidak sampai." in said)
            telegram.says(SITI, "Terima kasih")
            said = await heard(telegram, GROUP, lambda said: "Terima kasih" in said)
            assert said.count("Terima kasih") == 1
            assert "zzz" not in process.log
            assert "Terima" not in process.log
