"""Telegram's side of a webhook: brings each update to the address the bot has set, again until it is answered 2xx,
one at a time for each chat. Knows nothing of what is in an update but its chat."""

from __future__ import annotations

import asyncio
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.demo.telegram import Telegram
from bot.demo.telegram_params import Json

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0  # seconds between two tries; Telegram's own grow to a minute
PATIENCE = 60.0  # seconds that Telegram waits for an answer


class Courier:
    """`run` delivers until it is cancelled. `via` stand in for the host of the webhook's address, as a reverse proxy
    would, each in its turn: http://127.0.0.1:8081, http://127.0.0.1:8082."""

    def __init__(self, telegram: Telegram, *via: str) -> None:
        self._telegram, self._via = telegram, cycle(via)
        self._busy: dict[object, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Bring what waits and what comes."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
            try:
                while True:
                    self._send_off(session)
                    await asyncio.sleep(0.005)
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _send_off(self, session: aiohttp.ClientSession) -> None:
        self._busy = {chat: task for chat, task in self._busy.items() if not task.done()}
        most = int(self._telegram.settings.get("webhook_connections") or 40)
        for update in self._telegram.updates.waiting():
            chat = _chat(update)
            if self._telegram.settings.get("webhook") and chat not in self._busy and len(self._busy) < most:
                self._busy[chat] = asyncio.create_task(self._bring(session, update))

    async def _bring(self, session: aiohttp.ClientSession, update: Json) -> None:
        pause = FIRST_PAUSE
        while not await self._taken(session, update):
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        self._telegram.updates.confirm(update)

    async def _taken(self, session: aiohttp.ClientSession, update: Json) -> bool:
        settings = self._telegram.settings
        headers = {"X-Telegram-Bot-Api-Secret-Token": str(settings.get("webhook_secret", ""))}
        address = next(self._via) + (urlsplit(str(settings.get("webhook"))).path or "/")
        try:
            async with session.post(address, json=update, headers=headers) as answer:
                failure = "" if answer.ok else f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            failure = "Read timeout expired" if isinstance(error, TimeoutError) else "Connection refused"
        if failure:
            settings["webhook_error"] = {"last_error_date": self._telegram.now(), "last_error_message": failure}
        return not failure


def _chat(update: Json) -> object:
    about: Any = next((value for key, value in update.items() if key != "update_id"), None)
    if isinstance(about, dict) and isinstance(about.get("message"), dict):
        about = about["message"]
    chat = about.get("chat") if isinstance(about, dict) else None
    return chat.get("id") if isinstance(chat, dict) else update.get("update_id")
