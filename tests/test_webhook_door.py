"""The webhook alone, with a handler that waits, fails or is cancelled: what Telegram is told, and in which order."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.doors import webhook
from bot.doors.web import serving
from bot.doors.webhook import Webhook
from bot.incoming import Raw
from storage.trouble import DatabaseUnavailableError
from tests.front_door import BUDI, SARI, Ledger
from tests.process import WEBHOOK_SECRET, free_port

Post = Callable[[int, int, str], Coroutine[Any, Any, int]]


@asynccontextmanager
async def visited(handle: webhook.Handle) -> AsyncIterator[Post]:
    """A door, and a way to bring it an update: number, chat, text -> status."""
    door, port = Webhook(WEBHOOK_SECRET, handle), free_port()
    headers = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}
    async with (
        serving([door.route("https://lapor.example/telegram")], "127.0.0.1", port),
        ClientSession(f"http://127.0.0.1:{port}", headers=headers) as telegram,
    ):

        async def post(number: int, chat: int, text: str) -> int:
            message = {"message_id": number, "text": text, "chat": {"id": chat, "type": "private"}}
            async with telegram.post("/telegram", json={"update_id": number, "message": message}) as answer:
                return answer.status

        yield post
        await door.close()


async def test_a_chat_is_handled_one_after_the_other_and_nobody_waits_for_it() -> None:
    ledger, sari_may_go, begun = Ledger(), asyncio.Event(), list[str]()

    async def handle(update: Raw) -> None:
        begun.append(update["message"]["text"])
        if update["message"]["chat"]["id"] == SARI:
            await sari_may_go.wait()
        await ledger.handle(update)

    async with visited(handle) as post:
        first = asyncio.create_task(post(1, SARI, "tempe"))
        while not begun:
            await asyncio.sleep(0)
        second = asyncio.create_task(post(2, SARI, "tahu"))
        assert await post(3, BUDI, "mebel") == 200
        assert begun == ["tempe", "mebel"]
        sari_may_go.set()
        assert (await first, await second) == (200, 200)
    assert ledger.lines == [(BUDI, "mebel"), (SARI, "tempe"), (SARI, "tahu")]


async def test_what_takes_long_comes_again_and_is_handled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "LONGEST_WAIT", 0.05)
    ledger, may_go = Ledger(), asyncio.Event()

    async def handle(update: Raw) -> None:
        await may_go.wait()
        await ledger.handle(update)

    async with visited(handle) as post:
        assert [await post(1, SARI, "tempe") for _ in range(3)] == [503] * 3
        may_go.set()
        assert await post(1, SARI, "tempe") == 200
    assert ledger.lines[0] == (SARI, "tempe")
    assert len(ledger.lines) <= 2  # once, and a repeat that the handler knows


async def test_a_database_that_takes_nothing_makes_telegram_come_again() -> None:
    async def handle(_update: Raw) -> None:
        raise DatabaseUnavailableError("The work was not acknowledged: the disk is full; make room.")

    async with visited(handle) as post:
        assert await post(1, SARI, "tempe") == 503


@pytest.mark.parametrize("trouble", [ValueError("rahasia"), asyncio.CancelledError("rahasia")])
async def test_a_handler_that_fails_does_not_make_telegram_come_for_ever(trouble: BaseException) -> None:
    async def handle(_update: Raw) -> None:
        raise trouble

    with capture_logs() as logged:
        async with visited(handle) as post:
            assert await post(1, SARI, "rahasia") == 200
    assert [line["event"] for line in logged] == ["an update could not be handled"]
    assert "rahasia" not in str(logged)
