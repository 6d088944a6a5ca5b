"""SIGKILL at every place where something is written, sent or confirmed: after the restart everything goes on as if
nothing had been, act for act as in a life without a death."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from random import Random

import pytest

from conversations.draft import Draft, changed
from conversations.sections import laporan_produksi
from storage.database import connect
from storage.reports import load, save
from tests.chat import PNG, Chat, world_in
from tests.process import Town, living_in
from tests.sizes import NIGHTLY, size
from tests.state import file_ids, kept_files, state
from tests.test_signed_scan import at_the_scan
from tests.write_points import ONLY_SQLITE, POINTS

DEATHS = size(1, 100)  # at each point
IN_ONE_LIFE = 13
SARI, SITI = 1001, 1002
WRITING = ("the update is noted", "a person is registered", "all is written, not committed", "all is committed")


class Haunted(Town):
    """A town whose bot is told where to die in each act, and comes back by itself."""

    program = "tests.write_points"

    async def settle(self) -> None:
        while True:
            try:
                return await super().settle()
            except AssertionError:
                if self.bot.runs:
                    raise
                await self.bot.start()


async def chooses(chat: Chat, command: str, *faces: str) -> None:
    """Say a command and press what it offers, one after the other; again where a death took an offer away."""
    for _ in range(3):
        await chat.says(command)
        for face in faces:
            found = [m for m in chat.history if m["message_id"] > chat.mine(command) and face in _words(chat, m)]
            if not found:
                break
            await chat.taps(next(name for name in chat.buttons(found[-1]) if name.startswith(face)), found[-1])
        else:
            return
    raise AssertionError(f"{command} never offered {face}")


def _words(chat: Chat, message: dict[str, object]) -> str:
    return "".join(chat.buttons(message)) if message["from_bot"] else ""


def write_down(town: Town, draft: Draft) -> None:
    """Bu Siti's report, filled in up to the scan of her letter, as if she had typed it all."""
    engine = connect(town.database_url)
    with engine.begin() as connection:
        desk = load(connection, SITI)
        filled = draft._replace(identity=desk.draft.identity)
        differ = changed(desk.draft.answers, filled.answers)
        save(connection, laporan_produksi(), desk, filled, differ, "mengisi", town.now)
    engine.dispose()


async def life(town: Town, draft: Draft) -> AsyncIterator[str]:
    """Everything that is written somewhere happens once; the name of what has just happened."""
    sari, siti = Chat(town, SARI, "Sari"), Chat(town, SITI, "Bu Siti")
    for chat in (sari, siti):
        yield await chat.says("/mulai")
        yield await chat.taps("Setuju")
        yield await chat.taps("Sudah jalan")
    yield await sari.says("Tahu Sari")
    yield await sari.edits(sari.mine("Tahu Sari"), "Tahu Sari Jaya")
    yield await sari.taps("Perorangan")
    town.telegram.says(SARI, "/bantuan")
    town.telegram.blocks(SARI)
    await town.settle()
    yield "Sari blocks the bot while it answers"
    town.telegram.unblocks(SARI)
    await town.settle()
    yield await sari.says("/lanjut")
    write_down(town, draft)
    yield await siti.says("/lanjut")
    yield await siti.sends(PNG)
    await chooses(siti, "/ubah", "Surat Pernyataan", "Ubah Surat bertanda")
    yield "Bu Siti has a better photo"
    yield await siti.sends(PNG)
    await chooses(siti, "/laporan", "Laporan baru")
    yield "Bu Siti begins a new report"
    await chooses(siti, "/hapus", "Ya, hapus semuanya")
    yield "Bu Siti goes"


Act = tuple[list[str], Counter[str]]  # what is kept after it, how often each point was passed in it


async def lived(folder: Path, database_url: str, draft: Draft, plan: dict[int, str]) -> tuple[list[Act], set[str]]:
    """A life in which the bot dies in some acts: `plan` names point and passage for an act. The acts, and the points
    where it died."""
    town = Haunted(folder / "data", database_url)
    passages, doom, died = folder / "passages", folder / "doom", set[str]()
    folder.mkdir()
    passages.touch()
    acts: list[Act] = []
    async with living_in(town, PASSAGES=str(passages), DOOM=str(doom)):
        happens, more = life(town, draft), True
        while more:
            before, wanted = len(passages.read_text().splitlines()), plan.get(len(acts), "")
            if wanted:
                doom.write_text(wanted)
            more = await anext(happens, None) is not None
            died |= {wanted.rpartition(" ")[0]} - {""} if not doom.exists() else set()
            doom.unlink(missing_ok=True)
            acts.append((state(town.database_url), Counter(passages.read_text().splitlines()[before:])))
        lying, rows = kept_files(town.folder / "files"), file_ids(town.database_url)
        assert {name.partition(".")[0] for name in lying} == rows or "postgresql" in town.database_url
    return acts[:-1], died


def planned(left: Counter[str], acts: list[Act], random: Random) -> dict[int, str]:
    """For some acts a point that is passed in them: what still has most deaths before it first, rare ones before
    those that every act passes."""
    plan: dict[int, str] = {}
    points = [name for name in left if left[name] > 0]
    random.shuffle(points)
    points.sort(key=lambda name: sum(name in passed for _, passed in acts))
    for name in points:
        free = [number for number, (_, passed) in enumerate(acts) if passed[name] and number not in plan]
        if free and len(plan) < IN_ONE_LIFE:
            number = random.choice(free)
            plan[number] = f"{name} {random.randint(1, acts[number][1][name])}"
    return plan


@pytest.fixture(scope="module")
def siti(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """Her report, filled in up to the scan of the letter."""

    async def fills_in() -> Draft:
        async with world_in(tmp_path_factory.mktemp("before")) as world:
            chat = await at_the_scan(world)
        engine = connect(world.database_url)
        with engine.begin() as connection:
            draft = load(connection, chat.user_id).draft
        engine.dispose()
        return draft

    return asyncio.run(fills_in())


async def test_killed_wherever_something_is_written_the_bot_goes_on_as_if_nothing_had_been(
    siti: Draft, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    clean, _ = await lived(tmp_path / "clean", new_database(), siti, {})
    postgresql = "postgresql" in new_database()
    points = [name for name in POINTS if not postgresql or name not in ONLY_SQLITE]
    passed = sum((passed for _, passed in clean), Counter[str]())
    assert set(points) == set(passed), "a point that this life does not pass, or that has no name any more"
    left = Counter(dict.fromkeys(points if NIGHTLY or not postgresql else WRITING, DEATHS))
    random, lives = Random(1945), 0  # noqa: S311 - to play the same deaths again
    while left := +left:
        plan = planned(left, clean, random)
        lives += 1
        acts, died = await lived(tmp_path / f"life {lives}", new_database(), siti, plan)
        for number, ((kept, _), (expected, _)) in enumerate(zip(acts, clean, strict=True)):
            assert kept == expected, f"act {number}, of {plan}"
        left.subtract(died)
        assert lives <= 3 * (DEATHS + 1) + len(points) * DEATHS // 4, f"these are never reached: {left}"
