"""Calls of the Bot API in plain JSON, both ways: python-telegram-bot's connection and errors without its objects,
which cost more than everything else in an answer. Knows no method by name."""

import json
from typing import Any

import orjson
import telegram

Json = dict[str, Any]


def read_json(payload: bytes) -> Any:
    """What Telegram wrote. Raises ValueError where it is not JSON. What orjson refuses (half a character, broken UTF-8) the
    slower reader still takes: one such message must not hide all that came with it, nor bring no answer to its author."""
    try:
        return orjson.loads(payload)
    except ValueError:
        try:
            return json.loads(payload.decode("utf-8", "replace"))
        except RecursionError as error:
            raise ValueError("too deep") from error


class Parameters:
    """The parameters of a call without files; what a request reads of PTB's RequestData, which cannot be subclassed."""

    __slots__ = ("parameters",)
    contains_files = False

    def __init__(self, parameters: Json) -> None:
        self.parameters = parameters

    @property
    def json_payload(self) -> bytes:
        """The body. Raises TypeError for a lone surrogate, which no body can hold."""
        return orjson.dumps(self.parameters)


async def call(bot: telegram.Bot, method: str, parameters: Json) -> Any:
    """Call `method` ("sendMessage") and give the `result` as it came. Raises PTB's TelegramErrors."""
    return await bot.request.post(f"{bot.base_url}/{method}", Parameters(parameters))  # type: ignore[arg-type]  # see there
