"""The real process, killed at any moment: what was acknowledged is kept, what was said is applied once."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

from bot.demo.telegram import Telegram
from bot.demo.telegram_params import Json, Uploads
from conversations.naming import short, shown
from conversations.route import walk
from conversations.sections import laporan_produksi
from conversations.words import T
from storage.database import connect
from storage.reports import load as load_desk
from tests.chat import TOKEN, Chat
from tests.owner import Owner, load, report_of
from tests.process import PATIENCE, Town, living_in
from tests.sizes import size
from tests.state import state

DEATHS = 20  # about as many as one person lives through below
PEOPLE = size(DEATHS, 1000) // DEATHS
MOMENTS = ("between two messages", "at any time", "when the answer leaves", "when the answer has arrived")
KEPT = "✓ Tersimpan: "
FILLED = ("data_umum", "data_khusus", "investasi", "tenaga_kerja", "kapasitas_produksi")


class Witness(Telegram):
    """Strikes the bot down when an answer of its comes in, before or after the answer is in the chat."""

    moment = ""
    town: "Mortal"

    async def call(self, method: str, params: Mapping[str, Any], files: Uploads | None = None) -> Json:
        speaks = method.startswith(("send", "edit"))
        if speaks and self.moment == "when the answer leaves":
            self.town.bot.strike()
        answer = await super().call(method, params, files)
        if speaks and self.moment == "when the answer has arrived":
            self.town.bot.strike()
        return answer


class Mortal(Town):
    """A town whose bot dies after every second or third act of the person, and comes back."""

    program = "tests.write_points"  # it is told no point to die at, and does not wait between its messages

    def __init__(self, folder: Path, database_url: str, random: Random) -> None:
        super().__init__(folder, database_url)
        self.telegram = self.witness = Witness(TOKEN, lambda: self.now)
        self.witness.town = self
        self.random = random
        self.kills, self.acts_left = 0, 2
        self.chat: Chat | None = None

    async def settle(self) -> None:
        self.acts_left -= 1
        if self.chat is None or self.acts_left >= 0:
            await super().settle()
            return
        self.acts_left = self.random.choice((1, 1, 2))
        await self._dies(self.random.choice(MOMENTS))
        self.kills += 1
        assert not lost(self, self.chat)
        await self._comes_back(self.chat)

    async def _dies(self, moment: str) -> None:
        if moment == MOMENTS[0]:
            await super().settle()
        elif moment == MOMENTS[1]:
            await asyncio.sleep(self.random.uniform(0, 0.04))  # an act is handled in about that time
        else:
            self.witness.moment = moment
            async with asyncio.timeout(PATIENCE):
                while self.bot.runs:
                    await asyncio.sleep(0.005)
            self.witness.moment = ""
        await self.bot.kill()

    async def _comes_back(self, chat: Chat) -> None:
        """The waiting update is answered, and whatever the person then does, the same question is open."""
        await self.bot.start()
        await super().settle()
        before = question(chat)
        if self.random.random() < 0.5:
            self.telegram.says(chat.user_id, "/lanjut")
        else:
            self.telegram.sends_other(chat.user_id, sticker={"file_id": "s", "file_unique_id": "s", "type": "regular",
                                      "width": 9, "height": 9, "is_animated": False, "is_video": False})  # fmt: skip
        await super().settle()
        assert question(chat) == before


class Newest(Owner):
    """After a restart the question is asked again: she uses the newest message, not the one above."""

    def _now(self, _message: dict[str, Any]) -> dict[str, Any]:
        return self.chat.last


def question(chat: Chat) -> tuple[str, str]:
    return chat.text.partition("\n")[0], chat.label


def lost(town: Town, chat: Chat) -> set[str]:
    """What the bot said it has kept and what is not in the database, read without the bot."""
    lines = {line for m in chat.history if m["from_bot"] for line in str(m.get("text", "")).splitlines()}
    engine = connect(town.database_url)
    with engine.begin() as connection:
        desk = load_desk(connection, chat.user_id)
    engine.dispose()
    found = walk(laporan_produksi(), desk.draft, town.now.date())
    kept = [
        T(KEPT + "{isian} — {nilai}", isian=short(found, stop), nilai=shown(found, stop)).plain()
        for stop in found.stops
        if stop.value is not None
    ]
    told = (line for line in lines if line.startswith(KEPT))
    return {line for line in told if not any(line == one or line.startswith(f"{one}, ") for one in kept)}


async def fills_in_while_the_bot_dies(town: Mortal, number: int) -> None:
    scenario = load("tempe")
    chat = Chat(town, number, "Bu Siti")
    town.chat = None
    await chat.says("/mulai")
    await chat.taps("Setuju")
    town.chat = chat
    await Newest(chat, scenario).fills_in(until="Bagian 6 dari 11")
    town.chat = None
    before, open_question = state(town.database_url), question(chat)
    town.telegram.repeat_last()
    await town.settle()
    assert (state(town.database_url), question(chat)) == (before, open_question)
    exported = await chat.data()
    expected = report_of(scenario)
    assert {key: exported[key] for key in FILLED} == {key: expected[key] for key in FILLED}


async def test_a_bot_that_is_killed_again_and_again_loses_and_doubles_nothing(
    tmp_path: Path, new_database_of_the_night: Callable[[], str]
) -> None:
    town = Mortal(tmp_path / "data", new_database_of_the_night(), Random(1945))  # noqa: S311 - to play the same deaths again
    async with living_in(town):
        for number in range(PEOPLE):
            await fills_in_while_the_bot_dies(town, 1001 + number)


async def test_an_update_stays_at_telegram_until_it_is_on_disk(tmp_path: Path) -> None:
    town = Town(tmp_path / "data")
    async with living_in(town):
        chat = Chat(town, 1001, "Bu Siti")
        await chat.says("/mulai")
        await chat.taps("Setuju")
        await chat.taps("Sudah jalan")
        lock = sqlite3.connect(town.folder / "temanlapor.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        fetched = len(town.telegram.log)
        town.telegram.says(1001, "Tempe Bu Siti")
        async with asyncio.timeout(PATIENCE):
            while len(town.telegram.log) < fetched + 2:  # it has asked for what comes after
                await asyncio.sleep(0.005)
        await town.bot.kill()
        lock.close()
        await town.bot.start()
        await town.settle()
        assert "✓ Tersimpan: Nama Perusahaan — Tempe Bu Siti" in chat.text


async def test_a_bot_that_is_told_to_stop_leaves_within_five_seconds_and_answers_the_rest_later(
    tmp_path: Path,
) -> None:
    town = Town(tmp_path / "data")
    async with living_in(town):
        people = [Chat(town, 1001 + number, name) for number, name in enumerate(("Bu Siti", "Pak Budi", "Sari"))]
        for chat in people:
            await chat.says("/mulai")
            await chat.taps("Setuju")
            await chat.taps("Sudah jalan")
        town.telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 60", retry_after=60)
        for chat in people:
            town.telegram.says(chat.user_id, f"Usaha {chat.name}")
        async with asyncio.timeout(PATIENCE):
            while not any(call.answer.get("error_code") == 429 for call in town.telegram.log):
                await asyncio.sleep(0.005)
        assert await town.bot.stop() == 0
        await town.bot.start()
        await town.settle()
        for chat in people:
            assert chat.label == "Jenis Badan Usaha"
            assert (await chat.data())["perusahaan"]["nama"] == f"Usaha {chat.name}"
