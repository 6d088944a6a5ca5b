"""The demo: the real bot, the stand-in Telegram and the chat page in one process, on loopback only."""

import asyncio
import contextlib
import socket
import sys

import uvicorn
from starlette.applications import Starlette

from bot.app import client, now, running, serve
from bot.demo.http import routes
from bot.demo.page import page_routes
from bot.demo.page_stream import PageServer
from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from bot.pacing import Pacing
from bot.settings import Settings
from bot.staff import Staff

TOKEN = "1:DEMO"  # noqa: S105 - the stand-in's own; no real bot has it


async def play(settings: Settings, port: int, stop: asyncio.Event) -> None:
    """Serve the page, the HTTP Bot API and the bot until `stop` is set. Data goes to the settings' folders."""
    telegram = Telegram(TOKEN, after=int(now().timestamp()))  # the bot's data outlives this stand-in
    bot = client(TOKEN, "http://127.0.0.1", lambda: StandInRequest(telegram))
    closing = asyncio.Event()
    app = Starlette(routes=[*page_routes(telegram, closing), *routes(telegram)])
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_config=None, log_level="warning", timeout_graceful_shutdown=2
    )
    server = PageServer(config, closing)
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment]  # signals are the command line's
    listening = _listening(port)
    staff = Staff(settings.helpdesk_staff_ids, settings.helpdesk_chat_id)
    parts = running(bot, settings.database, settings.files_dir, settings.reporting_scheme,
                    pacing=Pacing(limited=False), staff=staff)  # fmt: skip
    async with parts as handlers:
        page = asyncio.create_task(server.serve(sockets=[listening]))
        print(f"TemanLapor: http://127.0.0.1:{port}", flush=True)  # noqa: T201 - the one line the person needs
        bot_task = asyncio.create_task(serve(bot, handlers, stop))
        await asyncio.wait({page, bot_task}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        server.should_exit = True
        await asyncio.gather(page, bot_task)


def _listening(port: int) -> socket.socket:
    """A socket that takes connections on loopback; ends the program with a sentence where the port is taken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        sys.exit(f"Port {port} is in use: stop what uses it, or take another one: demo --port {port + 1}")
    listening.listen()
    return listening
