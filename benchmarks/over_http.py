"""The whole way over real sockets: updates into a webhook, replies out to a Bot API on loopback; CPU of the bot's own
process alone, ours beside python-telegram-bot's echo with its usual httpx client.

`python -m benchmarks.over_http ours|echo PORT API DATABASE` is the bot.
"""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import aiohttp
import orjson
import telegram
from aiohttp import web
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from benchmarks import databases
from benchmarks.answer import p99
from benchmarks.crowd import MOMENT, Crowd, Start
from benchmarks.wire import ME, TOKEN, Raw, text_update
from bot.app import client, running, spare_the_collector
from bot.doors.web import serving
from bot.doors.webhook import Handle, Webhook
from bot.http_request import HttpRequest
from bot.pacing import Pacing
from tests.process import free_port

CHATS, WARM_UP, ROUNDS = 64, 4, 20
SECRET = "benchmark"  # noqa: S105 - nobody's
URL = "https://lapor.example/telegram"


@dataclass(frozen=True)
class OverHttp:
    """CPU ms of one update, ours and the echo's, and our wall ms from the request until it was answered 200."""

    ours: float
    echo: float
    p50: float
    p99: float


async def over_http(begin: Start) -> OverHttp:
    """64 chats at once, round after round; ours on SQLite."""
    walls: list[float] = []
    with databases.sqlite() as url:
        async with _bot("ours", url) as (number, bring):
            people = Crowd(begin, url, CHATS)
            rounds = [[people.update(chat, act) for chat in range(CHATS)] for act in range(WARM_UP + ROUNDS)]
            ours = await _cost(number, bring, rounds, walls)
    async with _bot("echo", "") as (number, bring):
        plain = [[text_update(chat, "Rp18.500.000") for chat in range(1, CHATS + 1)] for _ in range(WARM_UP + ROUNDS)]
        theirs = await _cost(number, bring, plain, [])
    return OverHttp(ours, theirs, median(walls), p99(walls))


async def _cost(process: int, bring: Handle, rounds: list[list[Raw]], walls: list[float]) -> float:
    async def one(raw: Raw) -> None:
        begun = time.perf_counter()
        await bring(raw)
        walls.append((time.perf_counter() - begun) * 1000)

    before = 0.0
    for number, updates in enumerate(rounds):
        if number == WARM_UP:
            before = _cpu_ms(process)
            walls.clear()
        await asyncio.gather(*map(one, updates))
    return (_cpu_ms(process) - before) / (ROUNDS * CHATS)


def _cpu_ms(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def _bot(kind: str, database: str) -> AsyncIterator[tuple[int, Handle]]:
    """The bot as a process of its own: its number, and how an update is brought to it."""
    port = free_port()
    async with _telegram() as api:
        command = (sys.executable, "-m", "benchmarks.over_http", kind, str(port), api, database)
        process = await asyncio.create_subprocess_exec(*command)
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=headers) as session:

            async def bring(raw: Raw) -> None:
                async with session.post("/telegram", data=orjson.dumps(raw)) as answer:
                    assert answer.status == 200, answer.status

            async with asyncio.timeout(60):
                while True:
                    with contextlib.suppress(aiohttp.ClientConnectionError):
                        await (await session.get("/telegram")).read()
                        break
                    await asyncio.sleep(0.05)
            try:
                yield process.pid, bring
            finally:
                process.terminate()
                await process.wait()


@asynccontextmanager
async def _telegram() -> AsyncIterator[str]:
    """A Bot API that takes everything."""

    async def take(request: web.Request) -> web.Response:
        method, body = request.match_info["method"], await request.read()
        result: object = ME if method == "getMe" else True
        if method == "sendMessage":
            result = {
                "message_id": 77,
                "date": 1,
                "from": ME,
                "chat": {"id": 7, "type": "private"},
                "text": len(body),
            }
        return web.Response(body=orjson.dumps({"ok": True, "result": result}), content_type="application/json")

    app, port = web.Application(), free_port()
    app.router.add_post("/bot{token}/{method}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


async def _ours(port: int, api: str, database: str) -> None:
    bot = client(TOKEN, api, HttpRequest)
    with TemporaryDirectory() as folder:
        pacing = Pacing(limited=False)
        async with running(bot, database, Path(folder), clock=lambda: MOMENT, pacing=pacing) as handlers:
            spare_the_collector()
            await _serve(handlers.handle, port)


async def _echo(port: int, api: str) -> None:
    async def reply(update: telegram.Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        assert update.message.text
        await update.message.reply_text(update.message.text)

    application = ApplicationBuilder().token(TOKEN).base_url(f"{api}/bot").updater(None).job_queue(None).build()
    application.add_handler(MessageHandler(filters.TEXT, reply))
    async with application:
        await _serve(lambda raw: application.process_update(telegram.Update.de_json(raw, application.bot)), port)


async def _serve(handle: Handle, port: int) -> None:
    async with serving([Webhook(SECRET, handle).route(URL)], "127.0.0.1", port):
        await asyncio.Event().wait()


if __name__ == "__main__":
    kind, port, api, database = sys.argv[1:]
    asyncio.run(_ours(int(port), api, database) if kind == "ours" else _echo(int(port), api))
