"""A person whose every turn is looked at: something answers, it says what happened, the open question follows, and no
sentence comes three times in a row. Knows the look of a question and of a checklist, not the code behind them."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.chat import Chat, World
from tests.owner import Owner, Scenario, load
from tests.quick_owner import QuickOwner

SARI = 7
MACHINES = "Bagian 1 dari 11 · Data Umum\nNilai Mesin"
_TRANSCRIPTS = Path(__file__).parent.parent / "transcripts" / "people"
_QUESTION = ("Bagian ", "Persiapan · ", "Sesudah ")
_NO_QUESTION = ("Pemeriksaan laporan", "Laporan Anda", "Hapus semua data", "sudah dihapus", "Baik, tidak apa-apa")
_CONSENT = "Anda setuju?"


class Person(Chat):
    """A chat that checks what every turn must keep."""

    def __init__(self, world: World, user_id: int = SARI, name: str = "Sari") -> None:
        super().__init__(world, user_id, name)
        self._said: list[list[str]] = [[], []]
        self._was = ""

    async def types_at_once(self, *texts: str) -> str:
        """Several messages before the bot has answered the first."""
        for text in texts:
            self._note(f"{self.name}: {text}")
        before = self._newest()
        for text in texts:
            self.world.telegram.says(self.user_id, text)
        return await self._answers(before)

    async def taps_twice(self, face: str) -> str:
        """The same button two times before the bot has answered."""
        message, data = self.last, self.buttons()[face]
        self.world.telegram.taps(self.user_id, message["message_id"], data)
        self._note(f"{self.name}: [{face}]")
        return await self.taps(face, message)

    async def sends_other(self, **fields: Any) -> str:
        self._note(f"{self.name}: (mengirim {', '.join(fields)})")
        before = self._newest()
        self.world.telegram.sends_other(self.user_id, **fields)
        return await self._answers(before)

    async def forwards(self, text: str) -> str:
        """Somebody else's message, passed on."""
        self._note(f"{self.name}: (meneruskan) {text}")
        before = self._newest()
        origin = {"type": "hidden_user", "sender_user_name": "Tetangga", "date": 1}
        self.world.telegram.says(self.user_id, text, forward_origin=origin)
        return await self._answers(before)

    def message_with(self, face: str) -> dict[str, Any]:
        """The bot's last message that has a button beginning with these words."""
        return next(
            message
            for message in reversed(self.history)
            if message["from_bot"] and any(name.startswith(face) for name in self.buttons(message))
        )

    async def taps_on(self, face: str) -> str:
        """Press the newest button that begins with these words, wherever it stands."""
        return await self.taps(face, self.message_with(face))

    def keeps(self, name: str) -> None:
        """The dialogue is the one that was read and found good; REWRITE_TRANSCRIPTS=1 takes a new one."""
        path = _TRANSCRIPTS / f"{name}.txt"
        spoken = re.sub(r"(Nomor bukti: )\w+", r"\1…", "\n\n".join(self.lines) + "\n")
        if os.environ.get("REWRITE_TRANSCRIPTS"):
            path.write_text(spoken)
        assert spoken == path.read_text()

    async def _answers(self, before: int) -> str:
        act = self.lines[-1]
        text = await super()._answers(before)
        if self.lines[-1].endswith("(pesannya berubah di tempat)"):
            assert "[☐" in act or "[☑" in act, f"no answer to {act}"
            return text
        new = [str(m.get("text") or "") for m in self.history if m["from_bot"] and m["message_id"] > before]
        self._looks_right(act, new)
        return text

    def _looks_right(self, act: str, new: list[str]) -> None:
        last = new[-1]
        asks = last.startswith(_QUESTION) or ("document" in self.last and "Pemeriksaan" in self._was)
        assert asks or any(words in last for words in _NO_QUESTION), f"no question follows {act}:\n{last}"
        notes = [line for text in new for line in _notes(text)]
        told = notes or len(new) > 1 or last.split("\n\n")[0] != self._was.split("\n\n")[0] or ": /" in act
        assert told, f"nothing said about {act}:\n{last}"
        for note in notes:
            again = all(note in said for said in self._said) and not note.startswith("✓ Tersimpan")
            assert not again, f"a third time in a row: {note}"
        self._said, self._was = [self._said[1], notes], last


def _notes(text: str) -> list[str]:
    """What a message says beside its question or list."""
    if not text.startswith(_QUESTION):
        return text.split("\n\n")[0].splitlines() if "Pemeriksaan laporan" in text else []
    behind = text.split(_CONSENT, 1)[1] if _CONSENT in text else text.partition("\n\n")[2]
    return [line for line in behind.splitlines() if line]


async def arrives(
    world: World, until: str, scenario: str | Scenario = "tempe", user_id: int = SARI, name: str = "Sari",
    owner: Callable[[Chat, Scenario], Owner] = QuickOwner,
) -> Person:  # fmt: skip
    """Somebody who has filled in this scenario up to the message with these words."""
    person = Person(world, user_id, name)
    await person.says("/mulai")
    asked = await owner(person, load(scenario) if isinstance(scenario, str) else scenario).fills_in(until=until)
    assert until in asked, f"never asked: {until}\n{asked}"
    person.lines.clear()
    return person
