"""One of several bots on one database: `python -m tests.worker` handles the updates that come as lines on its input, each
at once, and writes the number of an update when it is done. It asks Telegram for nothing by itself."""

import asyncio
import sys

import orjson

from bot.app import client, running
from bot.conversation_handlers import Handlers
from bot.http_request import HttpRequest
from bot.pacing import Pacing
from bot.redaction import configure_logging
from bot.settings import read_settings


async def work() -> None:
    settings = read_settings()
    configure_logging(settings)
    bot = client(settings.token, settings.telegram_api_url, HttpRequest)
    lines, loop = asyncio.StreamReader(limit=2**20), asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with running(bot, settings.database, settings.files_dir, pacing=Pacing(limited=False)) as handlers:
        _says("ready")
        async with asyncio.TaskGroup() as group:
            async for line in lines:
                group.create_task(_handled(handlers, line))


async def _handled(handlers: Handlers, line: bytes) -> None:
    update = orjson.loads(line)
    await handlers.handle(update)
    _says(update["update_id"])


def _says(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(work())
