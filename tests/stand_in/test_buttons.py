"""Keyboards and taps are taken and refused as Telegram does."""

import json
from typing import Any

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from bot.demo.telegram import Telegram
from tests.stand_in.people import SARI, Clock, keyboard, refused


async def test_a_tap_needs_a_button_that_is_there_unless_it_is_an_old_one(telegram: Telegram, bot: Bot) -> None:
    sent = await bot.send_message(SARI, "Ya?", reply_markup=keyboard("ya"))
    telegram.taps(SARI, sent.message_id, "ya")
    with pytest.raises(LookupError, match="no button 'hapus'"):
        telegram.taps(SARI, sent.message_id, "hapus")
    telegram.taps(SARI, sent.message_id, "hapus", unchecked=True)
    await bot.delete_message(SARI, sent.message_id)
    telegram.taps(SARI, sent.message_id, "ya", unchecked=True)
    *_, good, forged, gone = await bot.get_updates(timeout=0)
    assert good.callback_query
    assert good.callback_query.message == sent
    assert forged.callback_query
    assert forged.callback_query.data == "hapus"
    assert gone.callback_query
    assert gone.callback_query.message
    assert not gone.callback_query.message.is_accessible


async def test_a_tap_is_answered_within_150_seconds_with_at_most_200_characters(
    telegram: Telegram, bot: Bot, clock: Clock
) -> None:
    sent = await bot.send_message(SARI, "Ya?", reply_markup=keyboard("ya"))
    query = telegram.taps(SARI, sent.message_id, "ya")["id"]
    with refused("MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(query, "x" * 201)
    clock.passes(seconds=150)
    assert await bot.answer_callback_query(query, "x" * 200)
    clock.passes(seconds=1)
    too_old = "query is too old and response timeout expired or query ID is invalid"
    with refused(too_old):
        await bot.answer_callback_query(query)
    with refused(too_old):
        await bot.answer_callback_query("123")


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": "a", "url": "https://a.id"}, "BUTTON_TYPE_INVALID"),
        ({"text": "", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
        ({"callback_data": "a"}, 'Can\'t find field "text"'),
        ({"text": "x", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "url": "bukan alamat"}, "Wrong HTTP URL"),
    ],
)
async def test_buttons_that_telegram_refuses(telegram: Telegram, button: dict[str, Any], reason: str) -> None:
    markup = json.dumps({"inline_keyboard": [[button]]})
    answer = await telegram.call("sendMessage", {"chat_id": SARI, "text": "x", "reply_markup": markup})
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    assert reason in answer["description"]
    assert telegram.history(SARI)[-1]["text"] == "/mulai"


async def test_a_keyboard_holds_at_most_100_buttons_and_8_in_a_row(bot: Bot) -> None:
    full = [[InlineKeyboardButton("x", callback_data="x")] * 8] * 12
    assert await bot.send_message(SARI, "x", reply_markup=InlineKeyboardMarkup(full))
    for too_many in ([*full, full[0]], [[*full[0], full[0][0]]]):
        with refused("reply markup is too long"):
            await bot.send_message(SARI, "x", reply_markup=InlineKeyboardMarkup(too_many))


async def test_a_button_that_copies_carries_its_text(telegram: Telegram, bot: Bot) -> None:
    button = InlineKeyboardButton("Salin", copy_text=CopyTextButton("7.800"))
    await bot.send_message(SARI, "Jumlah", reply_markup=InlineKeyboardMarkup([[button]]))
    shown = telegram.history(SARI)[-1]["reply_markup"]["inline_keyboard"][0][0]
    assert shown == {"text": "Salin", "copy_text": {"text": "7.800"}}
