"""Keyboards under messages: what Telegram takes and what it refuses. Knows no chats and no messages."""

from __future__ import annotations

from typing import Any

from bot.demo.telegram_html import units
from bot.demo.telegram_params import Json, bad_request

MAX_BUTTONS = 100
MAX_IN_ROW = 8
MAX_CALLBACK_BYTES = 64
MAX_COPY = 256
_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"


def checked_markup(markup: Any, *, only_inline: bool = False) -> Json | None:
    """The reply_markup as Telegram keeps it, or None for none.

    Where Telegram silently leaves a button out (no text, too many) this refuses: a button that nobody sees is
    our mistake.
    """
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"])
        for button in (button for row in rows for button in row):
            _check_inline(button)
        return {"inline_keyboard": rows} if rows else None
    if only_inline:
        raise bad_request("inline keyboard expected")
    if units(str(markup.get("input_field_placeholder", ""))) > 64:
        raise bad_request("input field placeholder is too long")
    if "keyboard" in markup:
        keyboard = [
            [{"text": button} if isinstance(button, str) else button for button in row]
            for row in _rows(markup["keyboard"])
        ]
        for button in (button for row in keyboard for button in row):
            if not isinstance(button, dict) or not button.get("text"):
                raise bad_request("keyboard button text must be non-empty")
        return {**markup, "keyboard": keyboard} if keyboard else None
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return dict(markup)
    raise bad_request("can't parse reply keyboard markup JSON object")


def callback_data_in(markup: Json | None) -> list[str]:
    """The callback data of every button of an inline keyboard, in order."""
    rows = (markup or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list | tuple) or not all(isinstance(row, list | tuple) for row in rows):
        raise bad_request("can't parse keyboard: Field must be of type Array")
    kept = [list(row) for row in rows if row]
    if sum(map(len, kept)) > MAX_BUTTONS or any(len(row) > MAX_IN_ROW for row in kept):
        raise bad_request("reply markup is too long")
    return kept


def _check_inline(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not button["text"]:
        raise bad_request("inline keyboard button text must be non-empty")
    # An empty callback_data counts as none at all, there as here.
    actions = [action for action in _ACTIONS if button.get(action) not in (None, "")]
    if not actions:
        raise bad_request(_NO_ACTION)
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if "callback_data" in actions:
        if len(str(button["callback_data"]).encode()) > MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "copy_text" in actions:
        copied = button["copy_text"].get("text", "") if isinstance(button["copy_text"], dict) else ""
        if not 1 <= units(copied) <= MAX_COPY:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif "url" in actions and not str(button["url"]).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if button.get("style", "primary") not in ("primary", "success", "danger"):
        raise bad_request("BUTTON_STYLE_INVALID")
