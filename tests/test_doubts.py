"""Soft warnings in the chat: said at the answer that causes them, listed until they are kept or mended, never twice."""

from pathlib import Path

import pytest

from tests.chat import Awake, Chat, World, world_in
from tests.owner import Owner, load


@pytest.mark.parametrize("kind", [World, Awake])
async def test_a_production_above_capacity_is_doubted_once_kept_with_one_tap_and_doubted_anew_when_it_changes(
    kind: type[World], tmp_path: Path
) -> None:
    async with world_in(tmp_path, kind=kind) as world:
        chat = Chat(world, 1001, "Bu Siti")
        await chat.says("/mulai")
        await Owner(chat, load("tempe")).fills_in(until="Jumlah Dalam Satuan Asli (Bungkus)")
        doubted = await chat.says("286.000")
        assert "⚠ Coba dicek:" in doubted
        assert "Jumlah Dalam Satuan Asli — 286.000 Bungkus" in doubted
        assert "Perlu dicek: 1." in await chat.says("/periksa")
        await chat.taps("Angkanya benar, biarkan", chat.history[-2])
        assert "Perlu dicek: 0." in await chat.says("/periksa")
        await chat.edits(chat.mine("286.000"), "286.001")
        assert "⚠ Coba dicek:" in chat.text
        await chat.edits(chat.mine("286.001"), "28.600")
        assert "⚠" not in chat.text
        assert "Perlu dicek: 0." in await chat.says("/periksa")
