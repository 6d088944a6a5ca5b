"""What watches over the logs of every test does see what it is there to see."""

from pathlib import Path

import pytest

from bot.demo.telegram import Telegram
from tests.canaries import watched
from tests.chat import TOKEN


@pytest.mark.parametrize("line", [f"GET /bot{TOKEN}/getMe", "error='Keripik Sari' at bot/app.py:7"])
def test_what_must_not_be_logged_is_found(line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    town = Telegram(TOKEN)
    town.join(7, "Sari")
    log = tmp_path / "process.log"
    watch = watched(monkeypatch, tmp_path)
    watch.__enter__()
    town.says(7, "Keripik Sari")
    log.write_text(line)
    with pytest.raises(AssertionError, match="logged"):
        watch.__exit__(None, None, None)
    log.unlink()
