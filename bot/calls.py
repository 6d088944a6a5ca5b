"""Calls of the Bot API in plain JSON, both ways: python-telegram-bot's connection and errors without its objects,
which cost more than everything else in an answer. Knows no method by name."""

from typing import Any

import orjson
import telegram

Json = dict[str, Any]


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
