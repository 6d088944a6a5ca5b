"""The stand-in with Sari in her chat, and an unmodified python-telegram-bot client in process."""

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
)

from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from tests.stand_in.people import BUDI, SARI, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    telegram = Telegram(clock=clock)
    telegram.join(SARI, "Sari")
    telegram.join(BUDI, "Pak Budi")
    telegram.says(SARI, "/mulai")
    return telegram


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    request = StandInRequest(telegram)
    async with Bot("1:DEMO", request=request, get_updates_request=request) as bot:
        yield bot
