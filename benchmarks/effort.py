"""How many messages and taps a whole report costs its owner, from /mulai to the empty checklist."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.plays import begun, complete_scenarios

COMPLETE = "Semua isian sudah lengkap."


async def effort() -> dict[str, tuple[int, int]]:
    """By scenario: messages and files sent, taps. Raises AssertionError where the checklist does not become empty."""
    return {name: await _acts(name) for name in complete_scenarios()}


async def _acts(name: str) -> tuple[int, int]:
    with TemporaryDirectory() as folder:
        async with begun(name, Path(folder)) as (world, owner):
            end = await owner.fills_in()
            assert COMPLETE in end, f"{name} ends with\n{end}"
            taps = sum("callback_query" in raw for raw in world.raws)
            return owner.chat.acts - taps, taps
