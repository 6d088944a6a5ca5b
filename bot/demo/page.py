"""The demo page's routes: people in a browser play the bot through the stand-in `Telegram`.

Knows the stand-in's public methods and the files in `static/`; nothing of the bot, the form or the database.
"""

from __future__ import annotations

import asyncio
import mimetypes
import secrets
from pathlib import Path
from urllib.parse import quote

import filetype  # type: ignore[import-untyped]  # ships no types
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.demo.page_requests import (
    GUARDS,
    Json,
    RefusalError,
    answered,
    as_json,
    body,
    message_id,
    refusing,
    text,
)
from bot.demo.page_seats import Seat, events_of, seat_of, seats
from bot.demo.page_stream import event_stream
from bot.demo.telegram import Telegram

STATIC = {path.name: path for path in (Path(__file__).parent / "static").iterdir() if path.is_file()}
LARGEST_FILE = 64 * 1024 * 1024  # bytes: what SIINas takes; a smaller limit is the bot's own to explain
LONGEST_NAME = 64  # characters: Telegram's limit for a first name
PHOTOS = ("image/jpeg", "image/png", "image/webp")
BLOCKED = "Bot ini sedang Anda blokir. Buka blokir dahulu."
PEOPLE = {1001: "Bu Siti", 1002: "Pak Budi", 1003: "Sari"}
OTHERS: dict[str, Json] = {
    "stiker": {
        "sticker": {
            "file_id": "stiker",
            "file_unique_id": "stiker",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
    },
    "suara": {"voice": {"file_id": "suara", "file_unique_id": "suara", "duration": 4, "mime_type": "audio/ogg"}},
    "lokasi": {"location": {"latitude": -7.797068, "longitude": 110.370529}},
    "kontak": {"contact": {"phone_number": "+620000000000", "first_name": "Toko Kedelai"}},
}


def page_routes(telegram: Telegram, closing: asyncio.Event | None = None) -> list[BaseRoute]:
    """Return the routes of the page and its JSON API; set `closing` to end the open event streams."""
    page = _Page(telegram, closing or asyncio.Event())
    person = "/api/people/{person:int}"
    return [
        Route("/", page.index),
        Route("/static/{name}", page.static),
        Route("/api/people", answered(page.list_people)),
        Route("/api/people", answered(page.join), methods=["POST"]),
        Route(f"{person}/history", answered(page.history)),
        Route(f"{person}/events", answered(page.events)),
        Route(f"{person}/say", answered(page.say), methods=["POST"]),
        Route(f"{person}/tap", answered(page.tap), methods=["POST"]),
        Route(f"{person}/edit", answered(page.edit), methods=["POST"]),
        Route(f"{person}/file", answered(page.send_file), methods=["POST"]),
        Route(f"{person}/block", answered(page.block), methods=["POST"]),
        Route("/api/files/{file_id}", answered(page.file)),
    ]


class _Page:
    """The endpoints, over one stand-in and the people who joined it through this page."""

    def __init__(self, telegram: Telegram, closing: asyncio.Event) -> None:
        self.telegram = telegram
        self.closing = closing
        self.names: dict[int, str] = {}
        self.blocked: set[int] = set()

    async def index(self, _request: Request) -> Response:
        return FileResponse(STATIC["index.html"], headers=GUARDS)

    async def static(self, request: Request) -> Response:
        path = STATIC.get(request.path_params["name"])  # only names seen in the folder: no path to walk
        return FileResponse(path, headers=GUARDS) if path else Response(status_code=404, headers=GUARDS)

    async def list_people(self, _request: Request) -> Response:
        people = [*(PEOPLE | self.names).items(), *seats(self.telegram)]
        return as_json([{"id": number, "first_name": name} for number, name in people])

    async def join(self, request: Request) -> Response:
        """Join as a new person, or again under a known `id` (a reload after the demo was restarted)."""
        sent = await body(request)
        name = " ".join(str(sent.get("first_name", "")).split())[:LONGEST_NAME]
        # Random, so that after a restart nobody is handed the number, and so the report, of somebody else.
        number = sent.get("id", 2_000_000_000 + secrets.randbelow(10**9))
        if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**52:
            raise RefusalError(400, "Nomor orang tidak dikenal.")
        name = self.names.get(number) or PEOPLE.get(number) or name
        if not name:
            raise RefusalError(400, "Tulis nama Anda dahulu.")
        self._join(number, name)
        return as_json({"id": number, "first_name": name})

    async def history(self, request: Request) -> Response:
        seat = self._seat(request)
        number = request.path_params["person"]
        name = self.names.get(seat.person) or dict(seats(self.telegram))[number]
        history = self.telegram.history(seat.group or seat.person)
        return as_json(
            {
                "person": {"id": number, "first_name": name, "blocked": seat.person in self.blocked},
                "commands": self.telegram.commands(seat.person) if seat.group is None else [],
                "messages": [seat.shown(message) for message in history if seat.sees(message)],
            }
        )

    async def events(self, request: Request) -> Response:
        stream = event_stream(events_of(self.telegram, self._seat(request)), self.closing)
        return StreamingResponse(stream, media_type="text/event-stream", headers=GUARDS)

    async def say(self, request: Request) -> Response:
        """Send `text`, or one of the ready-made `other` messages."""
        seat, sent = self._seat(request), await body(request)
        with refusing(BLOCKED):
            if sent.get("other") in OTHERS:
                self.telegram.sends_other(seat.person, **OTHERS[sent["other"]], **seat.where())
            else:
                self.telegram.says(seat.person, text(sent), **seat.where())
        return as_json({})

    async def edit(self, request: Request) -> Response:
        seat, sent = self._seat(request), await body(request)
        with refusing("Pesan ini tidak dapat diubah lagi."):
            self.telegram.edits(seat.person, message_id(sent), text(sent), chat_id=seat.group)
        return as_json({})

    async def tap(self, request: Request) -> Response:
        seat, sent = self._seat(request), await body(request)
        with refusing("Tombol ini sudah tidak ada."):
            self.telegram.taps(seat.person, message_id(sent), str(sent.get("callback_data")), chat_id=seat.group)
        return as_json({})

    async def send_file(self, request: Request) -> Response:
        """Take the body as the file; its `name`, `caption` and `as` (photo or document) are in the query."""
        seat, query = self._seat(request), request.query_params
        caption = query.get("caption", "")[:1024]
        data = bytearray()
        async for chunk in request.stream():
            data += chunk
            if len(data) > LARGEST_FILE:
                raise RefusalError(413, "Berkas ini terlalu besar. Paling besar 64 MB.")
        as_photo = query.get("as") == "photo"
        if as_photo and filetype.guess_mime(bytes(data)) not in PHOTOS:
            raise RefusalError(415, "Berkas ini bukan foto. Kirim sebagai berkas saja.")
        name = query.get("name") or "berkas"
        kind = request.headers.get("content-type", "application/octet-stream")
        with refusing(BLOCKED):
            if as_photo:
                self.telegram.sends_photo(seat.person, bytes(data), caption, **seat.where())
            else:
                self.telegram.sends_document(seat.person, bytes(data), name, kind, caption, **seat.where())
        return as_json({})

    async def block(self, request: Request) -> Response:
        seat, sent = self._seat(request), await body(request)
        if seat.group is not None:
            raise RefusalError(409, "Petugas tidak memblokir bot di kelompoknya.")
        person = seat.person
        if sent.get("blocked"):
            self.telegram.blocks(person)
            self.blocked.add(person)
        else:
            self.telegram.unblocks(person)
            self.blocked.discard(person)
        return as_json({})

    async def file(self, request: Request) -> Response:
        """Hand a file out under its own name, as a download: what a person sent is never run as a page."""
        file_id = request.path_params["file_id"]
        with refusing("Berkas ini tidak ada.", 404):
            data, name = self.telegram.file(file_id), self.telegram.file_name(file_id)
        kind = filetype.guess_mime(data) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name) or "berkas"
        disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
        return Response(data, media_type=kind, headers={**GUARDS, "Content-Disposition": disposition})

    def _join(self, number: int, name: str) -> None:
        if number not in self.names:
            self.telegram.join(number, name)
            self.names[number] = name

    def _seat(self, request: Request) -> Seat:
        number: int = request.path_params["person"]
        if seat := seat_of(self.telegram, number):
            return seat
        if number in PEOPLE:
            self._join(number, PEOPLE[number])
        if number not in self.names:
            raise RefusalError(404, "Orang ini belum bergabung.")
        return Seat(number)
