"""What can be seen of every call, and what goes wrong when a test asks for it."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
)
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.demo.telegram import Telegram
from bot.http_request import NotSentError
from tests.stand_in.people import BUDI, SARI, Clock, keyboard, refused


async def test_the_menu_of_commands_is_the_narrowest_that_was_set(telegram: Telegram, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("mulai", "Mulai atau lanjutkan")])
    await bot.set_my_commands([BotCommand("start", "Begin")], language_code="en")
    assert telegram.commands(SARI) == [{"command": "mulai", "description": "Mulai atau lanjutkan"}]
    telegram.join(BUDI, "Pak Budi", language_code="en")
    assert telegram.commands(BUDI)[0]["command"] == "start"
    with refused("BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand("Mulai!", "x")])


async def test_unknown_methods_and_wrong_tokens_are_refused(telegram: Telegram) -> None:
    assert (await telegram.call("sendBatik", {}))["error_code"] == 404
    assert (await telegram.call("GETME", {}))["result"]["is_bot"]
    answer = await telegram.call_as("1:SALAH", "getMe", {})
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert (await telegram.call_as("SALAH", "getMe", {}))["error_code"] == 404


async def test_the_log_numbers_every_call_and_says_how_it_ended(telegram: Telegram) -> None:
    await telegram.call("sendMessage", {"chat_id": SARI, "text": "a"})
    await telegram.call("sendMessage", {"chat_id": SARI, "text": ""})
    assert [(c.number, c.method, c.params["text"], c.ok) for c in telegram.log] == [
        (1, "sendMessage", "a", True),
        (2, "sendMessage", "", False),
    ]


async def test_those_who_look_on_see_everything_in_order(telegram: Telegram, bot: Bot) -> None:
    events = telegram.listen(SARI)
    await bot.send_chat_action(SARI, "typing")
    sent = await bot.send_message(SARI, "Ya?", reply_markup=keyboard("ya"))
    query = telegram.taps(SARI, sent.message_id, "ya")
    await bot.answer_callback_query(query["id"], "Tersimpan")
    await bot.edit_message_text("Ya", SARI, sent.message_id)
    await bot.delete_message(SARI, sent.message_id)
    seen = [await anext(events) for _ in range(5)]
    assert [event["event"] for event in seen] == ["typing", "message", "toast", "edit", "delete"]
    assert (seen[1]["message"]["html"], seen[2]["text"]) == ("Ya?", "Tersimpan")


async def test_a_fault_hits_the_next_call_and_only_that(
    telegram: Telegram, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)
    with pytest.raises(RetryAfter) as halt:
        await bot.send_message(SARI, "Halo")
    assert halt.value.retry_after == timedelta(seconds=3)
    assert len(telegram.history(SARI)) == 1
    telegram.fail_next(None, 502, "Bad Gateway", after_delivery=True)
    with refused("Bad Gateway", NetworkError):
        await bot.send_message(SARI, "Halo")
    assert len(telegram.history(SARI)) == 2
    assert (telegram.log[-1].ok, telegram.log[-1].delivered) == (False, True)
    assert await bot.send_message(SARI, "Halo")


async def test_a_lost_connection_tells_not_sent_from_unknown(telegram: Telegram, bot: Bot) -> None:
    telegram.fail_next("sendMessage", 0, "")
    with pytest.raises(NotSentError):
        await bot.send_message(SARI, "Halo")
    assert len(telegram.history(SARI)) == 1
    telegram.fail_next("sendMessage", 0, "", after_delivery=True)
    with pytest.raises(TimedOut):
        await bot.send_message(SARI, "Halo")
    assert len(telegram.history(SARI)) == 2


async def test_the_flood_limits_halt_a_chat_and_let_it_go_again(clock: Clock) -> None:
    telegram = Telegram(clock=clock, rate_limits=True)
    for person in range(1, 40):
        telegram.join(person, "Ibu")
        telegram.says(person, "/mulai")

    async def send(person: int) -> dict[str, Any]:
        return await telegram.call("sendMessage", {"chat_id": person, "text": "x"})

    answers = [await send(1) for _ in range(6)]
    assert [answer["ok"] for answer in answers] == [True] * 5 + [False]
    assert answers[-1]["parameters"] == {"retry_after": 5}
    assert (await send(2))["ok"]
    clock.passes(seconds=4)
    assert (await send(1))["parameters"] == {"retry_after": 1}
    clock.passes(seconds=1)
    assert [(await send(1))["ok"] for _ in range(5)] == [True] * 5
    clock.passes(seconds=4.5)
    assert (await send(1))["parameters"] == {"retry_after": 1}
    clock.passes(seconds=0.75)  # by now the window has room again, but Telegram said a whole second
    assert not (await send(1))["ok"]
    clock.passes(seconds=0.25)
    assert (await send(1))["ok"]
    clock.passes(seconds=60)
    answers = [await send(person) for person in range(1, 32)]
    assert [answer["ok"] for answer in answers] == [True] * 30 + [False]
