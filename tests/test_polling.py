"""Updates at the front door: each is handled, in order, and confirmed only afterwards."""

import asyncio
from collections import defaultdict
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot.demo.telegram import Telegram
from bot.doors import polling
from bot.incoming import Raw
from tests.front_door import BUDI, SARI, Ledger, door, fetches, two_people
from tests.passing_time import PassingTime


@pytest.fixture
def time() -> PassingTime:
    return PassingTime()


@pytest.fixture
def town(time: PassingTime) -> Telegram:
    return two_people(time)


async def test_a_malformed_update_leaves_its_neighbours_handled(town: Telegram, time: PassingTime) -> None:
    ledger = Ledger()
    town.says(SARI, "tempe")
    town.push({"message": {"message_id": "rahasia", "chat": "rahasia", "text": "rahasia"}})
    town.says(BUDI, "tahu")
    town.push({"callback_query": {"id": 1, "from": {"rahasia": "rahasia"}}})
    with capture_logs() as logged:
        async with door(town, time, ledger.handle):
            await time.until(lambda: len(ledger.lines) == 2 and not town.updates)
            await time.let_pass(10)
    assert ledger.lines == [(SARI, "tempe"), (BUDI, "tahu")]
    assert [line["event"] for line in logged] == ["malformed update"] * 2
    assert [line["place"] for line in logged] == ["message.chat", "callback_query.from.id"]
    assert "rahasia" not in str(logged)


async def test_an_update_is_not_confirmed_before_it_is_handled(town: Telegram, time: PassingTime) -> None:
    reached: list[str] = []

    async def dies_at_work(_update: Raw) -> None:
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

    async def slow_for_sari(update: Raw) -> None:
        if update["message"]["chat"]["id"] == SARI:
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


@pytest.mark.parametrize("confirmable", [True, False])
async def test_what_cannot_be_confirmed_does_not_make_the_door_spin(
    town: Telegram, time: PassingTime, confirmable: bool
) -> None:
    async def hangs(_update: Raw) -> None:
        await asyncio.Event().wait()

    if confirmable:
        town.says(SARI, "tempe")
    else:
        town.push({"update_id": "bukan angka"})
    async with door(town, time, hangs):
        await time.let_pass(60)
    times = fetches(town)
    assert 50 < len(times) < 110
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.5


async def test_one_chat_is_handled_in_order_and_one_at_a_time(town: Telegram, time: PassingTime) -> None:
    ledger, busy, most = Ledger(), defaultdict[int, int](int), defaultdict[int, int](int)

    async def handle(update: Raw) -> None:
        chat = update["message"]["chat"]["id"]
        busy[chat] += 1
        most[chat] = max(most[chat], busy[chat])
        await time.sleep(5 - update["update_id"] % 5)  # later ones would like to overtake
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
