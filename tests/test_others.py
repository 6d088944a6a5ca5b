"""P9: whatever Sari does, with her own buttons, with Pak Budi's or with forged ones, no row of his changes, nothing is
said to him, and nothing of his is shown to her."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.callbacks import Callbacks
from bot.commands import MENU
from conversations.answers import Place
from conversations.messages import Go, InGroup, On, Put
from tests.chat import PNG, Awake, Chat
from tests.owner import Owner, load
from tests.state import rows_of
from tests.street import FORGED, FORM

SARI, BUDI = 1001, 1002
HIS_MARK = "Budizq"
COMMANDS = (*(name for name, _ in MENU), "hapus_ya", "laporan_baru", "petugas", "start", "bantuan kbli")


@pytest.fixture
async def world(tmp_path: Path, back_end: str) -> AsyncIterator[Awake]:
    """Pak Budi has filled in half of his report, Sari some of hers."""
    assert back_end
    world = Awake(tmp_path)
    for number, name, mark, until in (
        (BUDI, "Pak Budi", HIS_MARK, "Bagian 6 dari 11"), (SARI, "Sari", "Sarizq", "Bagian 2 dari 11")
    ):  # fmt: skip
        scenario = load("tempe")
        scenario["profil"]["nama_perusahaan"] = f"Usaha {mark}"
        scenario["profil"]["alamat_pabrik"] = f"Jl. {mark} 7"
        chat = Chat(world, number, name)
        await chat.says("/mulai")
        await chat.taps("Setuju")
        await Owner(chat, scenario).fills_in(until=until)
    yield world
    await world.close()


class Watch:
    """Sees that after each thing Sari does, nothing has happened to Pak Budi."""

    def __init__(self, world: Awake) -> None:
        self.world, self.telegram = world, world.telegram
        self.rows, self.heard = rows_of(world.database_url, BUDI), len(self.telegram.history(BUDI))

    async def nothing_happened(self, what: object) -> None:
        await self.world.settle()
        assert rows_of(self.world.database_url, BUDI) == self.rows, what
        assert len(self.telegram.history(BUDI)) == self.heard, what
        assert HIS_MARK not in str(self.telegram.history(SARI)), what
        said = [m for m in self.telegram.history(SARI) if m["from_bot"]]
        for message in said[-3:]:
            if "document" in message:
                assert HIS_MARK.encode() not in self.telegram.file(message["document"]["file_id"]), what


def buttons_of(world: Awake, chat_id: int) -> set[str]:
    """The data of all buttons that were ever in a chat."""
    found = set()
    for message in world.telegram.history(chat_id):
        for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
            found |= {button["callback_data"] for button in row if "callback_data" in button}
    return found


async def test_nothing_that_sari_does_reaches_budi(world: Awake) -> None:
    telegram, watch = world.telegram, Watch(world)
    his = buttons_of(world, BUDI)
    number = next(int(data.partition(".")[0], 16) for data in sorted(his, key=len) if not data.startswith("0."))
    hers = next(m for m in reversed(telegram.history(SARI)) if m["from_bot"] and "reply_markup" in m)["message_id"]
    forged = {*FORGED, *(Callbacks(FORM).encode(Go(f"buka:{report}"), 0) for report in range(1, 9))}
    for report in (number - 1, number, number + 1):
        for question in ("data_umum.nilai_mesin", "perusahaan.nama", "perusahaan.badan_usaha"):
            place = Place(question)
            forged |= {Callbacks(FORM).encode(effect, report) for effect in (Put(place, "1"), On("nanti", place),
                       On("buka", place), InGroup("hapus_ya", "mesin", ""), Go("hapus_ya"))}  # fmt: skip
    for command in COMMANDS[:-5]:
        if command != "hapus":
            telegram.says(SARI, f"/{command}")
            await watch.nothing_happened(command)
    for data in sorted(his | forged):
        if not data.endswith(("hapus_ya", "laporan_baru")):
            telegram.taps(SARI, hers, data, unchecked=True)
            await watch.nothing_happened(data)
    for report in range(1, 9):
        for text in (
            f"/buka:{report}",
            "/data",
            "/periksa",
            "18 juta",
        ):  # had it opened his, she would see or change it
            telegram.says(SARI, text)
            await watch.nothing_happened((report, text))
    for message in [m for m in telegram.history(BUDI) if not m["from_bot"] and "text" in m][:20]:
        edited = {"message_id": message["message_id"], "date": message["date"], "edit_date": message["date"],
                  "chat": {"id": SARI, "type": "private"}, "from": {"id": SARI, "is_bot": False, "first_name": "Sari"},
                  "text": "Usaha Palsu"}  # fmt: skip
        telegram.push({"edited_message": edited})
        await watch.nothing_happened(edited)
    telegram.sends_photo(SARI, PNG)
    await watch.nothing_happened("a photo")
    for command in COMMANDS[-5:]:
        telegram.says(SARI, f"/{command}")
        await watch.nothing_happened(command)
