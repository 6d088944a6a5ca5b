"""A world for each person."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat import World, world_in


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """One Telegram, one database, one clock."""
    async with world_in(tmp_path) as made:
        yield made
