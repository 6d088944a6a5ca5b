"""The demo page on a loopback port with a small bot behind it that repeats what it is told."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette

from bot.demo.http import routes
from bot.demo.page import page_routes
from bot.demo.page_stream import PageServer
from bot.demo.telegram import Telegram

SITI, BUDI = 1001, 1002


async def repeat(telegram: Telegram) -> None:
    """Answers every text with itself and two buttons; a press ticks its button in place and says so."""
    offset = 0
    while True:
        answer = await telegram.call("getUpdates", {"offset": offset, "timeout": 20})
        for update in answer["result"]:
            offset = update["update_id"] + 1
            if query := update.get("callback_query"):
                message = query["message"]
                place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
                await telegram.call("editMessageReplyMarkup", {**place, "reply_markup": keys(ticked=True)})
                await telegram.call("answerCallbackQuery", {"callback_query_id": query["id"], "text": "Dicatat"})
            elif message := update.get("message"):
                text = message.get("text", "kiriman").replace("&", "&amp;").replace("<", "&lt;")
                content = {"text": f"Tersimpan: <b>{text}</b>", "parse_mode": "HTML", "reply_markup": keys()}
                await telegram.call("sendMessage", {"chat_id": message["chat"]["id"], **content})


def keys(*, ticked: bool = False) -> str:
    row = [
        {"text": "☑ Solar" if ticked else "☐ Solar", "callback_data": "solar"},
        {"text": "Salin", "copy_text": {"text": "7800"}},
    ]
    return json.dumps({"inline_keyboard": [row]})


@asynccontextmanager
async def serving(telegram: Telegram, port: int = 0) -> AsyncIterator[str]:
    """The page on a loopback port; leaving stops the server as a SIGTERM would, open streams and all."""
    closing = asyncio.Event()
    config = uvicorn.Config(
        Starlette(routes=[*page_routes(telegram, closing), *routes(telegram)]),
        lifespan="off",
        ws="none",
        log_config=None,
    )
    server = PageServer(config, closing)
    with socket.create_server(("127.0.0.1", port)) as listener:
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await asyncio.wait_for(running, 10)


@asynccontextmanager
async def answering() -> AsyncIterator[Telegram]:
    """A stand-in with the repeating bot at work behind it."""
    telegram = Telegram()
    bot = asyncio.create_task(repeat(telegram))
    try:
        yield telegram
    finally:
        bot.cancel()
        await asyncio.wait({bot})
        assert bot.cancelled(), "the repeating bot broke"
