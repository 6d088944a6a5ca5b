"""Through the real door with the real handlers on a real database: what comes in wrong, twice, or for somebody else."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.app import client, running
from bot.demo.request import StandInRequest
from bot.doors.polling import poll
from bot.pacing import Pacing
from tests.chat import TOKEN, Chat, World
from tests.process import rows

PATIENCE = 10  # seconds until something that never comes fails a test
GROUP = -1001


class Street(World):
    """A world whose bot lives on behind its own door; `settle` waits until every update has been confirmed."""

    door: "asyncio.Task[None] | None" = None

    async def settle(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.telegram.updates):
                assert self.door is None or not self.door.done(), "the door has closed"
                await asyncio.sleep(0.001)


@asynccontextmanager
async def open_door(street: Street) -> AsyncIterator[None]:
    """The bot at its door, until SIGTERM would have told it to stop."""
    bot = client(TOKEN, "http://127.0.0.1", lambda: StandInRequest(street.telegram))
    parts = running(bot, street.database_url, street.folder / "files", clock=lambda: street.now,
                    pacing=Pacing(limited=False))  # fmt: skip
    async with parts as handlers:
        stop = asyncio.Event()
        street.door = asyncio.create_task(poll(bot, handlers.handle, stop, reached=handlers.pulse.beat))
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(street.door, PATIENCE)


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    street = Street(tmp_path)
    async with open_door(street):
        yield street


@pytest.fixture
async def sari(street: Street) -> Chat:
    return await agreed(Chat(street, 7, "Sari"), "Keripik Sari")


@pytest.fixture
async def budi(street: Street) -> Chat:
    return await agreed(Chat(street, 8, "Pak Budi"), "Mebel Budi")


async def agreed(chat: Chat, firm: str) -> Chat:
    """Somebody whose firm has a name and who is asked for its legal form."""
    await chat.says("/mulai")
    await chat.taps("Setuju")
    await chat.taps("Sudah jalan")
    assert f"✓ Tersimpan: Nama Perusahaan — {firm}" in await chat.says(firm)
    return chat


async def test_a_malformed_update_between_two_people_takes_neither_answer_away(tmp_path: Path) -> None:
    street = Street(tmp_path)
    sari, budi = Chat(street, 7, "Sari"), Chat(street, 8, "Pak Budi")
    street.telegram.says(7, "/mulai")
    street.telegram.push({"message": {"message_id": "tiga", "chat": "rusak", "text": "rusak"}})
    street.telegram.says(8, "/mulai")
    async with open_door(street):
        await street.settle()
    assert sari.label == budi.label == "Sebelum mulai"


async def test_an_update_that_comes_twice_is_applied_once_and_answered_twice(street: Street, sari: Chat) -> None:
    before, shown, count = rows(street.folder), sari.text, len(sari.history)
    street.telegram.repeat_last()
    await street.settle()
    assert rows(street.folder) == before
    assert len(sari.history) == count + 1
    assert sari.label == "Jenis Badan Usaha"
    assert sari.text == shown.partition("\n\n")[0]


async def test_two_people_in_turn_never_see_each_other(sari: Chat, budi: Chat) -> None:
    await sari.taps("Perorangan")
    await budi.taps("CV")
    await sari.says("Jl. Kenanga 7, Blitar")
    await budi.says("Jl. Jati 8, Jepara")
    for chat, own, other in ((sari, ("Keripik", "Kenanga"), ("Mebel", "Jati")),
                             (budi, ("Mebel", "Jati"), ("Keripik", "Kenanga"))):  # fmt: skip
        seen = f"{await chat.data()} {await chat.says('/ubah')} {await chat.says('/laporan')} {chat.history}"
        assert all(word in seen for word in own)
        assert not any(word in seen for word in other)


async def test_a_forged_button_of_somebody_elses_report_does_nothing_to_either(
    street: Street, sari: Chat, budi: Chat
) -> None:
    await budi.says("/laporan")
    pressed = {data for message in budi.history for data in budi.buttons(message).values()}
    forged = {data for data in pressed if not data.startswith("0.")}  # 0: before there was any report
    assert len(forged) > 10
    hers = sari.buttons()["Perorangan"].partition(".")[0]
    forged |= {f"{hers}.c..buka:{number}" for number in range(20)}
    before = rows(street.folder)
    for data in sorted(forged):
        street.telegram.taps(7, sari.last["message_id"], data, unchecked=True)
        await street.settle()
        assert sari.label == "Jenis Badan Usaha"
    assert rows(street.folder) == before
    assert "Mebel" not in str(sari.history)


async def test_what_is_said_in_a_group_is_not_answered(street: Street, sari: Chat) -> None:
    street.telegram.add_group(GROUP, "Arisan")
    before, calls = rows(street.folder), len(street.telegram.log)
    for text in ("Keripik Sari", "/mulai", "/data"):
        street.telegram.says(7, text, chat_id=GROUP)
    await street.settle()
    assert [m["from_bot"] for m in street.telegram.history(GROUP)] == [False] * 3
    assert {call.method for call in street.telegram.log[calls:]} == {"getUpdates"}
    assert (rows(street.folder), sari.label) == (before, "Jenis Badan Usaha")


async def test_our_own_mistake_gives_a_number_to_mention_and_the_next_update_goes_on(
    street: Street, sari: Chat
) -> None:
    connection = sqlite3.connect(street.folder / "temanlapor.db", isolation_level=None)
    connection.execute("ALTER TABLE answer RENAME TO lost")
    with capture_logs() as logged:
        apology = await sari.taps("Perorangan")
    connection.execute("ALTER TABLE lost RENAME TO answer")
    connection.close()
    number = re.search(r"Nomor: (\w{8})$", apology)
    assert number
    assert number[1] in [line.get("reference") for line in logged]
    assert "Keripik" not in str(logged)
    assert "✓ Tersimpan: Jenis Badan Usaha — Perorangan" in await sari.taps("Perorangan", asked(sari))


def asked(chat: Chat) -> dict[str, object]:
    """The question that stands above the apology."""
    return next(message for message in reversed(chat.history) if chat.buttons(message))
