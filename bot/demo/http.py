"""The stand-in over HTTP, for any Bot API client or curl. Knows requests and bodies, not the methods."""

from __future__ import annotations

import json
from email import message_from_string
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.demo.telegram import LostError, Telegram
from bot.demo.telegram_params import Json, RefusedError

MAX_BODY = 60 * 1024 * 1024
Body = tuple[dict[str, Any], dict[str, tuple[str, bytes]]]


def routes(telegram: Telegram) -> list[Route]:
    """`/bot<token>/<method>` by GET or POST and `/file/bot<token>/<path>`, for the root of an app."""

    async def call(request: Request) -> Response:
        if int(request.headers.get("content-length") or 0) > MAX_BODY:
            return _refused(RefusedError(413, "Request Entity Too Large"))
        try:
            values, files = _body(request.headers.get("content-type", ""), await request.body())
            values = {**request.query_params, **values}
            token, method = request.path_params["token"], request.path_params["method"]
            return _json(await telegram.call_as(token, method, values, files))
        except RefusedError as refusal:
            return _refused(refusal)
        except LostError:
            # A server behind ASGI cannot drop the line; 502 is what a client sees when Telegram is away.
            return _refused(RefusedError(502, "Bad Gateway"))

    async def download(request: Request) -> Response:
        known = request.path_params["token"] == telegram.token
        stored = telegram.files.at(request.path_params["path"]) if known else None
        if stored is None:
            return _refused(RefusedError(404, "Not Found"))
        return Response(stored.data, media_type="application/octet-stream")

    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
    ]


def _json(answer: Json) -> Response:
    return JSONResponse(answer, status_code=answer.get("error_code", 200))


def _refused(refusal: RefusedError) -> Response:
    return _json(refusal.answer())


def _body(content_type: str, body: bytes) -> Body:
    kind, _, options = content_type.partition(";")
    try:
        if kind == "application/json":
            values = json.loads(body or b"{}")
            if not isinstance(values, dict):
                raise RefusedError(400, "Bad Request: can't parse JSON object")
            return values, {}
        if kind == "multipart/form-data":
            return _multipart(options.partition("boundary=")[2].strip('"'), body)
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict")), {}
    except UnicodeDecodeError:
        raise RefusedError(400, "Bad Request: strings must be encoded in UTF-8") from None
    except ValueError:
        raise RefusedError(400, "Bad Request: can't parse JSON object") from None


def _multipart(boundary: str, body: bytes) -> Body:
    values: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        headers = message_from_string(head.decode().strip())
        name = str(headers.get_param("name", "", "content-disposition"))
        if (file_name := headers.get_filename()) is None:
            values[name] = content.decode()
        else:
            files[name] = (file_name.replace("%22", '"'), content)
    return values, files
