"""The Bot API methods that change or remove what is in a chat, and the answer to a tap. Knows no sending."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.telegram_cloud import Chat, Cloud, Post, shown
from bot.demo.telegram_html import units
from bot.demo.telegram_keyboards import checked_markup
from bot.demo.telegram_params import Json, Params, bad_request
from bot.demo.telegram_sending import caption, chat_id_of, message_text

QUERY_LIFE = timedelta(seconds=150)
DELETABLE = timedelta(hours=48)
MAX_TOAST = 200
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def edit_message_text(cloud: Cloud, params: Params) -> Json:
    """editMessageText: without reply_markup the keyboard goes."""
    content, html = message_text(params, "MESSAGE_TOO_LONG")
    chat, post = _editable(cloud, params)
    if "text" not in post.message:
        raise bad_request("there is no text in the message to edit")
    return _change(cloud, chat, post, params, content, html)


def edit_message_caption(cloud: Cloud, params: Params) -> Json:
    """editMessageCaption of a file; an empty caption takes it away."""
    content, html = caption(params)
    chat, post = _editable(cloud, params)
    if "text" in post.message:
        raise bad_request("there is no caption in the message to edit")
    return _change(cloud, chat, post, params, content, html)


def edit_message_reply_markup(cloud: Cloud, params: Params) -> Json:
    """editMessageReplyMarkup: the text stays."""
    chat, post = _editable(cloud, params)
    kept = {key: post.message[key] for key in _CONTENT if key in post.message}
    return _change(cloud, chat, post, params, kept, post.html)


def delete_message(cloud: Cloud, params: Params) -> bool:
    """deleteMessage: anyone's in the chat, within 48 hours."""
    chat = cloud.chat(chat_id_of(params))
    post = chat.posts.get(params.whole("message_id"))
    if post is None:
        raise bad_request("message to delete not found")
    if cloud.now() - post.message["date"] > DELETABLE.total_seconds():
        raise bad_request("message can't be deleted for everyone")
    del chat.posts[post.message["message_id"]]
    cloud.tell(chat.id, {"event": "delete", "message_id": post.message["message_id"]})
    return True


def answer_callback_query(cloud: Cloud, params: Params) -> bool:
    """answerCallbackQuery, within 150 seconds of the tap; a text (200 at most) shows as a toast."""
    chat_id, tapped = cloud.queries.get(params.text("callback_query_id"), (0, None))
    if tapped is None or cloud.clock() - tapped > QUERY_LIFE:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if units(params.text("text")) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if params.text("text"):
        toast: Json = {"event": "toast", "text": params.text("text"), "show_alert": params.flag("show_alert")}
        cloud.tell(chat_id, toast)
    return True


METHODS = {
    "editmessagetext": edit_message_text, "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup, "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
}  # fmt: skip
_CONTENT = ("text", "entities", "caption", "caption_entities")


def _editable(cloud: Cloud, params: Params) -> tuple[Chat, Post]:
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = cloud.chat(chat_id_of(params))
    post = chat.posts.get(params.whole("message_id"))
    if post is None:
        raise bad_request("message to edit not found")
    other_keyboard = post.markup and "inline_keyboard" not in post.markup
    if not post.from_bot or "forward_origin" in post.message or other_keyboard:
        raise bad_request("message can't be edited")
    return chat, post


def _change(cloud: Cloud, chat: Chat, post: Post, params: Params, content: Json, html: str | None) -> Json:
    markup = checked_markup(params.structure("reply_markup"), only_inline=True)
    before = {key: post.message[key] for key in _CONTENT if key in post.message}
    if before == content and post.markup == markup:
        raise bad_request(_SAME)
    kept = {key: value for key, value in post.message.items() if key not in (*_CONTENT, "reply_markup")}
    post.message = {
        **kept,
        **content,
        "edit_date": cloud.now(),
        **({"reply_markup": markup} if markup else {}),
    }
    post.html, post.markup = html, markup
    cloud.tell(chat.id, {"event": "edit", "message": shown(post)})
    return post.message
