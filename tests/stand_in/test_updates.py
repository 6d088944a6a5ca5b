"""getUpdates hands out, keeps and forgets updates as Telegram does."""

import asyncio
from typing import Any

from telegram import (
    Bot,
)
from telegram.error import Conflict

from bot.demo.telegram import Telegram
from tests.stand_in.people import SARI, Clock, keyboard, refused


async def update_ids(bot: Bot, **asked: Any) -> list[int]:
    return [update.update_id for update in await bot.get_updates(timeout=0, **asked)]


async def test_what_sari_writes_reaches_the_bot_as_telegram_words_it(telegram: Telegram, bot: Bot) -> None:
    telegram.says(SARI, "4 orang 👷 /bantuan")
    first, second = await bot.get_updates(timeout=0)
    assert first.message
    assert first.message.entities[0].type == "bot_command"
    assert second.message
    assert second.message.from_user
    assert second.message.from_user.first_name == "Sari"
    assert second.message.parse_entities() == {second.message.entities[0]: "/bantuan"}
    assert second.update_id == first.update_id + 1


async def test_updates_come_again_until_a_higher_offset_confirms_them(telegram: Telegram, bot: Bot) -> None:
    telegram.says(SARI, "dua")
    telegram.says(SARI, "tiga")
    first, second, third = await update_ids(bot)
    assert await update_ids(bot) == [first, second, third]
    assert await update_ids(bot, limit=1) == [first]
    assert await update_ids(bot, offset=second) == [second, third]
    assert await update_ids(bot) == [second, third]
    assert await update_ids(bot, offset=third + 1) == []
    assert await update_ids(bot) == []


async def test_a_negative_offset_keeps_the_last_and_forgets_the_rest(telegram: Telegram, bot: Bot) -> None:
    telegram.says(SARI, "dua")
    _, second = await update_ids(bot)
    assert await update_ids(bot, offset=-1) == [second]
    assert await update_ids(bot) == [second]


async def test_a_long_poll_waits_for_the_next_update(telegram: Telegram, bot: Bot) -> None:
    (first,) = await update_ids(bot)
    poll = asyncio.ensure_future(bot.get_updates(offset=first + 1, timeout=30))
    while len(telegram.log) < 3 or len(telegram.updates):
        await asyncio.sleep(0)
    telegram.says(SARI, "dua")
    (update,) = await poll
    assert update.message
    assert update.message.text == "dua"


async def test_a_second_long_poll_ends_the_first(telegram: Telegram, bot: Bot) -> None:
    (first,) = await update_ids(bot)
    older = asyncio.ensure_future(bot.get_updates(offset=first + 1, timeout=30))
    while len(telegram.updates):
        await asyncio.sleep(0)
    newer = asyncio.ensure_future(bot.get_updates(offset=first + 1, timeout=30))
    with refused("terminated by other getUpdates request", Conflict):
        await older
    telegram.says(SARI, "dua")
    assert len(await newer) == 1


async def test_a_repeated_update_comes_under_its_old_id_even_after_it_was_confirmed(
    telegram: Telegram, bot: Bot
) -> None:
    (first,) = await update_ids(bot)
    assert await update_ids(bot, offset=first + 1) == []
    assert telegram.repeat_last()["update_id"] == first
    assert await update_ids(bot, offset=first + 1) == [first]
    assert await update_ids(bot, offset=first + 1) == []


async def test_malformed_updates_are_handed_out_as_they_are(telegram: Telegram) -> None:
    telegram.push({"message": "bukan objek"})
    telegram.push({"update_id": "x"})
    got = (await telegram.call("getUpdates", {}))["result"]
    assert got[1]["message"] == "bukan objek"
    assert got[2] == {"update_id": "x"}


async def test_telegram_keeps_an_update_for_a_day_only(bot: Bot, clock: Clock) -> None:
    clock.passes(hours=24)
    assert await update_ids(bot) == []


async def test_updates_of_a_kind_that_is_not_allowed_never_come(telegram: Telegram, bot: Bot) -> None:
    await update_ids(bot, offset=-1, allowed_updates=["callback_query"])
    telegram.says(SARI, "dua")
    sent = await bot.send_message(SARI, "Ya?", reply_markup=keyboard("ya"))
    telegram.taps(SARI, sent.message_id, "ya")
    assert [u.callback_query is not None for u in await bot.get_updates(timeout=0)] == [False, True]


async def test_a_webhook_and_polling_exclude_each_other(bot: Bot) -> None:
    await bot.set_webhook("https://contoh.id/telegram", secret_token="abc")  # noqa: S106
    assert (await bot.get_webhook_info()).pending_update_count == 1
    with refused("can't use getUpdates method while webhook is active", Conflict):
        await bot.get_updates(timeout=0)
    await bot.delete_webhook(drop_pending_updates=True)
    assert await update_ids(bot) == []
