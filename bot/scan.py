"""Makes one PDF of the photos or the PDF that a person sends as a signed letter, and a small picture to check it by.

All reading of what was sent happens in bot/scan_inspect.py, a process of its own with little memory and time and none
of our secrets. Knows no chat, no report and no sentence: what is wrong is a value, the words are the caller's.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from signal import SIGKILL, SIGXCPU
from weakref import WeakKeyDictionary

from conversations.answers import MOST_PAGES
from storage.file_content import LARGEST

_SECONDS = 10.0
_AT_ONCE = 2  # each takes a core and up to 200 MB
_PROJECT = Path(__file__).parent.parent
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class Trouble(Enum):
    """Why there is no scan."""

    EMPTY = "no part, or a part of 0 bytes"
    TOO_LARGE = "a part above storage.file_content.LARGEST"
    OTHER_TYPE = "a part is neither PDF, JPEG nor PNG, or something else besides"
    BROKEN = "a part cannot be read to its end"
    MIXED = "several parts, and one is a PDF"
    PASSWORD = "the PDF is encrypted"  # noqa: S105 - a reason, no password
    CARRIES_MORE = "the PDF carries files or programs"
    TOO_MANY_PAGES = "above MOST_PAGES"
    TOO_HEAVY = "unpacked it is too much for the memory"
    TOO_SLOW = "not read in time"


@dataclass(frozen=True, slots=True)
class Scan:
    """One PDF of `pages` pages, at most `LARGEST` bytes. `preview` is a JPEG below 200 kB that shows all pages small,
    None for a PDF that was sent as such: its pages are not drawn. `page`: where one photo was given, that page as a
    JPEG to keep, upright and without what the camera noted; it can be joined with others later as it is."""

    pdf: bytes
    pages: int
    preview: bytes | None
    page: bytes | None = None


async def made(parts: Sequence[bytes]) -> Scan | Trouble:
    """Join photos (JPEG, PNG), in this order, to a PDF of upright A4 pages; pass exactly one PDF through unchanged.

    A PDF among several parts is refused as MIXED: which pages were meant, and in which order, only the sender knows.
    Takes at most 10 s from its turn on; two are made at once, others wait. Raises RuntimeError when the inspecting
    process does not work at all.
    """
    if not parts:
        return Trouble.EMPTY
    if len(parts) > MOST_PAGES:
        return Trouble.TOO_MANY_PAGES
    if any(len(part) > LARGEST for part in parts):
        return Trouble.TOO_LARGE
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE)):
        return await _inspected(parts)


async def _inspected(parts: Sequence[bytes]) -> Scan | Trouble:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.scan_inspect",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # what a library says about a file may quote it
        cwd=_PROJECT,
        env={},
    )
    try:
        async with asyncio.timeout(_SECONDS):
            answer = await _exchange(process, parts)
            code = await process.wait()
    except TimeoutError:
        return Trouble.TOO_SLOW
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if code == 0:
        return _read(answer, parts)
    if code > 0:
        raise RuntimeError(f"Inspecting ended with {code}: run `python -m bot.scan_inspect </dev/null` to see why.")
    return {-SIGXCPU: Trouble.TOO_SLOW, -SIGKILL: Trouble.TOO_HEAVY}.get(code, Trouble.BROKEN)


async def _exchange(process: asyncio.subprocess.Process, parts: Sequence[bytes]) -> bytes:
    """Hand over the number of parts, then each with its length before it; the answer comes after the last."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("The inspecting process has no pipes: start it with stdin and stdout as PIPE.")
    with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before it has read all
        process.stdin.write(len(parts).to_bytes(4))
        for part in parts:
            process.stdin.write(len(part).to_bytes(4))
            process.stdin.write(part)
            await process.stdin.drain()
    process.stdin.close()
    return await process.stdout.read()


def _read(answer: bytes, parts: Sequence[bytes]) -> Scan | Trouble:
    """One line of JSON, then the preview, the page and the PDF; a PDF that passed is not sent back."""
    line, _, content = answer.partition(b"\n")
    head = json.loads(line)
    if "trouble" in head:
        return Trouble[head["trouble"]]
    page, pdf = head["preview"], head["preview"] + head["page"]
    return Scan(content[pdf:] or parts[0], head["pages"], content[:page] or None, content[page:pdf] or None)
