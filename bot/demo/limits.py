"""Telegram's flood limits: about 1 message a second to a chat, 20 a minute to a group, 30 a second in all."""

from __future__ import annotations

import math
from collections import deque
from datetime import datetime, timedelta

from bot.demo.telegram_params import RefusedError

BURST = 5
_PERSON = (BURST, float(BURST))
_GROUP = (20, 60.0)
_ALL = (30, 1.0)


class RateLimits:
    """Counts messages by the clock it is given. A call during a halt is refused and does not prolong it."""

    def __init__(self) -> None:
        self._sent: dict[int | None, deque[datetime]] = {}
        self._until: dict[int | None, datetime] = {}

    def spend(self, chat_id: int, now: datetime) -> None:
        """Count one message to a chat, or refuse it with 429 and the whole seconds to wait."""
        rules = {None: _ALL, chat_id: _GROUP if chat_id < 0 else _PERSON}
        for key, (count, seconds) in rules.items():
            sent = self._sent.setdefault(key, deque())
            while sent and (now - sent[0]).total_seconds() >= seconds:
                sent.popleft()
            halted = (self._until.get(key, now) - now).total_seconds()
            wait = halted if halted > 0 else 0.0
            if not wait and len(sent) >= count:
                wait = seconds - (now - sent[0]).total_seconds()
            if wait > 0:
                self._halt(key, now, wait)
        for key in rules:
            self._sent[key].append(now)

    def _halt(self, key: int | None, now: datetime, wait: float) -> None:
        seconds = max(1, math.ceil(wait))
        if key not in self._until or self._until[key] <= now:
            self._until[key] = now + timedelta(seconds=seconds)
        raise RefusedError(429, f"Too Many Requests: retry after {seconds}", seconds)
