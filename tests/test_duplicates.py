"""Updates that come up to five times, long after others of the same chat, chats in any order: what is kept is what a
clean run keeps."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

from bot.app import client, running
from bot.conversation_handlers import Handlers
from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from bot.demo.telegram_params import Json, Uploads
from bot.pacing import Pacing
from tests.chat import TOKEN, Awake, Chat, World
from tests.owner import Owner, load
from tests.sizes import size
from tests.state import state

UPDATES = size(5_000, 100_000)
MORE = (0, 0, 0, 1, 1, 2, 3, 4)  # times that an update comes beyond the first
LATE = 60  # updates of the same chat that may come between an update and its repetition


class Recording(Awake):
    """Writes down every update."""

    def __init__(self, folder: Path, database_url: str) -> None:
        super().__init__(folder, database_url)
        self.came: list[Json] = []

    async def hand_over(self, bot: Handlers, raw: Json) -> None:
        self.came.append(raw)
        await super().hand_over(bot, raw)
        self.telegram.log.clear()


class Mute(Telegram):
    """Takes whatever is said and shows it to nobody."""

    async def call(self, method: str, params: Mapping[str, Any], files: Uploads | None = None) -> Json:
        if not method.startswith(("send", "edit")):
            return await super().call(method, params, files)
        await asyncio.sleep(0)
        chat = {"id": params["chat_id"], "type": "private"}
        return {"ok": True, "result": {"message_id": 1, "date": 1, "chat": chat}}


async def recorded(folder: Path, database_url: str) -> tuple[list[Json], list[Json]]:
    """What people do: until they have a firm, and then their reports, up to the scan of the letter."""
    world = Recording(folder, database_url)
    await world.settle()
    owners: list[Owner] = []
    begun, then = world.came, list[Json]()
    while len(then) < UPDATES:
        chat = Chat(world, 1001 + len(owners), "Bu Siti")
        world.came = begun
        await chat.says("/mulai")
        await chat.taps("Setuju")
        await chat.taps("Sudah jalan")
        world.came = then
        owners.append(Owner(chat, load("tempe")))
        await owners[-1].fills_in(until="Cetak Surat Pernyataan dari SIINas")
    await world.close()
    return begun, then


def several_times(updates: list[Json], random: Random) -> list[Json]:
    """Each in its order, and again up to four times, soon or late."""
    places = [(number, 0, update) for number, update in enumerate(updates)]
    for number, update in enumerate(updates):
        again = random.choice(MORE)
        places += [(number + random.randint(0, LATE), number + 1, update) for _ in range(again)]
    return [update for _, _, update in sorted(places, key=lambda place: place[:2])]


async def test_what_comes_again_and_again_is_kept_once(
    tmp_path: Path, new_database_of_the_night: Callable[[], str]
) -> None:
    clean, again = new_database_of_the_night(), new_database_of_the_night()
    begun, then = await recorded(tmp_path / "clean", clean)
    chats = defaultdict[int, list[Json]](list)
    for raw in then:
        chats[(raw.get("message") or raw.get("callback_query") or raw["edited_message"])["from"]["id"]].append(raw)
    random = Random(1945)  # noqa: S311 - to play the same again
    deliveries = [several_times(updates, random) for updates in chats.values()]
    random.shuffle(deliveries)
    telegram = Mute(TOKEN)
    bot = client(TOKEN, "http://127.0.0.1", lambda: StandInRequest(telegram))
    moment = World(tmp_path).now
    async with running(
        bot, again, tmp_path / "files", clock=lambda: moment, pacing=Pacing(limited=False)
    ) as handlers:
        for raw in begun:
            await handlers.handle(raw)

        async def arrive(one_chat: list[Json]) -> None:
            for raw in one_chat:
                await handlers.handle(raw)

        await asyncio.gather(*map(arrive, deliveries))
    assert sum(map(len, deliveries)) > 2 * UPDATES
    assert state(again) == state(clean)
