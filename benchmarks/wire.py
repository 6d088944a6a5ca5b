"""What stands where the network would be: raw updates as getUpdates gives them, and a Telegram that takes every
call and gives back the message it would have sent. The same for the bot and for the echo it is measured beside."""

from itertools import count
from typing import Any

import orjson
from telegram.request import BaseRequest, RequestData

from bot.http_request import HttpRequest

TOKEN = "1:DEMO"  # noqa: S105 - nobody's
ME = {"id": 1, "is_bot": True, "first_name": "TemanLapor", "username": "teman_lapor_bot"}
Raw = dict[str, Any]

_update_ids = count(900_000_000)
_message_ids = count(5_000_000)


class NoNetwork(BaseRequest):
    """Serialises a call, as a real request must, and answers at once with the Message of that text and keyboard."""

    def __init__(self) -> None:
        self.calls = 0
        self._me = orjson.dumps({"ok": True, "result": ME})

    @property
    def read_timeout(self) -> float:
        """Seconds; nothing counts them here."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """HTTP status and body."""
        self.calls += 1
        if url.endswith("/getMe"):
            return 200, self._me
        if request_data:
            assert request_data.json_payload
        sent = request_data.parameters if request_data else {}
        if method != "POST" or "text" not in sent:
            return 200, b'{"ok":true,"result":true}'
        message = {
            "message_id": 77,
            "date": 1_782_000_000,
            "from": ME,
            "chat": {"id": sent["chat_id"], "type": "private", "first_name": "Sari"},
            "text": sent["text"],
        }
        if "reply_markup" in sent:
            message["reply_markup"] = sent["reply_markup"]
        return 200, orjson.dumps({"ok": True, "result": message})


class OurNoNetwork(NoNetwork):
    """The same, its answers read as HttpRequest reads them."""

    parse_json_payload = staticmethod(HttpRequest.parse_json_payload)


def person(chat_id: int) -> Raw:
    """The sender of an update."""
    return {"id": chat_id, "is_bot": False, "first_name": "Sari", "language_code": "id"}


def private(chat_id: int) -> Raw:
    """The chat of an update."""
    return {"id": chat_id, "type": "private", "first_name": "Sari"}


def text_update(chat_id: int, text: str) -> Raw:
    """A text somebody typed."""
    message = {
        "message_id": next(_message_ids),
        "from": person(chat_id),
        "chat": private(chat_id),
        "date": 1_782_000_000,
        "text": text,
    }
    return {"update_id": next(_update_ids), "message": message}


def press_update(chat_id: int, data: str, below: Raw) -> Raw:
    """A button somebody pressed below the message `below`, which comes along as Telegram sends it."""
    number = next(_update_ids)
    query = {
        "id": str(number),
        "from": person(chat_id),
        "chat_instance": str(chat_id),
        "message": {**below, "chat": private(chat_id)},
        "data": data,
    }
    return {"update_id": number, "callback_query": query}
