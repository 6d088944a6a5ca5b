"""The front door when Telegram fails, a handler fails, or the process is told to stop: nothing is lost."""

import asyncio
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot.demo.telegram import Telegram
from bot.doors import polling
from bot.doors.patience import NoUpdatesError
from bot.incoming import Raw
from tests.front_door import BUDI, SARI, Ledger, door, fetches, start, two_people
from tests.passing_time import PassingTime


@pytest.fixture
def time() -> PassingTime:
    return PassingTime()


@pytest.fixture
def town(time: PassingTime) -> Telegram:
    return two_people(time)


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
    with pytest.raises(NoUpdatesError, match=r"TELEGRAM_BOT_TOKEN or TELEGRAM_API_URL is wrong"):
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
    ledger, stop, alive = Ledger(), asyncio.Event(), [0.0]
    town.fail_next("getUpdates", 429, "Too Many Requests: retry after 170", retry_after=170)
    town.says(SARI, "tempe")
    task = asyncio.create_task(start(town, time, ledger.handle, stop, lambda: alive.append(time.now)))
    await time.until(lambda: bool(ledger.lines))
    stop.set()
    await asyncio.wait_for(task, 10)
    assert fetches(town)[:2] == [0, 170]
    assert max(later - earlier for earlier, later in pairwise(alive)) <= 30


async def test_a_stop_finishes_and_confirms_what_runs_and_leaves_the_rest(town: Telegram, time: PassingTime) -> None:
    ledger, stop, may_go = Ledger(), asyncio.Event(), asyncio.Event()

    async def handle(update: Raw) -> None:
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

    async def handle(update: Raw) -> None:
        if update["message"]["chat"]["id"] == SARI:
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


@pytest.mark.parametrize("trouble", [ValueError("rahasia"), asyncio.CancelledError("rahasia")])
async def test_a_handler_that_fails_is_logged_without_content_and_its_chat_goes_on(
    town: Telegram, time: PassingTime, trouble: BaseException
) -> None:
    ledger = Ledger()

    async def handle(update: Raw) -> None:
        if update["message"]["text"] == "rahasia":
            raise trouble
        await ledger.handle(update)

    town.says(SARI, "rahasia")
    town.says(SARI, "tempe")
    with capture_logs() as logged:
        async with door(town, time, handle):
            await time.until(lambda: bool(ledger.lines) and not town.updates)
    assert [line["event"] for line in logged] == ["an update could not be handled"]
    assert "rahasia" not in str(logged)
