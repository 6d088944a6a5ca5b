"""An owner and two staff members over the whole bot: what each does, and what the bot then says to whom. Between any
two acts the bot is closed and started again."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.demo.telegram import Telegram
from bot.demo.telegram_params import Uploads
from bot.staff import Staff
from tests.chat import TOKEN, Chat, World, _bubble
from tests.owner import load
from tests.quick_owner import QuickOwner

SITI, BUDI, RINI, AGUS, TONO = 7, 8, 501, 502, 503  # Tono is in the group, but he is no staff
GROUP = -1001234567890
_TRANSCRIPTS = Path(__file__).parent.parent / "transcripts" / "helpdesk"
Json = dict[str, Any]


class Owner(Chat):
    """An owner whose acts stand in the room's transcript, with what staff then see."""

    room: "Room"

    async def _answers(self, before: int) -> str:
        text = await super()._answers(before)
        self.room.note_group()
        return text

    async def asks(self, question: str) -> None:
        """A ticket with these words, sent."""
        await self.says("/petugas")
        if "Ya, tanya petugas" in self.buttons():
            await self.taps("Ya, tanya petugas")
        await self.says(question)
        await self.taps("Kirim")

    @property
    def heard(self) -> list[str]:
        """Everything the bot has said to them."""
        return [str(m.get("text") or m.get("caption") or "") for m in self.history if m["from_bot"]]


class Room:
    """The staff group of a world. `topics`: it has topics."""

    def __init__(self, world: World, *, topics: bool = True, basic: bool = False) -> None:
        self.world, self.telegram = world, world.telegram
        self.group = GROUP
        self.lines: list[str] = []
        self._seen: dict[int, str] = {}
        world.staff = Staff(frozenset({RINI, AGUS}), GROUP)
        self.telegram.add_group(GROUP, "Petugas", is_forum=topics, basic=basic)
        self.names = {RINI: "Rini", AGUS: "Agus", TONO: "Tono"}
        for number, name in self.names.items():
            self.telegram.join(number, name)
        self.owners: list[Owner] = []

    def owner(self, user_id: int = SITI, name: str = "Bu Siti") -> Owner:
        """Somebody who opens the bot's chat."""
        person = Owner(self.world, user_id, name)
        person.room, person.lines = self, self.lines
        self.owners.append(person)
        return person

    async def filling(self, until: str = "Nilai Mesin", user_id: int = SITI, name: str = "Bu Siti") -> Owner:
        """An owner in the middle of the report, who has said nothing worth reading yet."""
        person = self.owner(user_id, name)
        await person.says("/mulai")
        await QuickOwner(person, load("tempe")).fills_in(until=until)
        self.lines.clear()
        return person

    @property
    def topic(self) -> int:
        """The newest topic."""
        return max(self.telegram.chats[self.group].topics)

    def posts(self, topic: int | None = None) -> list[Json]:
        """The bot's messages in the group, or in one topic of it, oldest first; how topics were made is left out."""
        return [
            m
            for m in self.telegram.history(self.group)
            if m["from_bot"] and "forum_topic_created" not in m and topic in (None, m.get("message_thread_id"))
        ]

    def texts(self, topic: int | None = None) -> list[str]:
        return [str(m.get("text") or m.get("caption") or "") for m in self.posts(topic)]

    async def writes(self, who: int, text: str, topic: int | None = None, **extra: Any) -> Json:
        """A staff member writes in the newest topic, or in the one named; 0: in none."""
        message = self.queue(who, text, topic, **extra)
        await self.settle()
        return message

    def queue(self, who: int, text: str, topic: int | None = None, **extra: Any) -> Json:
        """The same, before the bot has looked."""
        self._act(f"{self.names[who]}: {text}")
        return self.telegram.says(who, text, chat_id=self.group, **self._place(topic, extra))

    async def shows(self, who: int, data: bytes, caption: str = "") -> Json:
        """A staff member sends a photo."""
        self._act(f"{self.names[who]}: (mengirim foto) {caption}")
        message = self.telegram.sends_photo(who, data, caption, chat_id=self.group, **self._place(None, {}))
        await self.settle()
        return message

    async def changes(self, who: int, message: Json, text: str) -> None:
        """A staff member edits a message of their own."""
        self._act(f"{self.names[who]}: (mengubah pesannya) {text}")
        self.telegram.edits(who, message["message_id"], text, chat_id=self.group)
        await self.settle()

    async def settle(self) -> None:
        """Let the bot answer, and note what it said to whom."""
        before = {owner.user_id: owner._newest() for owner in self.owners}
        texts = {owner.user_id: owner.heard for owner in self.owners}
        await self.world.settle()
        for owner in self.owners:
            for message in owner.history:
                if message["from_bot"] and message["message_id"] > before[owner.user_id]:
                    self.lines.append(f"  kepada {owner.name}:\n{_bubble(message)}")
            if owner.heard != texts[owner.user_id] and len(owner.heard) == len(texts[owner.user_id]):
                self.lines.append(f"  (pesan di chat {owner.name} berubah)")
        self.note_group()

    def note_group(self) -> None:
        """Write down what is new or changed in the group."""
        for message in self.posts():
            text = str(message.get("text") or message.get("caption") or "")
            text = f"(foto) {text}" if "photo" in message else text
            number = message["message_id"]
            if self._seen.get(number) != text:
                changed = " (berubah)" if number in self._seen else ""
                self._seen[number] = text
                where = f"topik {message['message_thread_id']}" if "message_thread_id" in message else "kelompok"
                self.lines.append(
                    f"  di {where}{changed}:\n" + "\n".join(f"    {line}" for line in text.splitlines())
                )

    def keeps(self, name: str) -> None:
        """The dialogue is the one that was read and found good; REWRITE_TRANSCRIPTS=1 takes a new one."""
        path = _TRANSCRIPTS / f"{name}.txt"
        spoken = "\n\n".join(self.lines) + "\n"
        if os.environ.get("REWRITE_TRANSCRIPTS"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(spoken)
        assert spoken == path.read_text()

    def _place(self, topic: int | None, extra: Json) -> Json:
        if "reply_to" in extra or topic == 0 or not self.telegram.chats[self.group].info.get("is_forum"):
            return extra
        return {"message_thread_id": topic or self.topic, **extra}

    def _act(self, line: str) -> None:
        self.lines.append(line)


class Dying(Telegram):
    """Lets the bot die at its next call of the method `dies_at`, before Telegram has taken it or `after`."""

    dies_at, after = "", False

    async def call(self, method: str, params: Any, files: Uploads | None = None) -> Json:
        if method != self.dies_at:
            return await super().call(method, params, files)
        self.dies_at = ""
        if self.after:
            await super().call(method, params, files)
        raise asyncio.CancelledError


class Holding(Telegram):
    """Keeps what the bot sends to the group waiting until `free` is set."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.free = asyncio.Event()
        self.free.set()

    async def call(self, method: str, params: Any, files: Uploads | None = None) -> Json:
        if params.get("chat_id") == GROUP:
            await self.free.wait()
        return await super().call(method, params, files)


@asynccontextmanager
async def room_in(folder: Path, town: type[Telegram] = Telegram, **how: Any) -> AsyncIterator[Room]:
    """A room in a world that is closed at the end."""
    world = World(folder)
    world.telegram = town(TOKEN, lambda: world.now)
    try:
        yield Room(world, **how)
    finally:
        await world.close()
