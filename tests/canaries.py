"""Watches what is logged while a test runs, by the bot in this process and by those of tests/process.py: never the token,
the password of the database, or a text that somebody wrote in the test (P10)."""

import io
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr

from bot.demo.telegram_params import Json
from bot.demo.telegram_people import People
from bot.redaction import configure_logging
from bot.settings import Settings
from tests.chat import TOKEN

PASSWORD = "burungkenarikecil"  # noqa: S105 - of the test server, which asks for none
SETTINGS = Settings(
    telegram_bot_token=SecretStr(TOKEN), database_url=SecretStr(f"postgresql://postgres:{PASSWORD}@/test")
)
PERSONAL = 6  # characters from which a text can be told from the words of our own lines


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[None]:
    """The lines are looked through at the end, with the `process.log` of every bot that lived below the folder."""
    said: set[str] = {TOKEN.partition(":")[2], PASSWORD}
    send, edits = People._send, People.edits

    def noted_send(town: People, user_id: int, chat_id: int | None, content: Json) -> Json:
        said.update({str(content.get("text", "")), town.users[user_id]["first_name"]})
        return send(town, user_id, chat_id, content)

    def noted_edits(town: People, user_id: int, message_id: int, text: str, *, chat_id: int | None = None) -> Json:
        said.add(text)
        return edits(town, user_id, message_id, text, chat_id=chat_id)

    monkeypatch.setattr(People, "_send", noted_send)
    monkeypatch.setattr(People, "edits", noted_edits)
    lines = io.StringIO()
    with _as_in_earnest(lines):
        yield
    logs = [lines.getvalue(), *(log.read_text(errors="replace") for log in folder.rglob("process.log"))]
    secrets = {text for text in said if len(text) >= PERSONAL and not text.startswith("/")}
    found = [line for log in logs for line in log.splitlines() if any(secret in line for secret in secrets)]
    assert not found, f"logged: {found[0]}"


@contextmanager
def _as_in_earnest(lines: io.StringIO) -> Iterator[None]:
    """Log as a real process does, into `lines`; undone afterwards."""
    root = logging.getLogger()
    hooks = sys.excepthook, threading.excepthook
    before = root.handlers[:], root.level
    configure_logging(SETTINGS, stream=lines)
    root.handlers[:] = [*before[0], *root.handlers]
    sys.excepthook, threading.excepthook = hooks  # pytest's own turn what nobody waited for into a failure
    logging.captureWarnings(False)
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    structlog.reset_defaults()
