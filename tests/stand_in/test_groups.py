"""Groups change under the bot's hands as they do in Telegram: topics go, numbers change, the bot is put out."""

import pytest
from telegram import Bot
from telegram.error import ChatMigrated, Forbidden

from bot.demo.telegram import Telegram
from tests.stand_in.people import SARI, STAFF, refused


async def test_a_deleted_topic_takes_its_messages_along_and_refuses_new_ones(telegram: Telegram, bot: Bot) -> None:
    telegram.add_group(STAFF, "Petugas", is_forum=True)
    thread = (await bot.create_forum_topic(STAFF, "Sari")).message_thread_id
    await bot.send_message(STAFF, "halo", message_thread_id=thread)
    telegram.deletes_topic(STAFF, thread)
    assert telegram.history(STAFF) == []
    with refused("message thread not found"):
        await bot.send_message(STAFF, "halo", message_thread_id=thread)
    with refused("TOPIC_ID_INVALID"):
        await bot.close_forum_topic(STAFF, thread)


async def test_a_group_that_became_a_supergroup_names_its_new_number(telegram: Telegram, bot: Bot) -> None:
    telegram.add_group(STAFF, "Petugas", basic=True)
    assert (await bot.get_chat(STAFF)).type == "group"
    telegram.says(SARI, "halo", chat_id=STAFF)
    telegram.upgrades(STAFF, STAFF - 1, is_forum=True)
    updates = await bot.get_updates()
    assert [u.message.migrate_to_chat_id for u in updates if u.message][-2:] == [STAFF - 1, None]
    assert updates[-1].message is not None
    assert updates[-1].message.migrate_from_chat_id == STAFF
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(STAFF, "halo")
    assert moved.value.new_chat_id == STAFF - 1
    assert (await bot.send_message(STAFF - 1, "halo")).message_id == 2


async def test_a_bot_that_was_put_out_may_not_write(telegram: Telegram, bot: Bot) -> None:
    telegram.add_group(STAFF, "Petugas")
    telegram.expels_bot(STAFF)
    with refused("kicked from the supergroup", Forbidden):
        await bot.send_message(STAFF, "halo")
