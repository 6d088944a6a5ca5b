"""An unmodified client uses the stand-in over HTTP."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette
from telegram import (
    Bot,
    Update,
)
from telegram.error import NetworkError

from bot.demo.http import routes
from bot.demo.telegram import Telegram
from bot.http_request import HttpRequest
from tests.stand_in.people import SARI, keyboard, refused


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(Starlette(routes=routes(telegram)), log_level="critical", lifespan="off")
        )
        serving = asyncio.ensure_future(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


@pytest.mark.parametrize("request_kind", ["httpx", "aiohttp"])
async def test_an_unmodified_client_talks_to_it_over_http(
    telegram: Telegram, address: str, request_kind: str
) -> None:
    requests: dict[str, Any] = {}
    if request_kind == "aiohttp":
        requests = {"request": HttpRequest(), "get_updates_request": HttpRequest(1)}
    async with Bot("1:DEMO", f"{address}/bot", f"{address}/file/bot", **requests) as bot:
        (update,) = await bot.get_updates(timeout=0)
        assert isinstance(update, Update)
        sent = await bot.send_message(SARI, "<b>é</b>", parse_mode="HTML", reply_markup=keyboard("ya"))
        assert telegram.history(SARI)[-1]["html"] == "<b>é</b>"
        with refused("message is not modified"):
            await bot.edit_message_text(
                "<b>é</b>", SARI, sent.message_id, parse_mode="HTML", reply_markup=keyboard("ya")
            )
        content = b"\r\n--x\r\n\r\n%PDF\x00\xff"
        document = (await bot.send_document(SARI, content, filename="surat pernyataan é.pdf")).document
        assert document
        assert telegram.file(document.file_id) == content
        assert document.file_name == "surat pernyataan é.pdf"
        file = await bot.get_file(document.file_id)
        assert bytes(await file.download_as_bytearray()) == content
        telegram.fail_next("sendMessage", 0, "")
        with pytest.raises(NetworkError):
            await bot.send_message(SARI, "x")


async def test_get_json_and_form_bodies_mean_the_same(telegram: Telegram, address: str) -> None:
    markup = keyboard("ya").to_dict()
    wanted: dict[str, Any] = {"chat_id": SARI, "text": "é & 1", "reply_markup": markup}
    as_text = {"chat_id": str(SARI), "text": "é & 1", "reply_markup": json.dumps(markup)}
    not_json: dict[str, Any] = {"data": b"{", "headers": {"content-type": "application/json"}}

    async def asked(path: str, verb: str = "POST", **body: Any) -> tuple[int, Any]:
        async with client.request(verb, f"{address}/bot{path}", **body) as answer:
            return answer.status, await answer.json()

    async with aiohttp.ClientSession() as client:
        answers = [
            await asked("1:DEMO/sendMessage", "GET", params=as_text),
            await asked("1:DEMO/sendMessage", data=as_text),
            await asked("1:DEMO/sendMessage", json=wanted),
        ]
        assert (await asked("1:DEMO/sendMessage", **not_json))[0] == 400
        unauthorized = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        assert await asked("1:SALAH/getMe") == (401, unauthorized)
    assert {(status, body["result"]["text"]) for status, body in answers} == {(200, "é & 1")}
    assert [m["reply_markup"] for m in telegram.history(SARI)[1:]] == [markup] * 3
