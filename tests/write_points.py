"""The bot as a process that dies at a named point, wherever something is written, sent or confirmed.

`python -m tests.write_points` is `python -m bot` with hooks around it, told by two variables: PASSAGES, a file to which
each point writes its name when it is passed; DOOM, a file which, once it is there, names a point and the number of its
passage ("the update is noted 1"): then the file is removed and the process killed. Without them the bot lives. Only the
pace of one message a second in a chat is left out.

With MOTHER=1 it loads everything and then, at each line that comes in, begins a bot by forking; it writes the bot's number
and, when that one has ended, its exit code. To load everything again takes twenty times as long.
"""

import gc
import inspect
import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy.engine.default import DefaultDialect

from bot import outgoing
from bot.__main__ import cli
from bot.conversation_handlers import Handlers
from bot.outgoing import Outgoing
from bot.pacing import Pacing
from bot.speaking import Speaker
from storage import arrivals, files, people, reports, sqlite
from storage.database import Database

BEFORE, AFTER = "before", "after"

POINTS: dict[str, tuple[Any, str, str]] = {
    "the tables are made": (command, "upgrade", AFTER),
    "an update has come": (Handlers, "handle", BEFORE),
    "a press is acknowledged": (Speaker, "acknowledge", AFTER),
    "a file is fetched": (Speaker, "fetch", AFTER),
    "a file is written, not synced": (os, "fsync", BEFORE),
    "a file is synced, without its name": (Path, "rename", BEFORE),
    "a file has its name": (Path, "rename", AFTER),
    "a file is saved, without its row": (files, "save", AFTER),
    "the update is noted": (arrivals, "mark", AFTER),
    "a person is registered": (people, "register", AFTER),
    "the answers are written": (reports, "save", AFTER),
    "a report is begun": (people, "new_report", AFTER),
    "everything is deleted": (people, "forget", AFTER),
    "a block is noted": (people, "set_blocked", AFTER),
    "a silence is noted": (people, "not_reached", AFTER),
    "all is written, not committed": (DefaultDialect, "do_commit", BEFORE),
    "all is committed": (DefaultDialect, "do_commit", AFTER),
    "the log is about to be emptied": (sqlite, "_empty_log", BEFORE),
    "the commit is known": (Database, "run", AFTER),
    "a file is about to go": (files, "delete", BEFORE),
    "a file is gone": (files, "delete", AFTER),
    "a call is about to leave": (Outgoing, "call", BEFORE),
    "a call has arrived": (Outgoing, "call", AFTER),
    "the answer is said": (Speaker, "say", AFTER),
    "the update is done": (Handlers, "handle", AFTER),
}  # name -> (where, what, before or after it)
ONLY_SQLITE = {"the log is about to be emptied"}


def watch(reach: Callable[[str], None]) -> None:
    """From now on `reach(name)` is called at each point."""
    for name, (where, what, when) in POINTS.items():
        setattr(where, what, _hooked(getattr(where, what), name, when, reach))


def _hooked(function: Any, name: str, when: str, reach: Callable[[str], None]) -> Any:
    if inspect.iscoroutinefunction(function):

        @wraps(function)
        async def awaited(*values: Any, **named: Any) -> Any:
            if when == BEFORE:
                reach(name)
            result = await function(*values, **named)
            if when == AFTER:
                reach(name)
            return result

        return awaited

    @wraps(function)
    def called(*values: Any, **named: Any) -> Any:
        if when == BEFORE:
            reach(name)
        result = function(*values, **named)
        if when == AFTER:
            reach(name)
        return result

    return called


def _told_by(passages: str, doom: str) -> Callable[[str], None]:
    log, fate = Path(passages or os.devnull), Path(doom or "/nowhere")

    def reach(here: str) -> None:
        with log.open("a") as file:
            file.write(f"{here}\n")
        if not fate.exists():
            return
        name, _, number = fate.read_text().rpartition(" ")
        if name == here and number == "1":
            fate.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        elif name == here:
            fate.write_text(f"{name} {int(number) - 1}")

    return reach


def _is_born() -> bool:
    """True in each child, False in the mother when no more are wanted."""
    gc.collect()
    gc.freeze()  # or each child's collector touches, and so copies, all that the mother has loaded
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
            return True
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return False


def main() -> None:
    """The command line of the bot, with its hooks."""
    if os.environ.get("MOTHER") and not _is_born():
        return
    setattr(outgoing, "Pacing", lambda: Pacing(limited=False))  # noqa: B010 - a name of its own imports
    passages, doom = os.environ.get("PASSAGES", ""), os.environ.get("DOOM", "")
    if passages or doom:
        watch(_told_by(passages, doom))
    cli()


if __name__ == "__main__":
    main()
