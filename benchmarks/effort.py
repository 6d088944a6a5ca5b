"""How many messages and taps a whole report costs its owner, from /mulai to the empty checklist."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.plays import begun, complete_scenarios
from tests.owner import Owner
from tests.quick_owner import QuickOwner

COMPLETE = "Semua isian sudah lengkap."


@dataclass(frozen=True)
class Effort:
    """Of one scenario: messages and files sent, taps; and both together for an owner who writes several answers in
    one message."""

    messages: int
    taps: int
    quick: int


async def effort() -> dict[str, Effort]:
    """By scenario. Raises AssertionError where the checklist does not become empty."""
    found = {}
    for name in complete_scenarios():
        messages, taps = await _acts(name, Owner)
        found[name] = Effort(messages, taps, sum(await _acts(name, QuickOwner)))
    return found


async def _acts(name: str, player: type[Owner]) -> tuple[int, int]:
    with TemporaryDirectory() as folder:
        async with begun(name, Path(folder), player) as (world, owner):
            end = await owner.fills_in()
            assert COMPLETE in end, f"{name} ends with\n{end}"
            taps = sum("callback_query" in raw for raw in world.raws)
            return owner.chat.acts - taps, taps
