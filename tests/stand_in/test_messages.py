"""Messages, edits, deletions and groups stand in the chat as Telegram would keep them."""

import pytest
from telegram import (
    Bot,
    ForceReply,
    Message,
)
from telegram.error import Forbidden

from bot.demo.telegram import Telegram
from tests.stand_in.people import BUDI, SARI, STAFF, Clock, keyboard, refused


async def test_the_history_shows_text_html_and_keyboard(telegram: Telegram, bot: Bot) -> None:
    sent = await bot.send_message(SARI, "  <b>Nama</b> & 👷 ", parse_mode="HTML", reply_markup=keyboard("ya"))
    assert sent.text == "Nama & 👷"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 4)]
    asked, shown = telegram.history(SARI)
    assert (asked["from_bot"], asked["html"]) == (False, None)
    assert (shown["from_bot"], shown["html"]) == (True, "  <b>Nama</b> & 👷 ")
    assert shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "ya"


async def test_plain_text_stays_literal(telegram: Telegram, bot: Bot) -> None:
    sent = await bot.send_message(SARI, "<b>1 & 2")
    assert (sent.text, sent.entities) == ("<b>1 & 2", ())
    assert telegram.history(SARI)[-1]["html"] == "&lt;b&gt;1 &amp; 2"


async def test_an_edit_replaces_text_and_keyboard_and_the_same_again_is_refused(telegram: Telegram, bot: Bot) -> None:
    sent = await bot.send_message(SARI, "Ya?", reply_markup=keyboard("ya", "tidak"))
    with refused("message is not modified: specified new message content and reply markup are exactly the same"):
        await bot.edit_message_text("Ya?", SARI, sent.message_id, reply_markup=keyboard("ya", "tidak"))
    with refused("message is not modified"):
        await bot.edit_message_reply_markup(SARI, sent.message_id, reply_markup=keyboard("ya", "tidak"))
    await bot.edit_message_reply_markup(SARI, sent.message_id, reply_markup=keyboard("tidak"))
    edited = await bot.edit_message_text("<i>Ya</i>", SARI, sent.message_id, parse_mode="HTML")
    assert isinstance(edited, Message)
    assert edited.edit_date
    shown = telegram.history(SARI)[-1]
    assert (shown["text"], shown["html"], "reply_markup" in shown) == ("Ya", "<i>Ya</i>", False)


async def test_only_the_bots_own_messages_that_exist_can_be_edited(telegram: Telegram, bot: Bot) -> None:
    theirs = telegram.history(SARI)[0]["message_id"]
    with refused("message can't be edited"):
        await bot.edit_message_text("x", SARI, theirs)
    with refused("message to edit not found"):
        await bot.edit_message_text("x", SARI, 999)
    asked = await bot.send_message(SARI, "Nama?", reply_markup=ForceReply())
    with refused("message can't be edited"):
        await bot.edit_message_text("x", SARI, asked.message_id)


async def test_a_deleted_message_is_gone_and_after_two_days_none_can_be_deleted(
    telegram: Telegram, bot: Bot, clock: Clock
) -> None:
    sent = await bot.send_message(SARI, "Halo")
    assert await bot.delete_message(SARI, sent.message_id)
    assert [m["text"] for m in telegram.history(SARI)] == ["/mulai"]
    with refused("message to delete not found"):
        await bot.delete_message(SARI, sent.message_id)
    clock.passes(hours=49)
    with refused("message can't be deleted"):
        await bot.delete_message(SARI, telegram.history(SARI)[0]["message_id"])


async def test_an_owner_edits_her_own_message_within_two_days(telegram: Telegram, bot: Bot, clock: Clock) -> None:
    wrote = telegram.says(SARI, "4")
    telegram.edits(SARI, wrote["message_id"], "5")
    *_, update = await bot.get_updates(timeout=0)
    assert update.edited_message
    assert (update.edited_message.text, update.edited_message.message_id) == ("5", wrote["message_id"])
    assert telegram.history(SARI)[-1]["text"] == "5"
    asked = await bot.send_message(SARI, "Halo")
    with pytest.raises(LookupError):
        telegram.edits(SARI, asked.message_id, "x")
    clock.passes(hours=49)
    with pytest.raises(LookupError):
        telegram.edits(SARI, wrote["message_id"], "6")


async def test_nobody_is_written_to_first_nor_after_blocking(telegram: Telegram, bot: Bot) -> None:
    with refused("bot can't initiate conversation with a user", Forbidden):
        await bot.send_message(BUDI, "Halo")
    with refused("chat not found"):
        await bot.send_message(404, "Halo")
    telegram.blocks(SARI)
    with refused("bot was blocked by the user", Forbidden):
        await bot.send_message(SARI, "Halo")
    *_, update = await bot.get_updates(timeout=0)
    assert update.my_chat_member
    assert update.my_chat_member.new_chat_member.status == "kicked"
    telegram.unblocks(SARI)
    assert await bot.send_message(SARI, "Halo")


async def test_a_forum_group_has_topics_that_members_and_bot_write_in(telegram: Telegram, bot: Bot) -> None:
    telegram.add_group(STAFF, "Petugas", is_forum=True)
    topic = await bot.create_forum_topic(STAFF, "Sari · bahan baku")
    thread = topic.message_thread_id
    copied = await bot.copy_message(STAFF, SARI, telegram.history(SARI)[0]["message_id"], message_thread_id=thread)
    telegram.says(
        BUDI,
        "Bantu ya",
        chat_id=STAFF,
        message_thread_id=thread,
        reply_to=copied.message_id,
    )
    *_, update = await bot.get_updates(timeout=0)
    assert update.message
    assert update.message.reply_to_message
    assert update.message.reply_to_message.text == "/mulai"
    assert (update.message.chat_id, update.message.message_thread_id) == (STAFF, thread)
    assert (await bot.get_chat(STAFF)).is_forum
    assert (await bot.get_chat_member(STAFF, BUDI)).status == "member"
    assert (await bot.get_chat_member(STAFF, SARI)).status == "left"
    assert (await bot.get_chat_member(STAFF, bot.id)).status == "administrator"
    assert await bot.close_forum_topic(STAFF, thread)
    with refused("TOPIC_NOT_MODIFIED"):
        await bot.close_forum_topic(STAFF, thread)
    with refused("message thread not found"):
        await bot.send_message(STAFF, "x", message_thread_id=999)
    with refused("the chat is not a forum"):
        await bot.create_forum_topic(SARI, "x")


async def test_a_reply_to_what_is_gone_is_refused_unless_allowed(bot: Bot) -> None:
    with refused("message to be replied not found"):
        await bot.send_message(SARI, "x", reply_to_message_id=999)
    assert await bot.send_message(SARI, "x", reply_to_message_id=999, allow_sending_without_reply=True)


async def test_a_forwarded_message_says_who_wrote_it(telegram: Telegram, bot: Bot) -> None:
    telegram.says(BUDI, "Halo")
    sent = await bot.forward_message(BUDI, SARI, telegram.history(SARI)[0]["message_id"])
    assert sent.forward_origin
    assert (sent.text, sent.forward_origin.type) == ("/mulai", "user")
