"""A Redis of our own on loopback that syncs every write before it answers: started, asked, ended."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as NotYet

MISSING = "" if shutil.which("redis-server") else "redis-server is not installed"
_START_SECONDS = 10


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def redis_server(folder: Path) -> AsyncIterator[str]:
    """Its address; the data lie in the folder and are read again where they lie there already."""
    port = _free_port()
    options = {
        "port": port, "bind": "127.0.0.1", "dir": folder, "appendonly": "yes", "appendfsync": "always",
        "save": "", "logfile": folder / "redis.log",
    }  # fmt: skip
    words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
    server = await asyncio.create_subprocess_exec("redis-server", *words)
    try:
        await _ready(f"redis://127.0.0.1:{port}")
        yield f"redis://127.0.0.1:{port}"
    finally:
        if server.returncode is None:
            server.terminate()
        await server.wait()


async def _ready(url: str) -> None:
    async with Redis.from_url(url) as client, asyncio.timeout(_START_SECONDS):
        while True:
            try:
                await client.info("server")
            except (NotYet, OSError):  # loading its file counts as not yet, too
                await asyncio.sleep(0.05)
            else:
                return


async def cpu_seconds(client: "Redis") -> float:
    """What the server has used up to now, user and system, of all its threads (getrusage, in microseconds)."""
    used = await client.info("cpu")
    return float(used["used_cpu_user"]) + float(used["used_cpu_sys"])
