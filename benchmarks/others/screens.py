"""What stands on each chat's screen, and a Telegram for either library that takes every call without a network."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import TelegramMethod
from telegram.request import RequestData

from benchmarks.wire import ME, NoNetwork, Raw, press_update, private, text_update

T = TypeVar("T")


class Screens:
    """By chat the last text the bot said and its keyboard."""

    def __init__(self) -> None:
        self._last: dict[int, Mapping[str, Any]] = {}

    def take(self, sent: Mapping[str, Any]) -> None:
        """A call's parameters, its keyboard as JSON or as what becomes JSON; those without a text change nothing."""
        if "text" in sent and "chat_id" in sent:
            self._last[int(sent["chat_id"])] = sent

    def text(self, chat_id: int) -> str:
        """What the chat reads."""
        return str(self._last[chat_id]["text"])

    def press(self, chat_id: int, label: str) -> Raw:
        """The update that pressing the button of that label sends. Raises LookupError where there is none."""
        last = self._last[chat_id]
        markup = last.get("reply_markup", {"inline_keyboard": []})
        markup = orjson.loads(markup) if isinstance(markup, str) else markup
        for button in (button for row in markup["inline_keyboard"] for button in row):
            if button["text"] == label:
                below = {"message_id": 77, "date": 1_782_000_000, "from": ME, "text": last["text"]}
                return press_update(chat_id, button["callback_data"], {**below, "reply_markup": markup})
        raise LookupError(f"no button {label!r} below {last['text']!r}")


def start_update(chat_id: int) -> Raw:
    """/start, marked as a command as Telegram marks it."""
    raw = text_update(chat_id, "/start")
    raw["message"]["entities"] = [{"type": "bot_command", "offset": 0, "length": 6}]
    return raw


class PtbWire(NoNetwork):
    """python-telegram-bot's side."""

    def __init__(self, screens: Screens) -> None:
        super().__init__()
        self._screens = screens

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """As NoNetwork, and the screen keeps what was sent."""
        if request_data:
            self._screens.take(request_data.parameters)
        return await super().do_request(url, method, request_data)


class AiogramWire(AiohttpSession):
    """aiogram's side: the form its session would post, and the answer read as it would read Telegram's."""

    def __init__(self, screens: Screens) -> None:
        super().__init__()
        self._screens = screens

    async def make_request(self, bot: Bot, method: TelegramMethod[T], timeout: int | None = None) -> T:  # noqa: ARG002 - aiogram's signature
        """The Message of that text and keyboard, or True."""
        fields = self.build_form_data(
            bot, method
        )._fields  # serialised already; the form shows its fields nowhere else
        sent = {str(options["name"]): str(value) for options, _, value in fields}
        self._screens.take(sent)
        content = b'{"ok":true,"result":true}'
        if "text" in sent and "chat_id" in sent:
            message = {"message_id": 77, "date": 1_782_000_000, "from": ME, "text": sent["text"]}
            message["chat"] = private(int(sent["chat_id"]))
            if "reply_markup" in sent:
                message["reply_markup"] = orjson.Fragment(sent["reply_markup"])
            content = orjson.dumps({"ok": True, "result": message})
        return cast(T, self.check_response(bot, method, 200, content.decode()).result)


async def _nothing() -> float:
    return 0.0


@dataclass(frozen=True)
class Talk:
    """A running bot: how it answers a raw update, its screens, and CPU seconds spent outside of this process."""

    answer: Callable[[Raw], Awaitable[None]]
    screens: Screens
    elsewhere: Callable[[], Awaitable[float]] = field(default=_nothing)


@dataclass(frozen=True)
class Way:
    """One way to write the small form. `open` runs its bot with its files in a folder; `stored` counts, by chat,
    the answers of the form that a new process finds there; `missing` says why it cannot run here."""

    key: str
    name: str
    open: Callable[[Path], AbstractAsyncContextManager[Talk]]
    stored: Callable[[Path], Awaitable[Counter[int]]]
    missing: str = ""
