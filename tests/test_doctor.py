"""`python -m bot doctor` over HTTP against the stand-in, one trouble after the other."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.demo.telegram import Telegram
from bot.doctor import examine
from bot.settings import read_settings
from storage.database import connect
from storage.schema import downgrade, upgrade
from tests.process import WEBHOOK_SECRET, BotProcess, over_http

CANARY = "kenari" * 6
TOKEN = f"123456789:{CANARY}"
STAFF = -1001
URL = "https://lapor.example/telegram"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a database that is up to date."""
    engine = connect(f"sqlite:///{tmp_path}/data/temanlapor.db")
    upgrade(engine)
    engine.dispose()
    return tmp_path / "data"


@pytest.fixture
def town() -> Telegram:
    town = Telegram(TOKEN)
    town.add_group(STAFF, "Petugas", is_forum=True)
    return town


async def doctor(folder: Path, address: str, **variables: str) -> tuple[int, list[str]]:
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": address} | variables
    bot = BotProcess(folder, "doctor", **settings)
    await bot.start()
    code = await bot.ends()
    lines = bot.log.splitlines()
    (folder / "process.log").unlink()
    assert "kenari" not in "".join(lines)
    return code, lines


async def test_all_is_well(folder: Path, town: Telegram) -> None:
    async with over_http(town) as address:
        code, lines = await doctor(folder, address, HELPDESK_CHAT_ID=str(STAFF), HELPDESK_STAFF_IDS="111")
    assert lines[-3:] == [
        "✓ Token: is that of @teman_lapor_bot.",
        "✓ Webhook: none, as set; 0 updates wait.",
        "✓ Staff group: the bot may manage topics there.",
    ]
    assert "✓ Database: answers, and its tables are up to date." in lines
    assert "✓ Clock: agrees with Telegram's." in lines
    assert (code, [line for line in lines if not line.startswith("✓")]) == (0, [])


async def test_each_trouble_is_named_with_what_to_do(
    folder: Path, town: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with over_http(town) as address:

        async def found(**variables: str) -> str:
            given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": address, "DATA_DIR": str(folder)} | variables
            for name, value in given.items():
                monkeypatch.setenv(name, value)
            findings = await examine(read_settings())
            for name in given:
                monkeypatch.delenv(name)
            wrong = [finding.words for finding in findings if not finding.well]
            assert len(wrong) == 1, findings
            return wrong[0]

        assert "Telegram does not know the token" in await found(TELEGRAM_BOT_TOKEN="123456789:" + "kenari" * 5)
        assert "TELEGRAM_BOT_TOKEN is not set" in await found(TELEGRAM_BOT_TOKEN="")
        staff = {"HELPDESK_CHAT_ID": str(STAFF)}
        assert "HELPDESK_STAFF_IDS" in await found(**staff)
        assert "not in it" in await found(HELPDESK_CHAT_ID="-1002")
        town.chats[STAFF].info.pop("is_forum")
        assert "has no topics" in await found(**staff)
        town.chats[STAFF].info["is_forum"] = True
        town.chats[STAFF].members[town.bot["id"]] = "member"
        assert "administrator who may manage topics" in await found(**staff)
        hook = {"WEBHOOK_URL": URL, "WEBHOOK_SECRET": WEBHOOK_SECRET}
        assert "Telegram does not know WEBHOOK_URL" in await found(**hook)
        await town.call("setWebhook", {"url": URL, "secret_token": WEBHOOK_SECRET})
        assert "WEBHOOK_URL is not set" in await found()
        town.settings["webhook_error"] = {"last_error_date": town.now(), "last_error_message": "Connection refused"}
        assert "last visit failed (Connection refused)" in await found(**hook)
        await town.call("deleteWebhook", {})
        (folder / "files").write_text("in the way")
        assert "Folder FILES_DIR: cannot be written" in await found()
        (folder / "files").unlink()
        away = await found(DATABASE_URL=f"postgresql://penjaga:{CANARY}@127.0.0.1:1/lapor")
        assert "the database server did not answer" in away
        assert "penjaga" not in away
        assert "kenari" not in away
        engine = connect(f"sqlite:///{folder}/temanlapor.db")
        downgrade(engine, "0001")
        engine.dispose()
        assert "python -m bot migrate" in await found()


async def test_a_telegram_that_is_not_reached_and_a_setting_that_is_wrong(folder: Path) -> None:
    code, lines = await doctor(folder, "http://127.0.0.1:1")
    assert code == 1
    assert "✗ Telegram: is not reached. Check the network, a firewall, and TELEGRAM_API_URL." in lines
    code, lines = await doctor(folder, "http://127.0.0.1:1", PORT="rahasia")
    assert (code, lines[0].split(".")[0]) == (1, "PORT is not right")


async def test_a_clock_that_is_an_hour_off_is_seen(folder: Path, town: Telegram) -> None:
    date = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    async with over_http(town, date_header=False, headers=[("Date", date)]) as address:
        code, lines = await doctor(folder, address)
    assert code == 1
    assert any(line.startswith("✗ Clock: 3,6") and "s fast" in line for line in lines)
