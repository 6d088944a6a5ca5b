"""Updates at the front door: whatever breaks, each is handled, in order, and confirmed only afterwards."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
import telegram
from structlog.testing import capture_logs

from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from bot.doors import polling
from tests.passing_time import PassingTime

SARI, BUDI = 7, 8
Handle = Callable[[telegram.Update], Awaitable[None]]


@pytest.fixture
def time() -> PassingTime:
    return PassingTime()


@pytest.fixture
def town(time: PassingTime) -> Telegram:
    town = Telegram(clock=time.date)
    town.join(SARI, "Sari")
    town.join(BUDI, "Budi")
    return town


@asynccontextmanager
async def door(town: Telegram, time: PassingTime, handle: Handle) -> AsyncIterator[asyncio.Task[None]]:
    """A polling bot that is dropped at the end, as a killed process would be."""
    task = asyncio.create_task(start(town, time, handle, asyncio.Event()))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def start(
    town: Telegram,
    time: PassingTime,
    handle: Handle,
    stop: asyncio.Event,
    progress: Callable[[], None] = lambda: None,
) -> None:
    bot = telegram.Bot(town.token, request=StandInRequest(town), get_updates_request=StandInRequest(town))
    await polling.poll(bot, handle, stop, progress=progress, clock=time.clock, sleep=time.sleep)


class Ledger:
    """A handler that writes down who said what, when it has finished with it."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, str]] = []

    async def handle(self, update: telegram.Update) -> None:
        await asyncio.sleep(0)
        assert update.effective_chat is not None
        assert update.effective_message is not None
        self.lines.append((update.effective_chat.id, update.effective_message.text or ""))


def fetches(town: Telegram) -> list[float]:
    first = town.log[0].at
    return [(call.at - first).total_seconds() for call in town.log if call.method == "getUpdates"]


async def test_a_malformed_update_leaves_its_neighbours_handled(town: Telegram, time: PassingTime) -> None:
    ledger = Ledger()
    town.says(SARI, "tempe")
    town.push({"message": {"message_id": "rahasia", "chat": "rahasia", "text": "rahasia"}})
    town.says(BUDI, "tahu")
    with capture_logs() as logged:
        async with door(town, time, ledger.handle):
            await time.until(lambda: len(ledger.lines) == 2 and not town.updates)
    assert ledger.lines == [(SARI, "tempe"), (BUDI, "tahu")]
    assert [line["event"] for line in logged] == ["malformed update"]
    assert logged[0]["kind"] == "message"
    assert "rahasia" not in str(logged)


async def test_an_update_is_not_confirmed_before_it_is_handled(town: Telegram, time: PassingTime) -> None:
    reached: list[str] = []

    async def dies_at_work(_update: telegram.Update) -> None:
        reached.append("begun")
        await asyncio.Event().wait()

    town.says(SARI, "tempe")
    async with door(town, time, dies_at_work):
        await time.until(lambda: bool(reached))
        await time.let_pass(120)
        assert len(town.updates) == 1
    assert reached == ["begun"]

    ledger = Ledger()
    async with door(town, time, ledger.handle):
        await time.until(lambda: bool(ledger.lines) and not town.updates)
    assert ledger.lines == [(SARI, "tempe")]


async def test_one_slow_chat_holds_up_nobody_else(town: Telegram, time: PassingTime) -> None:
    ledger, sari_may_go = Ledger(), asyncio.Event()

    async def slow_for_sari(update: telegram.Update) -> None:
        if update.effective_chat and update.effective_chat.id == SARI:
            await sari_may_go.wait()
        await ledger.handle(update)

    town.says(SARI, "tempe")
    async with door(town, time, slow_for_sari):
        await time.settle()
        for number in range(99):
            town.says(BUDI, str(number))
        await time.until(lambda: len(ledger.lines) == 99)
        assert len(town.updates) == 100
        sari_may_go.set()
        await time.until(lambda: not town.updates)
    assert ledger.lines == [*((BUDI, str(number)) for number in range(99)), (SARI, "tempe")]


async def test_a_chat_that_hangs_does_not_make_the_door_spin(town: Telegram, time: PassingTime) -> None:
    async def hangs(_update: telegram.Update) -> None:
        await asyncio.Event().wait()

    town.says(SARI, "tempe")
    async with door(town, time, hangs):
        await time.let_pass(60)
    times = fetches(town)
    assert 50 < len(times) < 110
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.5


async def test_one_chat_is_handled_in_order_and_one_at_a_time(town: Telegram, time: PassingTime) -> None:
    ledger, busy, most = Ledger(), defaultdict[int, int](int), defaultdict[int, int](int)

    async def handle(update: telegram.Update) -> None:
        assert update.effective_chat is not None
        chat = update.effective_chat.id
        busy[chat] += 1
        most[chat] = max(most[chat], busy[chat])
        await time.sleep(5 - update.update_id % 5)  # later ones would like to overtake
        await ledger.handle(update)
        busy[chat] -= 1

    for number in range(10):
        town.says(SARI, str(number))
        town.says(BUDI, str(number))
    async with door(town, time, handle):
        await time.until(lambda: len(ledger.lines) == 20 and not town.updates)
    for chat in (SARI, BUDI):
        assert [text for who, text in ledger.lines if who == chat] == [str(number) for number in range(10)]
        assert most[chat] == 1


@pytest.mark.parametrize("code", [0, 401, 404, 409, 500, 502])
async def test_a_stray_error_never_ends_polling(town: Telegram, time: PassingTime, code: int) -> None:
    ledger = Ledger()
    town.fail_next("getUpdates", code, "stray", times=3)
    town.says(SARI, "tempe")
    async with door(town, time, ledger.handle) as task:
        await time.until(lambda: bool(ledger.lines))
        assert not task.done()
    assert fetches(town)[:4] == [0, 0.5, 1.5, 3.5]


async def test_ten_minutes_of_errors_end_with_what_to_do(town: Telegram, time: PassingTime) -> None:
    alive: list[float] = []
    town.fail_next("getUpdates", 401, "Unauthorized", times=1000)
    task = asyncio.create_task(start(town, time, Ledger().handle, asyncio.Event(), lambda: alive.append(time.now)))
    await time.until(task.done)
    with pytest.raises(polling.NoUpdatesError, match=r"TELEGRAM_BOT_TOKEN or TELEGRAM_API_URL is wrong"):
        task.result()
    assert 600 <= time.now < 660
    times = fetches(town)
    assert max(later - earlier for earlier, later in pairwise(times)) == 30
    assert max(later - earlier for earlier, later in pairwise(alive)) <= 30


async def test_a_success_between_errors_starts_the_ten_minutes_anew(
    town: Telegram, time: PassingTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LONG_POLL", 0)
    ledger = Ledger()
    async with door(town, time, ledger.handle) as task:
        for _ in range(30):
            town.fail_next("getUpdates", 502, "Bad Gateway", times=5)
            await time.until(lambda: not town._faults)
            town.says(SARI, "tempe")
            await time.until(lambda: not town.updates)
            await time.let_pass(20)
        assert not task.done()
    assert len(ledger.lines) == 30


async def test_a_429_is_waited_out(town: Telegram, time: PassingTime) -> None:
    ledger = Ledger()
    town.fail_next("getUpdates", 429, "Too Many Requests: retry after 70", retry_after=70)
    town.says(SARI, "tempe")
    async with door(town, time, ledger.handle):
        await time.until(lambda: bool(ledger.lines))
    assert fetches(town)[:2] == [0, 70]


async def test_a_stop_finishes_and_confirms_what_runs_and_leaves_the_rest(town: Telegram, time: PassingTime) -> None:
    ledger, stop, may_go = Ledger(), asyncio.Event(), asyncio.Event()

    async def handle(update: telegram.Update) -> None:
        await may_go.wait()
        await ledger.handle(update)

    town.says(SARI, "tempe")
    town.says(SARI, "belum")
    task = asyncio.create_task(start(town, time, handle, stop))
    await time.settle()
    stop.set()
    await time.settle()
    may_go.set()
    await asyncio.wait_for(task, 10)
    assert ledger.lines == [(SARI, "tempe")]
    assert len(town.updates) == 1
    last = town.log[-1]
    assert (last.params["limit"], last.params["timeout"]) == (1, 0)

    async with door(town, time, ledger.handle):
        await time.until(lambda: not town.updates)
    assert ledger.lines == [(SARI, "tempe"), (SARI, "belum")]


async def test_a_stop_does_not_wait_for_ever_for_a_handler(
    town: Telegram, time: PassingTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "TIME_TO_FINISH", 0.01)
    ledger, stop = Ledger(), asyncio.Event()

    async def handle(update: telegram.Update) -> None:
        if update.effective_chat and update.effective_chat.id == SARI:
            await asyncio.Event().wait()
        await ledger.handle(update)

    town.says(BUDI, "tahu")
    town.says(SARI, "tempe")
    task = asyncio.create_task(start(town, time, handle, stop))
    await time.until(lambda: bool(ledger.lines))
    stop.set()
    await asyncio.wait_for(task, 10)
    assert [update["message"]["text"] for update in await town.updates.fetch(0, 100, 0)] == ["tempe"]


async def test_a_stop_interrupts_an_empty_long_poll_and_a_pause(town: Telegram, time: PassingTime) -> None:
    for trouble in (False, True):
        stop = asyncio.Event()
        if trouble:
            town.fail_next("getUpdates", 429, "Too Many Requests: retry after 3600", retry_after=3600)
        task = asyncio.create_task(start(town, time, Ledger().handle, stop))
        await time.settle()
        stop.set()
        await time.settle()
        assert task.done()


async def test_ids_that_start_anew_below_the_old_ones_are_handled(
    town: Telegram, time: PassingTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LONG_POLL", 0)
    ledger = Ledger()
    message = town.says(SARI, "sebelum")
    async with door(town, time, ledger.handle):
        await time.until(lambda: not town.updates)
        town.push({"update_id": 5, "message": {**message, "text": "sesudah"}})
        await time.until(lambda: len(ledger.lines) == 2 and not town.updates)
    assert ledger.lines == [(SARI, "sebelum"), (SARI, "sesudah")]


@pytest.mark.parametrize("trouble", [ValueError("rahasia"), asyncio.CancelledError("rahasia")])
async def test_a_handler_that_fails_is_logged_without_content_and_its_chat_goes_on(
    town: Telegram, time: PassingTime, trouble: BaseException
) -> None:
    ledger = Ledger()

    async def handle(update: telegram.Update) -> None:
        if update.effective_message and update.effective_message.text == "rahasia":
            raise trouble
        await ledger.handle(update)

    town.says(SARI, "rahasia")
    town.says(SARI, "tempe")
    with capture_logs() as logged:
        async with door(town, time, handle):
            await time.until(lambda: bool(ledger.lines) and not town.updates)
    assert [line["event"] for line in logged] == ["an update could not be handled"]
    assert "rahasia" not in str(logged)
