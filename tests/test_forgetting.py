"""What /hapus leaves behind: nothing of the person on the disk, while the bot runs on."""

from pathlib import Path

from storage.database import connect
from storage.schema import upgrade
from tests.chat import PNG, Chat
from tests.process import Town, living_in, rows

NAME = "Keripik Rahmawatiningsih"


def holding(folder: Path, text: str) -> set[str]:
    """The files below the folder that hold these bytes, in whatever state of rest."""
    wanted = text.encode()
    return {path.name for path in folder.rglob("*") if path.is_file() and wanted in path.read_bytes()}


async def test_a_running_bot_keeps_no_word_of_who_was_deleted(tmp_path: Path) -> None:
    town = Town(tmp_path / "data")
    async with living_in(town):
        sari, budi = Chat(town, 1001, "Sari"), Chat(town, 1002, "Pak Budi")
        for chat, firm in ((sari, NAME), (budi, "Mebel Budi")):
            await chat.says("/mulai")
            await chat.taps("Setuju")
            await chat.taps("Sudah jalan")
            await chat.says(firm)
        assert holding(town.folder, NAME) & {"temanlapor.db", "temanlapor.db-wal"}
        await sari.says("/hapus")
        assert "sudah dihapus" in await sari.taps("Ya, hapus semuanya")
        assert holding(town.folder, NAME) == set()
        assert holding(town.folder, "Mebel Budi") == {"temanlapor.db"}
        assert (await budi.data())["perusahaan"]["nama"] == "Mebel Budi"


async def test_a_file_that_a_kill_left_without_its_row_goes_at_the_next_start(tmp_path: Path) -> None:
    town = Town(tmp_path / "data")
    files = town.folder / "files"
    files.mkdir(parents=True)
    (files / f"{'0' * 32}.png").write_bytes(PNG)
    (files / f"{'1' * 32}.part").write_bytes(PNG[:9])
    engine = connect(town.database_url)
    upgrade(engine)
    engine.dispose()
    before = rows(town.folder)
    async with living_in(town):
        await Chat(town, 1001, "Sari").says("/mulai")
        assert list(files.iterdir()) == []
    assert rows(town.folder) == before
