"""`python -m tests.reminding <database> <Telegram> <moment>`: the reminder job alone as a process, its clock going on from
that moment, until nothing waits."""

import asyncio
import sys
import time
from datetime import datetime, timedelta

from bot.app import client
from bot.callbacks import Callbacks
from bot.http_request import HttpRequest
from bot.outgoing import Outgoing
from bot.pacing import Pacing
from bot.reminder_job import ReminderJob
from conversations.sections import laporan_produksi
from storage.database import Database
from tests.chat import TOKEN


async def main(database_url: str, address: str, moment: str) -> None:
    begun, form = time.monotonic(), laporan_produksi()

    def clock() -> datetime:
        return datetime.fromisoformat(moment) + timedelta(seconds=time.monotonic() - begun)

    bot = client(TOKEN, address, HttpRequest)
    async with Database(database_url) as database, bot:
        job = ReminderJob(bot, database, Outgoing(Pacing(limited=False)), form, Callbacks(form), clock)
        while await job.tick():
            pass


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
