"""Whatever owners and staff write to each other arrives as it was written, or its author hears that it did not."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from bot.conversation_handlers import Handlers
from bot.demo.telegram import Call, Telegram
from bot.demo.telegram_params import Json
from conversations.masking import masked
from tests.chat import Awake
from tests.helpdesk.room import RINI, Room
from tests.sizes import size
from tests.street import plain
from tests.test_fuzz import SORRY, as_sent, typed

TEXTS = size(300, 10_000)
REFUSED = ("tidak diteruskan", "belum terkirim", "Terlalu panjang")


class Relaying(Awake):
    """Awake, and what the bot passes on has arrived."""

    async def hand_over(self, bot: Handlers, raw: Json) -> None:
        await super().hand_over(bot, raw)
        await bot.rest()


@pytest.fixture
async def room(tmp_path: Path, back_end: str) -> AsyncIterator[Room]:
    """Bu Siti is filling in; Rini is in the staff group."""
    assert back_end
    world = Relaying(tmp_path)
    yield Room(world)
    await world.close()


async def test_whatever_they_write_to_each_other_arrives_literally(room: Room) -> None:
    random, telegram = Random(1945), room.telegram  # noqa: S311 - to write the same again
    siti = await room.filling()
    await siti.asks("Kata pada kolom itu apa?")

    async def written(by_staff: bool, text: str) -> list[Call]:
        telegram.log.clear()
        if by_staff:
            telegram.says(RINI, text, chat_id=room.group, message_thread_id=room.topic)
        else:
            telegram.says(siti.user_id, text)
        await room.world.settle()
        return [call for call in telegram.log if "text" in call.params]

    arrived = 0
    for number in range(TEXTS):
        text, by_staff = _sendable(typed(random)), number % 2 == 0
        if text.lstrip().startswith("/"):
            continue
        calls = await written(by_staff, text)
        texts = [_words(call) for call in calls]
        assert all(call.delivered for call in calls), f"{text!r}: {[call.answer for call in calls]}"
        assert not any(SORRY in said for said in texts), repr(text)
        wanted = as_sent(text) if by_staff else masked(as_sent(text))
        there = siti.user_id if by_staff else room.group
        if any(
            call.params["chat_id"] == there and wanted.strip() in said
            for call, said in zip(calls, texts, strict=True)
        ):
            arrived += 1
        else:
            assert any(words in said for words in REFUSED for said in texts), f"{text!r}: {texts}"
    assert arrived > TEXTS // 2


async def test_whatever_opens_a_ticket_is_shown_and_arrives(room: Room) -> None:
    random, telegram = Random(1945), room.telegram  # noqa: S311 - to write the same again
    siti = await room.filling()
    opened = 0
    for _ in range(TEXTS // 10):
        for chat_id in (siti.user_id, room.group):
            _leaves_the_newest(telegram, chat_id)
        for _ in range(3):  # what was written and not understood stands in the ticket
            await siti.says(typed(random) if random.random() < 0.5 else "\U0001f468" * random.randint(1, 4000))
        text = typed(random) if random.random() < 0.7 else "\U0001f600" * random.randint(1, 2048)
        await siti.says("/petugas")
        if "Ya, tanya petugas" in siti.buttons():
            await siti.taps("Ya, tanya petugas")
        shown = await siti.says(text)
        assert SORRY not in shown
        if "Kirim" in siti.buttons():
            telegram.log.clear()
            await siti.taps("Kirim")
            posts = [
                call for call in telegram.log if call.params.get("chat_id") == room.group and "text" in call.params
            ]
            assert [call.delivered for call in posts] == [True], f"{text!r}: {[call.answer for call in posts]}"
            assert room.texts()[-1].partition(" ")[2] in shown
            opened += 1
            await siti.says("/petugas_tutup")
        await siti.says("/lanjut")
    assert opened > TEXTS // 40


def _leaves_the_newest(telegram: Telegram, chat_id: int) -> None:
    """A chat of thousands of messages would be looked through at each of the next ones."""
    posts = telegram.chats[chat_id].posts
    for number in [*posts][:-20]:
        del posts[number]


def _sendable(text: str) -> str:
    """As much of it as Telegram lets anybody send: 4096 units, in which a sign of the higher planes counts twice."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * 4096].decode("utf-16-le", "surrogatepass")


def _words(call: Call) -> str:
    text = str(call.params["text"])
    return plain(text) if "parse_mode" in call.params else text
