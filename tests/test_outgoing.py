"""The way out: nothing is sent too fast, answers come first, and each error ends as what it really means."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from itertools import pairwise
from typing import Any

import pytest
import telegram
from structlog.testing import capture_logs

from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from bot.outgoing import Delivery, Outgoing, Sent
from bot.pacing import Lane, Pacing
from tests.passing_time import PassingTime

SARI = 7
PEOPLE = range(1000, 1150)
STAFF = -100200


@pytest.fixture
def time() -> PassingTime:
    return PassingTime()


@pytest.fixture
def town(time: PassingTime) -> Telegram:
    town = Telegram(clock=time.date)
    for person in (SARI, *PEOPLE):
        town.join(person, "Sari")
        town.says(person, "/mulai")
    town.add_group(STAFF, "Petugas")
    return town


@pytest.fixture
async def bot(town: Telegram) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(
        town.token, request=StandInRequest(town), get_updates_request=StandInRequest(town)
    ) as bot:
        town.log.clear()
        yield bot


@pytest.fixture
def outgoing(time: PassingTime) -> Outgoing:
    return Outgoing(Pacing(time.clock, time.sleep), time.sleep)


async def finished(time: PassingTime, *calls: asyncio.Task[object]) -> None:
    await time.until(lambda: all(call.done() for call in calls))


def say(
    bot: telegram.Bot, outgoing: Outgoing, chat: int, text: str = "Halo", lane: Lane = Lane.ANSWER
) -> asyncio.Task[object]:
    return asyncio.create_task(outgoing.call(lambda: bot.send_message(chat, text), chat, lane))


def remind(bot: telegram.Bot, outgoing: Outgoing) -> Coroutine[Any, Any, Delivery[telegram.Message]]:
    return outgoing.call(lambda: bot.send_message(SARI, "Halo"), SARI, Lane.BROADCAST, at_most_once=True)


def times(town: Telegram, chat: int | None = None) -> list[float]:
    """Seconds at which messages went out, to everyone or to one chat."""
    calls = [call for call in town.log if chat is None or call.params["chat_id"] == chat]
    return [call.at.timestamp() - town.log[0].at.timestamp() for call in calls]


def most_within(moments: list[float], seconds: float) -> int:
    return max(sum(0 <= later - moment < seconds - 1e-6 for later in moments) for moment in moments)


def heard(town: Telegram, chat: int) -> list[str]:
    return [message["text"] for message in town.history(chat) if message["from_bot"]]


async def test_an_answer_overtakes_a_hundred_and_fifty_broadcasts(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing
) -> None:
    queued = [say(bot, outgoing, person, lane=Lane.BROADCAST) for person in PEOPLE]
    await time.let_pass(2.25)
    asked = time.now
    answer = say(bot, outgoing, SARI)
    await time.settle()
    assert answer.done()
    assert time.now == asked
    await finished(time, *queued)
    assert most_within(times(town), 1) <= 21
    assert len(town.log) == 151


async def test_everything_together_stays_at_thirty_a_second(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing
) -> None:
    calls = [say(bot, outgoing, person, lane=Lane.BROADCAST) for person in PEOPLE]
    calls += [say(bot, outgoing, person) for person in PEOPLE]
    await finished(time, *calls)
    assert most_within(times(town), 1) == 30
    assert times(town)[-1] < 12


async def test_one_chat_gets_a_short_burst_and_then_one_a_second(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing
) -> None:
    await finished(time, *[say(bot, outgoing, SARI, str(number)) for number in range(15)])
    moments = times(town, SARI)
    assert moments[:6] == [0, 0, 0, 0, 0, 5]
    assert most_within(moments, 5) == 5
    assert heard(town, SARI) == [str(number) for number in range(15)]


async def test_the_staff_group_gets_twenty_a_minute(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing
) -> None:
    await finished(time, *[say(bot, outgoing, STAFF) for _ in range(50)])
    assert most_within(times(town, STAFF), 60) == 20


async def test_a_429_halts_both_lanes_and_every_chat(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing
) -> None:
    town.fail_next("sendMessage", 429, "Too Many Requests: retry after 35", retry_after=35)
    refused = say(bot, outgoing, SARI)
    await time.settle()
    others = [say(bot, outgoing, PEOPLE[0]), say(bot, outgoing, PEOPLE[1], lane=Lane.BROADCAST)]
    await time.let_pass(34)
    assert len(town.log) == 1
    await finished(time, refused, *others)
    assert times(town) == [0, 35, 35, 35]
    assert heard(town, SARI) == ["Halo"]


@pytest.mark.parametrize("code", [0, 500, 502])
async def test_an_answer_of_unknown_fate_is_said_again(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing, code: int
) -> None:
    town.fail_next("sendMessage", code, "lost", after_delivery=True)
    answer = say(bot, outgoing, SARI)
    await finished(time, answer)
    assert heard(town, SARI) == ["Halo", "Halo"]


@pytest.mark.parametrize("code", [0, 500, 502])
async def test_a_reminder_of_unknown_fate_is_not_said_again(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing, code: int
) -> None:
    town.fail_next("sendMessage", code, "lost", after_delivery=True)
    end = await time.result(remind(bot, outgoing))
    assert end.sent is Sent.UNSURE
    assert heard(town, SARI) == ["Halo"]


@pytest.mark.parametrize("code", [0, 401, 404, 409])
async def test_a_reminder_that_surely_did_not_arrive_is_sent_once_more(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing, code: int
) -> None:
    town.fail_next("sendMessage", code, "away", times=2)
    end = await time.result(remind(bot, outgoing))
    assert end.sent is Sent.DELIVERED
    assert heard(town, SARI) == ["Halo"]


@pytest.mark.parametrize(("code", "end"), [(0, Sent.NOT_SENT), (502, Sent.UNSURE)])
async def test_two_minutes_without_telegram_end_as_a_value(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing, code: int, end: Sent
) -> None:
    town.fail_next("sendMessage", code, "away", times=1000)
    ended = await time.result(outgoing.call(lambda: bot.send_message(SARI, "Halo"), SARI))
    assert ended.sent is end
    assert 120 <= time.now < 130
    assert max(later - earlier for earlier, later in pairwise(times(town))) == 30


async def test_what_was_delivered_comes_back(bot: telegram.Bot, outgoing: Outgoing) -> None:
    end = await outgoing.call(lambda: bot.send_message(SARI, "Halo"), SARI)
    assert end.sent is Sent.DELIVERED
    assert end.result is not None
    assert end.result.text == "Halo"


async def test_a_person_who_blocked_the_bot_is_told_apart(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing
) -> None:
    town.blocks(SARI)
    end = await time.result(outgoing.call(lambda: bot.send_message(SARI, "Halo"), SARI))
    assert end.sent is Sent.BLOCKED
    assert len(town.log) == 1


async def test_an_edit_that_changes_nothing_is_a_success(
    time: PassingTime, bot: telegram.Bot, outgoing: Outgoing
) -> None:
    message = await bot.send_message(SARI, "Halo")
    end = await time.result(outgoing.call(lambda: message.edit_text("Halo"), SARI))
    assert end.sent is Sent.DELIVERED


async def test_a_closed_topic_that_is_closed_once_more_is_no_trouble(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing
) -> None:
    town.add_group(-100, "Petugas", is_forum=True)
    topic = await bot.create_forum_topic(-100, "#1 Tempe Bu Siti")
    with capture_logs() as logged:
        for _ in range(2):
            closing = outgoing.call(lambda: bot.close_forum_topic(-100, topic.message_thread_id), -100)
            assert (await time.result(closing)).sent is Sent.DELIVERED
    assert logged == []


async def test_the_tick_of_an_old_tap_is_no_trouble(time: PassingTime, bot: telegram.Bot, outgoing: Outgoing) -> None:
    with capture_logs() as logged:
        end = await time.result(outgoing.call(lambda: bot.answer_callback_query("12345"), None))
    assert end.sent is Sent.DELIVERED
    assert logged == []


async def test_what_telegram_refuses_is_logged_without_its_text(
    town: Telegram, time: PassingTime, bot: telegram.Bot, outgoing: Outgoing
) -> None:
    broken = "<b>rahasia <rahasia>"
    with capture_logs() as logged:
        end = await time.result(outgoing.call(lambda: bot.send_message(SARI, broken, parse_mode="HTML"), SARI))
    assert end.sent is Sent.REFUSED
    assert len(town.log) == 1
    assert [line["event"] for line in logged] == ["Telegram refused a call"]
    assert "test_what_telegram_refuses" in logged[0]["call"]
    assert "rahasia" not in str(logged)


async def test_a_group_with_a_new_number_is_refused_naming_the_setting(time: PassingTime, outgoing: Outgoing) -> None:
    async def moved() -> None:
        raise telegram.error.ChatMigrated(-100999)

    with capture_logs() as logged:
        assert (await time.result(outgoing.call(moved, STAFF))).sent is Sent.REFUSED
    assert ("HELPDESK_CHAT_ID" in logged[0]["event"], logged[0]["new_chat_id"]) == (True, -100999)


async def test_a_stand_in_without_limits_holds_only_for_a_429(
    town: Telegram, time: PassingTime, bot: telegram.Bot
) -> None:
    outgoing = Outgoing(Pacing(time.clock, time.sleep, limited=False), time.sleep)
    await finished(time, *[say(bot, outgoing, SARI) for _ in range(40)])
    assert times(town)[-1] == 0
    town.fail_next("sendMessage", 429, "Too Many Requests: retry after 9", retry_after=9)
    await finished(time, say(bot, outgoing, SARI))
    assert times(town)[-1] == 9
