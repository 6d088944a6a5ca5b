"""How one Bot API call is read and how it is refused. Knows nothing of chats, messages or people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
Uploads = Mapping[str, tuple[str, bytes]]
"""Part name -> (file name, bytes), as a multipart request carries them."""


class RefusedError(Exception):
    """What Telegram answers instead of a result: HTTP status, wording, at 429 the seconds to wait, and the new number
    of a group that became a supergroup."""

    def __init__(
        self,
        error_code: int,
        description: str,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        super().__init__(f"{error_code} {description}")
        self.error_code = error_code
        self.description = description
        self.parameters: Json = {}
        if retry_after is not None:
            self.parameters["retry_after"] = retry_after
        if migrate_to_chat_id is not None:
            self.parameters["migrate_to_chat_id"] = migrate_to_chat_id

    def answer(self) -> Json:
        """The refusal as the JSON body of the answer."""
        body: Json = {"ok": False, "error_code": self.error_code, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad_request(reason: str) -> RefusedError:
    """400 with Telegram's prefix."""
    return RefusedError(400, f"Bad Request: {reason}")


class Params:
    """The parameters of one call: typed as from JSON, or all strings as from a form; both mean the same."""

    def __init__(self, values: Mapping[str, Any], files: Uploads) -> None:
        if not _is_unicode(values):
            raise bad_request("strings must be encoded in UTF-8")
        self.values = values
        self.files = files

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str) -> str:
        """The value as text, empty when it is missing."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else str(value)

    def whole(self, name: str, default: int = 0) -> int:
        """The value as a whole number; anything unreadable counts as missing, as it does there."""
        value = self.values.get(name)
        if isinstance(value, bool) or value is None:
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """`True`, `true`, `yes` and `1` are yes."""
        return self.text(name).lower() in ("true", "yes", "1")

    def structure(self, name: str) -> Any:
        """An object or array, sent as such or as a JSON string; None when it is missing."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            decoded = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
        if not _is_unicode(decoded):
            raise bad_request("strings must be encoded in UTF-8")
        return decoded

    def upload(self, field: str, source: Any) -> tuple[str, bytes] | None:
        """The upload meant by `source`: the part named with attach://, or the one called like the field."""
        if isinstance(source, str) and source.startswith("attach://"):
            return self.files.get(source.removeprefix("attach://"))
        return self.files.get(field) if source is None else None


def _is_unicode(value: Any) -> bool:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
        return True
    if isinstance(value, Mapping):
        return all(_is_unicode(key) and _is_unicode(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return all(_is_unicode(inner) for inner in value)
    return True
