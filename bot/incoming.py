"""A Telegram update as a reply of a person: whose chat, and what they did. It touches no network and no table."""

from dataclasses import dataclass

import telegram

from bot.callbacks import Callbacks, Pressed
from conversations.replies import Command, Edited, Other, Reply, Typed
from conversations.replies import Pressed as PressedReply
from conversations.words import N_

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


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update of a private chat. `report_id` is that of the pressed button (0: none). `message_id` is the
    message whose button was pressed, `query_id` the press to acknowledge."""

    update_id: int
    chat_id: int
    reply: Reply | SentFile
    report_id: int = 0
    message_id: int | None = None
    query_id: str | None = None


def incoming(update: telegram.Update, callbacks: Callbacks) -> Incoming | None:
    """What the update is to us; None for what is no person's doing in a private chat."""
    chat = update.effective_chat
    if chat is None or chat.type != "private":
        return None
    if query := update.callback_query:
        found = callbacks.decode(query.data or "")
        report_id = found.report_id if found else 0
        reply = PressedReply(found.effect if isinstance(found, Pressed) else None)
        message_id = query.message.message_id if query.message else None
        return Incoming(update.update_id, chat.id, reply, report_id, message_id, query.id)
    if message := update.message:
        return Incoming(update.update_id, chat.id, _said(message))
    if edited := update.edited_message:
        text = _whole(edited.text or "")
        reply_ = Edited(edited.message_id, text) if text else Other(N_("pesan yang diubah"))
        return Incoming(update.update_id, chat.id, reply_)
    return None


def _whole(text: str) -> str:
    """The text without halves of characters: nobody takes them back, Telegram refuses what quotes them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _said(message: telegram.Message) -> Reply | SentFile:
    if message.text is not None:
        text = _whole(message.text)
        if text.startswith("/"):
            name, _, words = text[1:].partition(" ")
            return Command(name.strip().partition("@")[0].lower(), words.strip())
        return Typed(text, message.message_id)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return SentFile(largest.file_id, largest.file_size or 0, message.message_id, N_("foto"))
    if message.document and not message.animation:
        return SentFile(message.document.file_id, message.document.file_size or 0, message.message_id, N_("berkas"))
    kind = next((word for name, word in _KINDS.items() if getattr(message, name, None)), N_("pesan jenis lain"))
    return Other(kind)
