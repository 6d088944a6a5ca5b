"""The bot as a process of its own, started, ended and killed by its number, and a Telegram for it over HTTP.
Knows the command line and the environment, nothing of what is said."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette

from bot.demo.http import routes
from bot.demo.telegram import Telegram
from bot.demo.telegram_webhook import Courier
from tests.chat import TOKEN, World

ROOT = Path(__file__).parent.parent
PATIENCE = 30  # seconds until something that never comes fails a test
WEBHOOK_SECRET = "burung-burung-kecil"  # noqa: S105 - opens nothing
FORKS = "tests.write_points"  # a program that can be a mother
TIME_TO_STOP = 5  # seconds after SIGTERM (P14)


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def rows(folder: Path) -> list[str]:
    """Every row of the bot's tables, but for the numbers of the updates it has seen and its pulse."""
    connection = sqlite3.connect(f"file:{folder}/temanlapor.db?mode=ro", uri=True)
    dump = [line for line in connection.iterdump() if "update_seen" not in line and "pulse" not in line]
    connection.close()
    return dump


class Child:
    """A bot that its mother has forked: of asyncio's Process what is used here."""

    def __init__(self, pid: int, mother: asyncio.StreamReader) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._ends = asyncio.create_task(self._reads(mother))

    async def _reads(self, mother: asyncio.StreamReader) -> int:
        self.returncode = code = int(await mother.readline())
        return code

    async def wait(self) -> int:
        return await asyncio.shield(self._ends)

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)


class BotProcess:
    """`python -m <program> <arguments>` with its data in `folder`; leaving the context kills what still runs."""

    _pipe = asyncio.subprocess.DEVNULL  # PIPE for a program that is talked to

    def __init__(self, folder: Path, *arguments: str, program: str = "bot", **variables: str) -> None:
        self.folder, self._program = folder, program
        self._arguments = arguments
        # Nothing else from outside, and compiled modules kept for the whole run: a second start takes a third of the time.
        shared = str(folder.parent.parent / "bytecode")
        self._environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": shared,
                             "DATA_DIR": str(folder), **variables}  # fmt: skip
        self._process: asyncio.subprocess.Process | Child | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def log(self) -> str:
        """All that it has written, over all its lives."""
        return (self.folder / "process.log").read_text()

    async def start(self) -> None:
        self._process = await self._begun()

    async def _begun(self, **variables: str) -> asyncio.subprocess.Process:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "process.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", self._program, *self._arguments, cwd=self.folder,
                env={**self._environment, **variables},
                stdin=self._pipe, stdout=log if self._pipe == asyncio.subprocess.DEVNULL else self._pipe, stderr=log,
            )  # fmt: skip

    def strike(self) -> None:
        """SIGKILL, now: whatever it is doing is never finished."""
        if self._process and self._process.returncode is None:
            os.kill(self._process.pid, signal.SIGKILL)

    async def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        self.strike()
        if self._process:
            await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM; its exit code. TimeoutError when it takes longer than it may."""
        assert self._process
        if self.runs:
            self._process.terminate()
        return await asyncio.wait_for(self._process.wait(), TIME_TO_STOP)

    async def ends(self) -> int:
        """Its exit code, once it has ended by itself."""
        assert self._process
        return await asyncio.wait_for(self._process.wait(), PATIENCE)

    async def listens(self, port: int) -> None:
        """Return when somebody answers at the port."""
        async with asyncio.timeout(PATIENCE):
            while True:
                assert self.runs, self.log
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except ConnectionRefusedError:
                    await asyncio.sleep(0.02)
                else:
                    writer.close()
                    return await writer.wait_closed()


class ForkedBot(BotProcess):
    """A bot that has a mother (tests/write_points.py): for those who die often. Each life is a process of its own."""

    _pipe = asyncio.subprocess.PIPE
    _mother: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        if self._mother is None:
            self._mother = await self._begun(MOTHER="1")
        assert self._mother.stdin
        assert self._mother.stdout
        self._mother.stdin.write(b"\n")
        self._process = Child(int(await self._mother.stdout.readline()), self._mother.stdout)

    async def __aexit__(self, *_: object) -> None:
        await self.kill()
        if self._mother:
            await self._mother.communicate(b"")


@asynccontextmanager
async def over_http(telegram: Telegram, **options: Any) -> AsyncIterator[str]:
    """The address at which a process reaches this stand-in. `options`: uvicorn's."""
    app = Starlette(routes=routes(telegram))
    config = uvicorn.Config(app, lifespan="off", ws="none", log_config=None, **options)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            await telegram.updates.fetch(0, 1, 0)  # ends the long poll that a killed process has left behind
            server.should_exit = True
            await asyncio.wait_for(serving, PATIENCE)


class Town(World):
    """A world whose bot lives by itself; `settle` waits until every update has been confirmed to Telegram."""

    bot: BotProcess
    address: str
    program = "bot"

    async def settle(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.telegram.updates):
                assert self.bot.runs, self.bot.log
                await asyncio.sleep(0.005)


async def until(condition: Callable[[], object]) -> None:
    """Let the processes work until the condition holds."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)


def behind_a_proxy(port: int, telegram_address: str) -> dict[str, str]:
    """What an operator sets for a bot that Telegram visits."""
    return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram_address, "PORT": str(port),
            "WEBHOOK_URL": "https://lapor.example/telegram", "WEBHOOK_SECRET": WEBHOOK_SECRET}  # fmt: skip


@asynccontextmanager
async def visited_in(town: Town) -> AsyncIterator[str]:
    """The bot of the town, as a process to which Telegram brings its updates; gives the address of its port."""
    port = free_port()
    async with over_http(town.telegram) as telegram_address:
        town.bot = BotProcess(town.folder, **behind_a_proxy(port, telegram_address))
        courier = asyncio.create_task(Courier(town.telegram, f"http://127.0.0.1:{port}").run())
        try:
            async with town.bot:
                await town.bot.listens(port)
                yield f"http://127.0.0.1:{port}"
        finally:
            courier.cancel()
            await asyncio.wait([courier])


@asynccontextmanager
async def living_in(town: Town, **variables: str) -> AsyncIterator[None]:
    """The bot of the town, as a process that polls its Telegram."""
    async with over_http(town.telegram) as address:
        kind = ForkedBot if town.program == FORKS else BotProcess
        town.bot = kind(
            town.folder, program=town.program,
            TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=address, DATABASE_URL=town.database_url, **variables,
        )  # fmt: skip
        async with town.bot:
            yield
