"""Reading the page's requests and answering them: JSON in, JSON out, refusals as sentences. Knows no chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

Json = dict[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]

LONGEST_TEXT = 4096  # characters: Telegram's limit for one message
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}


class RefusalError(Exception):
    """A request that the page answers with a sentence for the person in front of it."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


@contextmanager
def refusing(sentence: str, status: int = 409) -> Iterator[None]:
    """Turn the stand-in's LookupError (no such button, message, file) into a refusal with this sentence."""
    try:
        yield
    except LookupError as problem:
        raise RefusalError(status, sentence) from problem


def answered(endpoint: Endpoint) -> Endpoint:
    """Wrap an endpoint: other sites' pages are kept out, a refusal becomes `{"error": sentence}`."""

    async def answer(request: Request) -> Response:
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return as_json({"error": "Halaman lain tidak boleh memakai percakapan ini."}, 403)
        try:
            return await endpoint(request)
        except RefusalError as refusal:
            return as_json({"error": refusal.sentence}, refusal.status)

    return answer


async def body(request: Request) -> Json:
    """The request's JSON object."""
    try:
        content = orjson.loads(await request.body())
    except orjson.JSONDecodeError as problem:
        raise RefusalError(400, "Pesan itu tidak terbaca.") from problem
    if not isinstance(content, dict):
        raise RefusalError(400, "Pesan itu tidak terbaca.")
    return content


def text(body: Json) -> str:
    """The `text` of a body: 1 to 4,096 characters."""
    written = str(body.get("text", "")).strip()
    if not written:
        raise RefusalError(400, "Pesan itu kosong.")
    if len(written) > LONGEST_TEXT:
        raise RefusalError(400, "Pesan itu terlalu panjang. Paling panjang 4.096 huruf.")
    return written


def message_id(body: Json) -> int:
    """The `message_id` of a body."""
    number = body.get("message_id")
    if not isinstance(number, int):
        raise RefusalError(400, "Pesan itu tidak dikenal.")
    return number


def as_json(content: Any, status: int = 200) -> Response:
    """A JSON answer under the page's guards."""
    return Response(orjson.dumps(content), status, GUARDS, "application/json")
