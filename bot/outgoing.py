"""The way out: each call to Telegram waits for its turn, is tried again where its error allows, and ends as a
value. Knows no texts and no database: what was not delivered is the caller's to write down."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

import structlog
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.http_request import NotSentError
from bot.pacing import Lane, Pacing
from bot.process_metrics import SENDS

log = structlog.get_logger(__name__)

T = TypeVar("T")

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0, 30.0)  # seconds between tries: two minutes in all
SURELY_NOT_SENT = (NotSentError, InvalidToken, EndPointNotFound, Conflict)
NOTHING_TO_DO = ("message is not modified", "query is too old", "topic_not_modified")


class Sent(StrEnum):
    """How a call ended."""

    DELIVERED = "delivered"  # or there was nothing to change any more
    UNSURE = "unsure"  # it left, and nobody knows whether it arrived
    NOT_SENT = "not sent"  # it certainly did not arrive; Telegram was out of reach for two minutes
    BLOCKED = "blocked"  # the person blocked the bot, or it was put out of the group
    REFUSED = "refused"  # Telegram will never take it as it is
    HELD_BACK = "held back"  # not tried: the person writes far faster than they can be answered


class Delivery(NamedTuple, Generic[T]):
    """What became of one call, what Telegram gave back (None unless DELIVERED; may be None even then), and its last
    word where it was not delivered: to be looked at, never to be logged, for it may quote what was sent."""

    sent: Sent
    result: T | None = None
    error: TelegramError | None = None


class Outgoing:
    """Everything the bot says goes through `call`."""

    def __init__(
        self, pacing: Pacing | None = None, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self.pacing = pacing or Pacing()
        self._sleep = sleep

    async def call(
        self,
        send: Callable[[], Awaitable[T]],
        chat_id: int | None,
        lane: Lane = Lane.ANSWER,
        *,
        at_most_once: bool = False,
    ) -> Delivery[T]:
        """Make the call that `send` starts: `await outgoing.call(lambda: bot.send_message(7, "…"), 7)`.

        `send` runs once for each try, so an upload must be opened inside it. `chat_id` None: the call shows
        nothing in a chat. An answer (the default) is repeated while its fate is unknown and may appear twice;
        with `at_most_once` (reminders, relays to staff) it ends as UNSURE instead. No error of Telegram's is
        raised; errors in our own arguments are.
        """
        pauses = iter(PAUSES)
        while True:
            await self.pacing.turn(chat_id, lane)
            try:
                delivery = Delivery(Sent.DELIVERED, await send())
                break
            except RetryAfter as error:
                self.pacing.halt(error)
                continue
            except TelegramError as error:
                error.__traceback__ = None  # PTB's frame holds its error: a ring with all that was to be sent
                end = _ending(error, at_most_once, _name(send))
                pause = next(pauses, None)
                if end is not None or pause is None:
                    fate = end or (Sent.UNSURE if _may_have_arrived(error) else Sent.NOT_SENT)
                    delivery = Delivery(fate, error=None if fate is Sent.DELIVERED else error)
                    break
            await self._sleep(pause)
        SENDS[delivery.sent].inc()
        return delivery


def _ending(error: TelegramError, at_most_once: bool, call: str) -> Sent | None:
    """The end this error brings; None = try again. Logs no texts: those of BadRequest quote what was sent."""
    if isinstance(error, Forbidden):
        return Sent.BLOCKED
    if isinstance(error, BadRequest) and any(known in error.message.lower() for known in NOTHING_TO_DO):
        return Sent.DELIVERED
    if isinstance(error, ChatMigrated):
        log.warning("the group has a new number: put it into HELPDESK_CHAT_ID", new_chat_id=error.new_chat_id)
        return Sent.REFUSED
    if isinstance(error, BadRequest):
        log.error("Telegram refused a call", error=type(error).__name__, call=call)
        return Sent.REFUSED
    if at_most_once and _may_have_arrived(error):
        return Sent.UNSURE
    log.warning("a call to Telegram failed and is tried again", error=type(error).__name__, call=call)
    return None


def _may_have_arrived(error: TelegramError) -> bool:
    """A 401, 404 or 409 is Telegram's own no; a 5xx, a timeout or a broken line may hide a yes."""
    return not isinstance(error, SURELY_NOT_SENT)


def _name(send: Callable[[], object]) -> str:
    """Where the call was written: `answer.<locals>.<lambda>` in its module."""
    return f"{send.__module__}.{getattr(send, '__qualname__', type(send).__name__)}"
