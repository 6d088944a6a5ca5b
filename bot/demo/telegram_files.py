"""The files people and the bot have sent, by Telegram's identifiers, bytes as they came. Knows no chats."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.demo.telegram_params import Json, bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
_SIZES = ((90, "s"), (320, "m"), (800, "x"), (1280, "y"))


@dataclass(frozen=True)
class Stored:
    """One file: its bytes, the name it was sent under, its type, and its path for download."""

    data: bytes
    name: str
    mime_type: str
    path: str


class Files:
    """Every file by file_id, and by the path that getFile gives."""

    def __init__(self) -> None:
        self._by_id: dict[str, Stored] = {}

    def __contains__(self, file_id: object) -> bool:
        return file_id in self._by_id

    def add_document(self, data: bytes, name: str, mime_type: str) -> Json:
        """Keep a file; the Document object of its message."""
        described = self._add("documents", data, name, mime_type)
        return {**described, "file_name": name, "mime_type": mime_type}

    def add_photo(self, data: bytes, name: str = "") -> list[Json]:
        """Keep a photo; its PhotoSize list, small to large, each with all the bytes: nothing is scaled."""
        sizes = []
        for width, letter in _SIZES:
            described = self._add("photos", data, name or f"photo_{letter}.jpg", "image/jpeg")
            sizes.append({**described, "width": width, "height": width * 3 // 4})
        return sizes

    def document(self, file_id: str) -> Json:
        """The Document object of a file that is sent again by its id."""
        stored = self._by_id[file_id]
        return {
            **self._described(file_id, stored), "file_name": stored.name, "mime_type": stored.mime_type
        }  # fmt: skip

    def photo(self, file_id: str) -> list[Json]:
        """The PhotoSize list of a photo that is sent again by its id."""
        return [{**self._described(file_id, self._by_id[file_id]), "width": 1280, "height": 960}]

    def get(self, file_id: str) -> Stored:
        """The file of an id; KeyError when nobody sent it."""
        return self._by_id[file_id]

    def at(self, path: str) -> Stored | None:
        """The file at a download path, if it may be downloaded."""
        found = next((stored for stored in self._by_id.values() if stored.path == path), None)
        return found if found and len(found.data) <= MAX_DOWNLOAD else None

    def look_up(self, file_id: str) -> Json:
        """What getFile answers; the hosted Bot API hands out at most 20 MB."""
        if file_id not in self._by_id:
            raise bad_request("invalid file_id")
        stored = self._by_id[file_id]
        if len(stored.data) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        return {**self._described(file_id, stored), "file_path": stored.path}

    def _add(self, folder: str, data: bytes, name: str, mime_type: str) -> Json:
        number = len(self._by_id)
        stored = Stored(data, name, mime_type, f"{folder}/file_{number}{PurePosixPath(name).suffix}")
        file_id = f"BQACAgUAAx{number:06d}{folder[0].upper()}"
        self._by_id[file_id] = stored
        return self._described(file_id, stored)

    def _described(self, file_id: str, stored: Stored) -> Json:
        unique = f"AgAD{hashlib.sha256(stored.data + file_id.encode()).hexdigest()[:12]}"
        return {"file_id": file_id, "file_unique_id": unique, "file_size": len(stored.data)}
