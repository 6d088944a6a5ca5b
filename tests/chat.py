"""People talking to the whole bot over the stand-in Telegram. Between any two turns the bot is closed and started
again on the same database, so that every test is also a test of restarting."""

import json
import re
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

from bot.app import client, running
from bot.conversation_handlers import Handlers
from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from bot.demo.telegram_params import Json
from bot.pacing import Pacing
from bot.staff import NOBODY, Staff
from conversations.regions import ZONES

TOKEN = "123456789:kenarikenarikenarikenarikenarikenari"  # noqa: S105 - looked for in every line (canaries.py)


WIB = ZONES["WIB"]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(bytes(8 * 9)))
    + _chunk(b"IEND", b"")
)  # eight by eight grey dots: the smallest scan


class World:
    """One Telegram, one database, one clock; the bot lives only while it answers."""

    def __init__(self, folder: Path, database_url: str = "", staff: Staff = NOBODY) -> None:
        self.now = datetime(2026, 7, 3, 2, tzinfo=UTC)
        self.telegram = Telegram(TOKEN, lambda: self.now)
        self.folder, self.staff = folder, staff
        self.database_url = database_url or self.database_in(folder)
        self._offset = 0
        self._bot: Handlers | None = None
        self._stack = AsyncExitStack()

    @staticmethod
    def database_in(folder: Path, like: str = "") -> str:  # noqa: ARG004 - a server's has it
        """The address of the world's database; conftest.py puts a server's in place of the file. `like`: the address
        of one to begin with, which for a file is copied with its folder."""
        return f"sqlite:///{folder}/temanlapor.db"

    @staticmethod
    def drop_database(url: str) -> None:
        """Let it go: a file goes with its folder, a server's (conftest.py) must be told."""

    async def close(self) -> None:
        """The bot goes; the database and the chats stay."""
        stack, self._stack, self._bot = self._stack, AsyncExitStack(), None
        await stack.aclose()

    async def settle(self) -> None:
        """Start the bot anew and let it answer all that waits."""
        await self.close()
        talk = client(TOKEN, "http://127.0.0.1", lambda: StandInRequest(self.telegram))
        bot = running(talk, self.database_url, self.folder / "files", clock=lambda: self.now,
                      pacing=Pacing(limited=False), staff=self.staff)  # fmt: skip
        self._bot = await self._stack.enter_async_context(bot)
        for raw in await self.telegram.updates.fetch(self._offset, 100, 0):
            self._offset = raw["update_id"] + 1
            await self._bot.handle(raw)
        await self._bot.rest()

    async def reminds(self) -> None:
        """Let what is due be said, as happens each minute."""
        if self._bot is None:
            await self.settle()
        assert self._bot is not None
        await self._bot.reminder_job.tick()


class Awake(World):
    """A world whose bot stays awake between the turns, and remembers what the last one has worked out."""

    async def settle(self) -> None:
        if self._bot is None:
            await super().settle()
        assert self._bot
        for raw in await self.telegram.updates.fetch(self._offset, 100, 0):
            self._offset = raw["update_id"] + 1
            await self.hand_over(self._bot, raw)

    async def hand_over(self, bot: Handlers, raw: Json) -> None:
        """One update to the bot."""
        await bot.handle(raw)


class Chat:
    """One person's chat. `says`, `taps`, `edits`, `sends` give the bot's new messages as text, last one last.
    `shows_changed`: a message that changes in place is written into the transcript, too."""

    shows_changed = False

    def __init__(self, world: World, user_id: int, name: str) -> None:
        self.world, self.user_id, self.name = world, user_id, name
        self.acts = 0
        self.lines: list[str] = []
        world.telegram.join(user_id, name)

    @property
    def history(self) -> list[dict[str, Any]]:
        return self.world.telegram.history(self.user_id)

    @property
    def last(self) -> dict[str, Any]:
        """The bot's last message."""
        return next(message for message in reversed(self.history) if message["from_bot"])

    @property
    def text(self) -> str:
        """Its text."""
        return str(self.last.get("text") or self.last.get("caption") or "")

    @property
    def label(self) -> str:
        """The SIINas label it asks about: what stands in bold."""
        found = re.search(r"<b>(.*?)</b>", self.last["html"] or "")
        return unescape(found[1]) if found else ""

    def buttons(self, message: dict[str, Any] | None = None) -> dict[str, str]:
        """Text to callback data of the buttons below a message, the last one if none is named."""
        markup = (message or self.last).get("reply_markup") or {}
        return {b["text"]: b.get("callback_data", "") for row in markup.get("inline_keyboard", []) for b in row}

    async def says(self, text: str) -> str:
        self._note(f"{self.name}: {text}")
        before = self._newest()
        self.world.telegram.says(self.user_id, text)
        return await self._answers(before)

    async def taps(self, face: str, message: dict[str, Any] | None = None) -> str:
        """Press the button that begins with these words."""
        message = message or self.last
        buttons = self.buttons(message)
        found = face if face in buttons else next((name for name in buttons if name.startswith(face)), None)
        assert found is not None, f"no button {face!r} below:\n{self.text}\n{list(buttons)}"
        self._note(f"{self.name}: [{found}]")
        before = self._newest()
        self.world.telegram.taps(self.user_id, message["message_id"], buttons[found])
        return await self._answers(before)

    async def edits(self, message_id: int, text: str) -> str:
        self._note(f"{self.name}: (mengubah pesannya) {text}")
        before = self._newest()
        self.world.telegram.edits(self.user_id, message_id, text)
        return await self._answers(before)

    async def sends(self, data: bytes, file_name: str = "") -> str:
        """A photo, or a document where it has a name."""
        self._note(f"{self.name}: (mengirim {file_name or 'foto'})")
        before = self._newest()
        if file_name:
            self.world.telegram.sends_document(self.user_id, data, file_name, "application/octet-stream")
        else:
            self.world.telegram.sends_photo(self.user_id, data)
        return await self._answers(before)

    async def sends_other(self, **fields: Any) -> str:
        before = self._newest()
        self.world.telegram.sends_other(self.user_id, **fields)
        return await self._answers(before)

    def mine(self, text: str) -> int:
        """The id of the person's own last message with this text."""
        return next(
            int(m["message_id"]) for m in reversed(self.history) if not m["from_bot"] and m.get("text") == text
        )

    def document(self, ending: str) -> bytes:
        """The content of the last document the bot sent with this ending."""
        for message in reversed(self.history):
            sent = message.get("document")
            if message["from_bot"] and sent and sent["file_name"].endswith(ending):
                return self.world.telegram.file(sent["file_id"])
        raise AssertionError(f"the bot sent no {ending}")

    async def data(self) -> dict[str, Any]:
        """The export, as /data gives it."""
        await self.says("/data")
        result: dict[str, Any] = json.loads(self.document(".json"), parse_float=Decimal)
        return result

    async def hears(self) -> str:
        """What comes unasked now, "" for nothing."""
        before = self._newest()
        await self.world.reminds()
        new = [m for m in self.history if m["from_bot"] and m["message_id"] > before]
        self.lines += [f"    ({self.world.now.astimezone(WIB):%d-%m %H.%M})\n{_bubble(m)}" for m in new]
        return "\n\n".join(str(m["text"]) for m in new)

    def _newest(self) -> int:
        return max((message["message_id"] for message in self.history), default=0)

    async def _answers(self, before: int) -> str:
        self.acts += 1
        await self.world.settle()
        new = [m for m in self.history if m["from_bot"] and m["message_id"] > before]
        text = "\n\n".join(str(m.get("text") or m.get("caption") or "") for m in new)
        changed = "    (pesannya berubah di tempat)" + (f"\n{_bubble(self.last)}" if self.shows_changed else "")
        self._note("\n\n".join(_bubble(m) for m in new) if new else changed)
        return text or self.text

    def _note(self, line: str) -> None:
        self.lines.append(line)


def _bubble(message: dict[str, Any]) -> str:
    """A bot message in a transcript: its text moved in, its file, its buttons."""
    lines = ["    " + line for line in str(message.get("text") or message.get("caption") or "").splitlines()]
    if "document" in message:
        lines.append(f"    <{message['document']['file_name']}>")
    if "photo" in message:
        lines.insert(0, "    <gambar>")
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    lines += ["    " + " ".join(f"[{button['text']}]" for button in row) for row in rows]
    return "\n".join(lines)


@asynccontextmanager
async def world_in(folder: Path, staff: Staff = NOBODY, kind: type[World] = World) -> AsyncIterator[World]:
    """A world that is closed at the end."""
    world = kind(folder, staff=staff)
    try:
        yield world
    finally:
        await world.close()
