"""The signed letter as files that go along with a message: its pages as one PDF, or small in one picture."""

import asyncio
from pathlib import Path

from bot import scan
from bot.documents import Document
from conversations.answers import Paper
from conversations.papers import SCAN
from conversations.route import Walk
from storage import files

KINDS = ("pindaian", "pindaian_gambar")


async def paper(kind: str, walk: Walk, files_dir: Path) -> Document:
    """The document of this kind. Raises LookupError where there is no such letter, RuntimeError where its stored pages
    do not become one: they were read before they were stored."""
    sent, period = walk.known.get(SCAN), walk.scope().period
    if not isinstance(sent, Paper):
        raise LookupError("There is no signed letter: offer it only where papers.py finds one.")
    name = f"surat-bertanda-tangan-{period.key if period else 'draf'}"
    parts = [await asyncio.to_thread(files.path(files_dir, file.id, file.kind).read_bytes) for file in sent.files]
    found = await scan.made(parts)
    if isinstance(found, scan.Trouble):
        raise RuntimeError(f"The stored pages of a letter gave {found.name}: look at FILES_DIR and at bot/scan.py.")
    if kind == "pindaian_gambar" and found.preview:
        return Document(f"{name}.jpg", found.preview)
    return Document(f"{name}.pdf", found.pdf)
