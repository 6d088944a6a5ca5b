"""Who takes part in the tests of the stand-in, the clock they live by, and how a refusal reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import BadRequest

SARI, BUDI, STAFF = 7, 8, -1001
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 7, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **duration: float) -> None:
        self.time += timedelta(**duration)


@contextmanager
def refused(reason: str, kind: type[Exception] = BadRequest) -> Iterator[None]:
    with pytest.raises(kind) as refusal:
        yield
    # PTB takes the prefix off and begins with a capital; the wording behind it is Telegram's.
    assert reason.lower() in str(refusal.value).lower()


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(d or "?", callback_data=d) for d in data]])
