"""A Telegram update, as the JSON object that came, as a reply of a person: whose chat, and what they did. It touches
no network and no table."""

from dataclasses import dataclass, field
from typing import Any

from bot.callbacks import Callbacks, Pressed
from conversations.replies import Command, Edited, Other, Reply, Typed
from conversations.replies import Pressed as PressedReply
from conversations.texts import storable
from conversations.words import N_

Raw = dict[str, Any]  # an update as Telegram sent it

LARGEST_DOWNLOAD = 20 * 1024 * 1024  # bytes that the hosted Bot API hands out

_KINDS = {
    "sticker": N_("stiker"),
    "voice": N_("pesan suara"),
    "audio": N_("suara"),
    "video": N_("video"),
    "video_note": N_("video"),
    "animation": N_("gambar bergerak"),
    "location": N_("lokasi"),
    "venue": N_("lokasi"),
    "contact": N_("kontak"),
    "poll": N_("jajak pendapat"),
    "dice": N_("dadu"),
    "story": N_("cerita"),
}


@dataclass(frozen=True, slots=True)
class SentFile:
    """A photo or document, before it is fetched: its Telegram id, its size in bytes (0: not told), its message, and
    our word for it."""

    file_id: str
    size: int
    message_id: int
    kind: str


@dataclass(slots=True)  # frozen, it would cost four times as much to make
class Incoming:
    """An update of a private chat. `report_id` is that of the pressed button (0: none). `message_id` is the
    message whose button was pressed, `query_id` the press to acknowledge. `message`: what was written or (`edited`)
    changed, as it came, for passing it on."""

    update_id: int
    chat_id: int
    reply: Reply | SentFile
    report_id: int = 0
    message_id: int | None = None
    query_id: str | None = None
    message: Raw | None = field(default=None, compare=False, repr=False)
    edited: bool = field(default=False, compare=False)


class MalformedUpdateError(Exception):
    """An update is not shaped as the Bot API says: `place`, such as "message.chat.id", is where. Nothing of what it
    holds is quoted."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class Membership:
    """A chat let the bot in, or (`gone`) shut it out."""

    chat_id: int
    private: bool
    gone: bool


def chat_of(update: Raw) -> int | None:
    """The chat an update belongs to, else the person, for keeping its order; None where it names neither. Raises
    MalformedUpdateError."""
    for kind, data in update.items():
        if kind == "update_id":
            continue
        inner = _Part(data, kind)
        about = inner.part("message") if kind == "callback_query" and "message" in inner.data else inner
        if "chat" in about.data:
            return about.part("chat").whole("id")
        return inner.part("from").whole("id") if "from" in inner.data else None
    return None


def membership(update: Raw) -> Membership | None:
    """Who let the bot in or shut it out; None for another kind of update. Raises MalformedUpdateError."""
    if "my_chat_member" not in update:
        return None
    change = _Part(update).part("my_chat_member")
    chat = change.part("chat")
    gone = change.part("new_chat_member").text("status") in {"kicked", "left"}
    return Membership(chat.whole("id"), chat.text("type") == "private", gone)


def incoming(update: Raw, callbacks: Callbacks) -> Incoming | None:
    """What the update, as Telegram sent it, is to us; None for what is no person's doing in a private chat. Raises
    MalformedUpdateError."""
    whole = _Part(update)
    number = whole.whole("update_id")
    if "callback_query" in update:
        query = whole.part("callback_query")
        if "message" not in query.data:  # a button below a message sent through another chat: we send none
            return None
        message = query.part("message")
        chat_id = _private(message)
        if chat_id is None:
            return None
        found = callbacks.decode(query.text("data") if "data" in query.data else "")
        report_id = found.report_id if found else 0
        reply = PressedReply(found.effect if isinstance(found, Pressed) else None)
        return Incoming(number, chat_id, reply, report_id, message.whole("message_id"), query.text("id"))
    if "message" in update:
        message = whole.part("message")
        chat_id = _private(message)
        return None if chat_id is None else Incoming(number, chat_id, _said(message), message=message.data)
    if "edited_message" in update:
        message = whole.part("edited_message")
        chat_id = _private(message)
        if chat_id is None:
            return None
        text = storable(message.text("text")) if "text" in message.data else ""
        reply_ = Edited(message.whole("message_id"), text) if text else Other(N_("pesan yang diubah"))
        return Incoming(number, chat_id, reply_, message=message.data, edited=True)
    return None


class _Part:
    """An object of an update, read by name. What is missing or of another type raises MalformedUpdateError."""

    __slots__ = ("_place", "data")

    def __init__(self, data: object, *place: str) -> None:
        if not isinstance(data, dict):
            raise MalformedUpdateError(".".join(place))
        self.data: Raw = data
        self._place = place

    def part(self, name: str) -> "_Part":
        return _Part(self.data.get(name), *self._place, name)

    def parts(self, name: str) -> list["_Part"]:
        found = self.data.get(name)
        if not isinstance(found, list):
            raise MalformedUpdateError(self._at(name))
        return [_Part(one, *self._place, name) for one in found]

    def whole(self, name: str, default: int | None = None) -> int:
        found = self.data.get(name, default)
        if not isinstance(found, int):
            raise MalformedUpdateError(self._at(name))
        return found

    def text(self, name: str) -> str:
        found = self.data.get(name)
        if not isinstance(found, str):
            raise MalformedUpdateError(self._at(name))
        return found

    def _at(self, name: str) -> str:
        return ".".join((*self._place, name))


def _private(message: _Part) -> int | None:
    """The chat of a message, where it is a private one."""
    chat = message.part("chat")
    number = chat.whole("id")
    return number if chat.text("type") == "private" else None


def _said(message: _Part) -> Reply | SentFile:
    data, number = message.data, message.whole("message_id")
    if "text" in data:
        text = storable(message.text("text"))
        if text.startswith("/"):
            name, _, words = text[1:].partition(" ")
            return Command(name.strip().partition("@")[0].lower(), words.strip())
        return Typed(text, number)
    if data.get("photo"):
        largest = max(message.parts("photo"), key=lambda size: size.whole("width") * size.whole("height"))
        return _file(largest, number, N_("foto"))
    if data.get("document") and not data.get("animation"):
        return _file(message.part("document"), number, N_("berkas"))
    return Other(next((word for name, word in _KINDS.items() if data.get(name)), N_("pesan jenis lain")))


def _file(part: _Part, message_id: int, word: str) -> SentFile:
    return SentFile(part.text("file_id"), part.whole("file_size", 0), message_id, word)
