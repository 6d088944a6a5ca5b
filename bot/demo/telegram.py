"""A stand-in for Telegram's hosted Bot API: people on one side, a bot on the other, Telegram's own refusals.

Knows nothing of this project's form. People and bot share one event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.demo import telegram_editing, telegram_sending, telegram_settings
from bot.demo.limits import RateLimits
from bot.demo.telegram_params import Json, Params, RefusedError, Uploads
from bot.demo.telegram_people import People

_METHODS: dict[str, Callable[[Any, Params], Any]] = {
    **telegram_settings.METHODS, **telegram_sending.METHODS, **telegram_editing.METHODS
}  # fmt: skip
DEMO_TOKEN = "1:DEMO"  # noqa: S105 - opens nothing but this stand-in
_COUNTED = ("send", "edit", "copy", "forward")
_WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def _now() -> datetime:
    return datetime.now(UTC)


class LostError(Exception):
    """The connection broke instead of an answer; `delivered` says whether Telegram had taken the call."""

    def __init__(self, delivered: bool) -> None:
        super().__init__("The connection to Telegram broke, as fail_next(error_code=0) asked for.")
        self.delivered = delivered


@dataclass
class Call:
    """One call of the bot: number 1, 2, …; `answer` is what the bot got, {} while it waits or is lost."""

    number: int
    method: str
    params: Json
    at: datetime
    answer: Json = field(default_factory=dict)
    delivered: bool = False

    @property
    def ok(self) -> bool:
        """Whether the bot was told that it worked."""
        return bool(self.answer.get("ok"))


@dataclass
class _Fault:
    method: str | None
    refusal: RefusedError
    times: int
    after_delivery: bool


class Telegram(People):
    """People act through join, says, taps, …; the bot through call; tests look at history and log.

    `rate_limits` switches Telegram's flood limits on, counted by `clock`. `after`: where message and update ids
    go on, for a stand-in that starts again beside a bot that remembers.
    """

    def __init__(
        self,
        token: str = DEMO_TOKEN,
        clock: Callable[[], datetime] = _now,
        *,
        rate_limits: bool = False,
        after: int = 0,
    ) -> None:
        super().__init__(token, clock, after)
        self.updates.go_on_after(after)
        self.log: list[Call] = []
        self._limits = RateLimits() if rate_limits else None
        self._faults: list[_Fault] = []

    def fail_next(
        self, method: str | None, error_code: int, description: str, retry_after: int | None = None,
        times: int = 1, after_delivery: bool = False,
    ) -> None:  # fmt: skip
        """The next `times` calls of a method fail so; None means any method but getUpdates.

        error_code 0: no answer, the connection breaks (LostError). `after_delivery`: it was done anyway.
        """
        refusal = RefusedError(error_code, description, retry_after)
        self._faults.append(_Fault(method and method.lower(), refusal, times, after_delivery))

    async def call(self, method: str, params: Mapping[str, Any], files: Uploads | None = None) -> Json:
        """The Bot API's answer: {"ok": True, "result"} or {"ok": False, "error_code", "description", …}."""
        entry = Call(len(self.log) + 1, method, dict(params), self.clock())
        self.log.append(entry)
        # Over a network others get their turn here; in process they must as well, or races would never show.
        await asyncio.sleep(0)
        fault = self._fault_of(method.lower())
        if fault is None or fault.after_delivery:
            answer = await self._answer(method.lower(), params, files or {})
            entry.delivered = bool(answer["ok"])
        if fault is not None:
            if fault.refusal.error_code == 0:
                raise LostError(entry.delivered)
            answer = fault.refusal.answer()
        entry.answer = answer
        return answer

    async def call_as(self, token: str, method: str, params: Mapping[str, Any], files: Uploads | None = None) -> Json:
        """The same for who brings a token: 401 for a wrong one, 404 for what is none; neither is logged."""
        if token == self.token:
            return await self.call(method, params, files)
        number, colon, secret = token.partition(":")
        looks_right = number.isdecimal() and colon and secret
        return (RefusedError(401, "Unauthorized") if looks_right else RefusedError(404, "Not Found")).answer()

    async def _answer(self, method: str, values: Mapping[str, Any], files: Uploads) -> Json:
        try:
            params = Params(values, files)
            if method == "getupdates":
                return {"ok": True, "result": await self._get_updates(params)}
            if method not in _METHODS:
                raise RefusedError(404, "Not Found")
            if self._limits and method.startswith(_COUNTED) and "chat_id" in params:
                self._limits.spend(params.whole("chat_id"), self.clock())
            return {"ok": True, "result": _METHODS[method](self, params)}
        except RefusedError as refusal:
            return refusal.answer()

    async def _get_updates(self, params: Params) -> list[Json]:
        if self.settings.get("webhook"):
            raise RefusedError(409, _WEBHOOK_IS_SET)
        if "allowed_updates" in params:
            self.updates.allow(params.structure("allowed_updates") or [])
        offset, limit, timeout = params.whole("offset"), params.whole("limit", 100), params.whole("timeout")
        return await self.updates.fetch(offset, limit, timeout)

    def _fault_of(self, method: str) -> _Fault | None:
        for fault in self._faults:
            if method == fault.method or (fault.method is None and method != "getupdates"):
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None
