"""The Bot API methods that put a message into a chat, with checks on its text and files. Knows no edits."""

from __future__ import annotations

import mimetypes
from typing import Any

from bot.demo.telegram_cloud import Chat, Cloud
from bot.demo.telegram_files import MAX_PHOTO, MAX_UPLOAD
from bot.demo.telegram_html import cleaned, parse_html, trimmed, units, with_commands
from bot.demo.telegram_keyboards import checked_markup
from bot.demo.telegram_params import Json, Params, RefusedError, bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
_MAX_RAW_BYTES = 32768
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"BM")


def chat_id_of(params: Params) -> int:
    """The numeric chat_id; public names of channels lead nowhere here."""
    if not params.text("chat_id"):
        raise bad_request("chat_id is empty")
    return params.whole("chat_id")


def formatted(params: Params, field: str) -> tuple[Json, str | None]:
    """{field: text, its entities} after parsing, and the HTML it came from, None for plain text.

    Markdown is refused: this stand-in reads HTML only.
    """
    raw, mode = params.text(field), params.text("parse_mode").lower()
    if len(raw.encode()) > _MAX_RAW_BYTES:
        raise bad_request("text is too long")
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode")
    name = "entities" if field == "text" else "caption_entities"
    text, entities = parse_html(raw) if mode else trimmed(cleaned(raw), params.structure(name) or [])
    content: Json = {field: text} if text else {}
    if found := with_commands(text, entities):
        content[name] = found
    return content, raw if mode else None


def message_text(params: Params, too_long: str) -> tuple[Json, str | None]:
    """The text of a message, refused when nothing is left of it or when it is over 4096 UTF-16 units."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    content, html = formatted(params, "text")
    if not content:
        raise bad_request("text must be non-empty")
    if units(content["text"]) > MAX_TEXT:
        raise bad_request(too_long)
    return content, html


def caption(params: Params) -> tuple[Json, str | None]:
    """The caption of a file, at most 1024 UTF-16 units."""
    content, html = formatted(params, "caption")
    if units(content.get("caption", "")) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return content, html


def deliver(cloud: Cloud, params: Params, content: Json, html: str | None) -> Json:
    """Check keyboard, chat, topic and the message replied to, then post."""
    markup = checked_markup(params.structure("reply_markup"))
    chat = cloud.writable(chat_id_of(params))
    content = {**_thread(chat, params), **_reply(chat, params), **content}
    if params.flag("protect_content"):
        content["has_protected_content"] = True
    return cloud.post(chat, cloud.bot, content, html=html, markup=markup).message


def send_message(cloud: Cloud, params: Params) -> Json:
    """sendMessage."""
    content, html = message_text(params, "message is too long")
    return deliver(cloud, params, content, html)


def send_document(cloud: Cloud, params: Params) -> Json:
    """sendDocument: an upload (50 MB at most) or a file_id."""
    text, html = caption(params)
    media = _media(cloud, params, "document", params.values.get("document"))
    return deliver(cloud, params, {**media, **text}, html)


def send_photo(cloud: Cloud, params: Params) -> Json:
    """sendPhoto: an upload that really is an image (10 MB at most) or a file_id."""
    text, html = caption(params)
    media = _media(cloud, params, "photo", params.values.get("photo"))
    return deliver(cloud, params, {**media, **text}, html)


def send_media_group(cloud: Cloud, params: Params) -> list[Json]:
    """sendMediaGroup: 1 to 10 photos or documents, not mixed; all of them or none."""
    items = params.structure("media")
    if not isinstance(items, list) or not items:
        raise bad_request("there are no messages to send")
    if len(items) > 10:
        raise bad_request("too many messages to send as an album")
    kinds = {str(item.get("type")) for item in items}
    if not kinds <= {"photo", "document"} or len(kinds) > 1:
        raise bad_request("Can't use the media of the specified type in the album")
    prepared = []
    for item in items:
        part = Params(item, params.files)
        text, html = caption(part)
        prepared.append(({**_media(cloud, part, kinds.copy().pop(), item.get("media")), **text}, html))
    group = str(cloud.now() * 1000 + len(cloud.updates))
    return [deliver(cloud, params, {**content, "media_group_id": group}, html) for content, html in prepared]


def copy_message(cloud: Cloud, params: Params) -> Json:
    """copyMessage: the same content without its author; a new caption may replace the old one."""
    content, html = _taken(cloud, params, "message to copy not found")
    if "caption" in params and "text" not in content:
        new, html = caption(params)
        content = {**{k: v for k, v in content.items() if not k.startswith("caption")}, **new}
    return {"message_id": deliver(cloud, params, content, html)["message_id"]}


def forward_message(cloud: Cloud, params: Params) -> Json:
    """forwardMessage: the same content and who wrote it."""
    content, html = _taken(cloud, params, "message to forward not found")
    origin = cloud.chat(params.whole("from_chat_id")).posts[params.whole("message_id")].message
    source = {"type": "user", "sender_user": origin["from"], "date": origin["date"]}
    return deliver(cloud, params, {"forward_origin": source, **content}, html)


def send_chat_action(cloud: Cloud, params: Params) -> bool:
    """sendChatAction: seen as `typing` by those who look on."""
    if not params.text("action"):
        raise bad_request("wrong parameter action in request")
    chat = cloud.writable(chat_id_of(params))
    cloud.tell(chat.id, {"event": "typing", "action": params.text("action")})
    return True


METHODS = {
    "sendmessage": send_message, "senddocument": send_document, "sendphoto": send_photo,
    "sendmediagroup": send_media_group, "copymessage": copy_message, "forwardmessage": forward_message,
    "sendchataction": send_chat_action,
}  # fmt: skip
_ENVELOPE = {
    "message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message",
    "message_thread_id", "is_topic_message", "forward_origin", "media_group_id",
}  # fmt: skip


def _taken(cloud: Cloud, params: Params, missing: str) -> tuple[Json, str | None]:
    post = cloud.chat(params.whole("from_chat_id")).posts.get(params.whole("message_id"))
    if post is None:
        raise bad_request(missing)
    return {key: value for key, value in post.message.items() if key not in _ENVELOPE}, post.html


def _media(cloud: Cloud, params: Params, kind: str, source: Any) -> Json:
    upload = params.upload(kind, source)
    if upload is None:
        if not isinstance(source, str) or not source:
            raise bad_request(f"there is no {kind} in the request")
        if source not in cloud.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        is_photo = cloud.files.get(source).path.startswith("photos/")
        if is_photo != (kind == "photo"):
            other = "Photo" if is_photo else "Document"
            raise bad_request(f"can't use file of type {other} as {kind.title()}")
        return {kind: cloud.files.photo(source) if is_photo else cloud.files.document(source)}
    name, data = upload
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > MAX_UPLOAD:
        raise RefusedError(413, "Request Entity Too Large")
    if kind == "document":
        mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return {"document": cloud.files.add_document(data, name, mime_type)}
    if len(data) > MAX_PHOTO:
        size = f"file of size {len(data)} bytes is too big for a photo"
        raise bad_request(f"{size}; the maximum size is {MAX_PHOTO} bytes")
    if not data.startswith(_IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return {"photo": cloud.files.add_photo(data, name)}


def _thread(chat: Chat, params: Params) -> Json:
    thread = params.whole("message_thread_id")
    if not thread:
        return {}
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply(chat: Chat, params: Params) -> Json:
    asked = params.structure("reply_parameters") or {}
    message_id = int(asked.get("message_id", 0)) or params.whole("reply_to_message_id")
    if not message_id:
        return {}
    if message_id not in chat.posts:
        if asked.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    replied = chat.posts[message_id].message
    return {"reply_to_message": {key: value for key, value in replied.items() if key != "reply_to_message"}}
