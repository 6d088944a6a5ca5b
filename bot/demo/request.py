"""Gives python-telegram-bot the stand-in in process: its calls, without a socket."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from bot.demo.telegram import LostError, Telegram
from bot.demo.telegram_params import RefusedError
from bot.http_request import NotSentError


class StandInRequest(BaseRequest):
    """`Bot(token, request=StandInRequest(telegram), get_updates_request=StandInRequest(telegram))`.

    A lost connection comes as HttpRequest reports one: NotSentError when nothing was delivered, TimedOut when
    Telegram had taken the call.
    """

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        """Seconds; PTB adds them to a long poll, here nothing counts them."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - PTB names it; the address says enough
        request_data: RequestData | None = None,
        *_timeouts: Any,
        **_named_timeouts: Any,
    ) -> tuple[int, bytes]:
        """HTTP status and body for .../bot<token>/<method> and .../file/bot<token>/<path>; no timeouts."""
        path = unquote(urlsplit(url).path)
        if "/file/bot" in path:
            token, _, wanted = path.partition("/file/bot")[2].partition("/")
            return _download(self._telegram, token, wanted)
        token, _, name = path.rpartition("/bot")[2].partition("/")
        values: Mapping[str, Any] = request_data.parameters if request_data else {}
        try:
            answer = await self._telegram.call_as(token, name, values, _uploads(request_data))
        except LostError as lost:
            if lost.delivered:
                raise TimedOut from TimeoutError("the stand-in took the call and did not answer")
            raise NotSentError("the stand-in took nothing") from ConnectionRefusedError()
        return answer.get("error_code", 200), json.dumps(answer).encode()


def _download(telegram: Telegram, token: str, path: str) -> tuple[int, bytes]:
    stored = telegram.files.at(path) if token == telegram.token else None
    if stored is None:
        return 404, json.dumps(RefusedError(404, "Not Found").answer()).encode()
    return 200, stored.data


def _uploads(request_data: RequestData | None) -> dict[str, tuple[str, bytes]]:
    if request_data is None or not request_data.contains_files:
        return {}
    uploads = {}
    for part, (name, content, _mime_type) in request_data.multipart_data.items():
        uploads[part] = (name, content if isinstance(content, bytes) else content.read())
    return uploads
