"""Four processes on one PostgreSQL database, one of them killed now and then: nothing is lost, and what happens in one
chat happens in one line, each change beginning where the last one ended."""

import asyncio
import json
from collections import Counter
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlmodel import col

from bot.demo.telegram_params import Json
from storage.database import connect
from storage.tables import Answer, AnswerChange, Membership, Person, Report
from tests.chat import TOKEN, Chat, World
from tests.process import PATIENCE, BotProcess, over_http
from tests.sizes import size

CHATS, MESSAGES = size(20, 1000), size(50, 100)
SOME = 20  # chats that write at the same time
NAME = "perusahaan.nama"


class Worker(BotProcess):
    """A process of tests/worker.py and what it has not answered yet."""

    _pipe = asyncio.subprocess.PIPE

    def __init__(self, folder: Path, **variables: str) -> None:
        super().__init__(folder, program="tests.worker", **variables)
        self._waiting: dict[int, list[asyncio.Future[bool]]] = {}
        self._reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await super().start()
        self._reading = asyncio.create_task(self._read())
        await self._answer_to(0)

    async def kill(self) -> None:
        await super().kill()
        if self._reading:
            await self._reading

    async def handles(self, update: Json) -> bool:
        """Whether it did so before it died."""
        if not self.runs:
            return False
        answer = self._answer_to(update["update_id"])
        assert isinstance(self._process, asyncio.subprocess.Process)
        assert self._process.stdin
        self._process.stdin.write(json.dumps(update).encode() + b"\n")
        return await answer

    def _answer_to(self, number: int) -> "asyncio.Future[bool]":
        answer = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(number, []).append(answer)
        return answer

    async def _read(self) -> None:
        assert isinstance(self._process, asyncio.subprocess.Process)
        assert self._process.stdout
        async for line in self._process.stdout:
            number = 0 if line == b"ready\n" else int(line)
            self._waiting[number].pop(0).set_result(True)
        for answer in [answer for answers in self._waiting.values() for answer in answers]:
            answer.set_result(False)
        self._waiting.clear()


class Office(World):
    """A world whose bot is four processes; whichever is chosen gets an update, and another where that one dies."""

    workers: tuple[Worker, ...]

    def __init__(self, folder: Path, database_url: str) -> None:
        super().__init__(folder, database_url)
        self.random = Random(1945)  # noqa: S311 - to play the same again
        self.deaths = 0

    async def settle(self) -> None:
        await asyncio.gather(*map(self.deliver, await self._fresh()))

    async def _fresh(self) -> list[Json]:
        fresh = await self.telegram.updates.fetch(self._offset, 100, 0)
        self._offset = max([self._offset, *(raw["update_id"] + 1 for raw in fresh)])
        return fresh

    async def deliver(self, update: Json) -> None:
        """As Telegram does: again and again until somebody has answered, and at times to two at once."""
        async with asyncio.timeout(PATIENCE * 4):
            while True:
                two = self.random.sample(self.workers, self.random.choice((1, 1, 2)))
                if any(await asyncio.gather(*(worker.handles(update) for worker in two))):
                    return
                await asyncio.sleep(0.01)

    async def dies_and_comes_back(self) -> None:
        worker = self.random.choice(self.workers)
        await worker.kill()
        self.deaths += 1
        await worker.start()


async def writes(office: Office, number: int) -> None:
    """Somebody names the firm and changes her mind as often as there are messages, faster than anybody can answer."""
    chat = Chat(office, number, "Sari")
    await chat.says("/mulai")
    await chat.taps("Setuju")
    await chat.taps("Sudah jalan")
    await chat.says("Usaha 0")
    mine = chat.mine("Usaha 0")
    for turn in range(1, MESSAGES):
        office.telegram.edits(number, mine, f"Usaha {turn}")
    await office.settle()


def in_one_line(database_url: str) -> dict[int, list[tuple[str | None, str | None]]]:
    """By chat: the changes of the firm's name in the order in which they were made, the name that stands last."""
    engine = connect(database_url)
    with engine.begin() as connection:
        of = select(col(Person.chat_id), col(Report.id)).where(
            col(Membership.person_id) == col(Person.id), col(Report.company_id) == col(Membership.company_id),
            col(Report.kind) == "perusahaan")  # fmt: skip
        chats = {report: chat for chat, report in connection.execute(of)}
        found: dict[int, list[tuple[str | None, str | None]]] = {chat: [] for chat in chats.values()}
        changes = select(col(AnswerChange.report_id), col(AnswerChange.old), col(AnswerChange.new)).where(
            col(AnswerChange.question) == NAME).order_by(col(AnswerChange.id))  # fmt: skip
        for report, old, new in connection.execute(changes):
            found[chats[report]].append((old, new))
        kept = select(col(Answer.report_id), col(Answer.value)).where(col(Answer.question) == NAME)
        for report, name in connection.execute(kept):
            found[chats[report]].append((name, None))
    engine.dispose()
    return found


async def test_four_processes_lose_nothing_and_keep_each_chat_in_one_line(
    tmp_path: Path, postgresql_url: str
) -> None:
    office = Office(tmp_path / "data", postgresql_url)
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(over_http(office.telegram))
        variables = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": address, "DATABASE_URL": postgresql_url}
        office.workers = tuple(Worker(tmp_path / "data" / str(number), **variables) for number in range(4))
        for worker in office.workers:
            await stack.enter_async_context(worker)
        numbers, limit = iter(range(1001, 1001 + CHATS)), asyncio.Semaphore(SOME)

        async def next_one(number: int) -> None:
            async with limit:
                await writes(office, number)

        everybody = asyncio.gather(*map(next_one, numbers))
        for _ in count():
            await asyncio.wait([everybody], timeout=size(3, 10))
            if everybody.done():
                break
            await office.dies_and_comes_back()
        await everybody
    assert office.deaths > 0
    changes = in_one_line(postgresql_url)
    assert len(changes) == CHATS
    for line in changes.values():
        assert Counter(old for old, _ in line) == Counter(f"Usaha {turn}" for turn in range(MESSAGES))
        assert [old for old, _ in line[1:]] == [new for _, new in line[:-1]]
        assert line[0][0] == "Usaha 0"
    for worker in office.workers:
        assert "an update failed" not in worker.log
