"""Hundreds of sends while Telegram answers 429, 5xx, or not at all: no answer is lost, nothing that may come only once
comes twice, and nobody speaks while a 429 holds."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any

import telegram

from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from bot.demo.telegram_params import Json, Uploads
from bot.outgoing import Delivery, Outgoing, Sent
from bot.pacing import Lane, Pacing
from tests.passing_time import PassingTime
from tests.sizes import size

SENDS = size(500, 20_000)
PEOPLE = range(1000, 1050)
FAULTS = ((429, False), (500, False), (502, True), (504, False), (0, False), (0, True))  # code (0: none), delivered?
TOGETHER = 100


class Stormy(Telegram):
    """Refuses or loses three calls in ten, whatever it did with them."""

    random = Random(1945)  # noqa: S311 - to play the same storm again

    async def call(self, method: str, params: Mapping[str, Any], files: Uploads | None = None) -> Json:
        if method == "sendMessage" and self.random.random() < 0.3:
            code, after = self.random.choice(FAULTS)
            wait = self.random.randint(1, 30) if code == 429 else None
            self.fail_next(method, code, "told to", wait, after_delivery=after)
        return await super().call(method, params, files)


async def test_in_a_storm_no_answer_is_lost_and_no_reminder_doubled() -> None:
    time = PassingTime()
    town = Stormy(clock=time.date)
    for person in PEOPLE:
        town.join(person, "Sari")
        town.says(person, "/mulai")
    outgoing = Outgoing(Pacing(time.clock, time.sleep), time.sleep)
    ends: dict[str, Sent] = {}
    async with telegram.Bot(
        town.token, request=StandInRequest(town), get_updates_request=StandInRequest(town)
    ) as bot:

        async def send(number: int) -> None:
            chat, once = PEOPLE[number % len(PEOPLE)], number % 2 == 1
            words = f"{'pengingat' if once else 'jawaban'} {number}"
            lane = Lane.BROADCAST if once else Lane.ANSWER
            end: Delivery[telegram.Message] = await outgoing.call(
                lambda: bot.send_message(chat, words), chat, lane, at_most_once=once
            )
            ends[words] = end.sent

        for first in range(0, SENDS, TOGETHER):
            await time.result(_all(send, range(first, min(first + TOGETHER, SENDS))))
    heard = Counter(m["text"] for person in PEOPLE for m in town.history(person) if m["from_bot"])
    for words, end in ends.items():
        if words.startswith("jawaban"):
            assert end is Sent.DELIVERED
            assert heard[words] >= 1
        else:
            assert end in {Sent.DELIVERED, Sent.UNSURE}
            assert heard[words] == 1 if end is Sent.DELIVERED else heard[words] <= 1
    assert len(ends) == SENDS
    assert Sent.UNSURE in ends.values()
    nobody_speaks_in_a_halt(town)


async def _all(send: Any, numbers: range) -> None:
    await asyncio.gather(*map(send, numbers))


def nobody_speaks_in_a_halt(town: Telegram) -> None:
    """P8: between a 429 and its end no call begins."""
    opens = last = town.log[0].at.timestamp()
    for call in town.log:
        moment = call.at.timestamp()
        assert moment >= opens - 1e-6 or moment == last, "a call during a halt"
        if call.answer.get("error_code") == 429:
            opens, last = max(opens, moment + call.answer["parameters"]["retry_after"]), moment
