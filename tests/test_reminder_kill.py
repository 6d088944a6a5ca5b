"""The reminder job as a real process, killed while it sends: nobody hears a reminder twice, and whoever was not in the air
at that moment hears it afterwards."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random
from typing import Any

from bot.demo.telegram import Telegram
from bot.demo.telegram_params import Json, Uploads
from bot.reminder_job import AT_ONCE
from storage.database import Database
from storage.reminders import HOLD
from tests.chat import TOKEN
from tests.process import PATIENCE, ROOT, over_http
from tests.sizes import size
from tests.test_reminder_job import FIRMS, Street, states

KILLS = size(2, 100)


class Witness(Telegram):
    """Strikes the process down when so many reminders have come in, before or after the last one is in the chat."""

    process: asyncio.subprocess.Process
    left, delivered = 0, False

    async def call(self, method: str, params: Mapping[str, Any], files: Uploads | None = None) -> Json:
        strikes = method == "sendMessage" and self.left == 1
        self.left -= method == "sendMessage"
        if strikes and not self.delivered:
            os.kill(self.process.pid, signal.SIGKILL)
        answer = await super().call(method, params, files)
        if strikes and self.delivered:
            os.kill(self.process.pid, signal.SIGKILL)
        return answer


async def test_killed_while_sending_nobody_hears_it_twice(new_database_of_the_night: Callable[[], str]) -> None:
    random = Random(1945)  # noqa: S311 - to play the same deaths again
    for _ in range(max(1, KILLS // 2)):
        street = Street()
        street.telegram = witness = Witness(TOKEN, lambda street=street: street.now)  # type: ignore[misc]
        url = new_database_of_the_night()
        async with Database(url) as database:
            await database.run(street.settle)
        async with over_http(witness) as address:
            for death in (*(random.randint(1, AT_ONCE) for _ in range(2)), 0):
                witness.left, witness.delivered = death, random.random() < 0.5
                witness.process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "tests.reminding", url, address, street.now.isoformat(), cwd=ROOT
                )
                code = await asyncio.wait_for(witness.process.wait(), PATIENCE)
                assert code == (-signal.SIGKILL if death else 0)
                street.now += HOLD + timedelta(seconds=PATIENCE)
        heard = street.heard()
        async with Database(url) as database:
            found = await database.run(states)
        assert len(heard) == len({*heard})
        assert set(found) <= {"sent", "unsure"}
        assert sum(found.values()) == FIRMS
        assert found["sent"] <= len(heard)
        assert found.get("unsure", 0) <= 2 * AT_ONCE
