"""Keeps people's files in one folder, each under a random name of ours and a suffix by what it really is.

Knows no sender, no report and no sentence: why a file is refused is a value, the words are the caller's.
"""

import os
import re
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time
from uuid import uuid4

from storage.file_content import LARGEST, Refusal, kind_of
from storage.tables import FILE_KINDS

__all__ = ["LARGEST", "Refusal", "Refused", "Stored", "delete", "path", "save", "sweep"]

_OUR_NAME = re.compile(rf"(?P<id>[0-9a-f]{{32}})\.(?:{'|'.join(FILE_KINDS)}|part)")


@dataclass(frozen=True, slots=True)
class Stored:
    """A kept file: `id` and `kind` find it again, `size` is in bytes, `sha256` is 64 hex digits."""

    id: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was written, and why."""

    reason: Refusal


def save(root: Path, data: bytes) -> Stored | Refused:
    """Write `data` below `root` (made if missing); when this returns it is whole and synced to disk.

    Save before the row is committed: `sweep` removes a file that never got its row.
    Raises OSError when the disk does not take it; then nothing is left behind.
    """
    kind = kind_of(data)
    if isinstance(kind, Refusal):
        return Refused(kind)
    root.mkdir(parents=True, exist_ok=True)
    stored = Stored(uuid4().hex, kind, len(data), sha256(data).hexdigest())
    part = root / f"{stored.id}.part"
    try:
        with open(part, "xb", opener=_for_us_alone) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path(root, stored.id, kind))
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _sync(root)
    return stored


def path(root: Path, file_id: str, kind: str) -> Path:
    """Where a kept file lies. Raises ValueError for an id or kind that `save` cannot have given."""
    name = f"{file_id}.{kind}"
    if kind not in FILE_KINDS or not _OUR_NAME.fullmatch(name):
        raise ValueError("Not the id and kind of a stored file: take both from its StoredFile row.")
    return root / name


def delete(root: Path, file_id: str, kind: str) -> None:
    """Remove a kept file for good; no matter if it is gone already."""
    path(root, file_id, kind).unlink(missing_ok=True)
    if root.is_dir():
        _sync(root)


def sweep(root: Path, known: Container[str], age: float = 0) -> int:
    """Remove our files whose id is not in `known`, left by a kill between file and row; return how many.

    Only before updates are taken: a file being saved right now has no row yet. Where another process may be saving
    one, only files of at least `age` seconds. Other names are left alone.
    """
    newest = time() - age
    found = [file for file in root.glob("*") if (name := _OUR_NAME.fullmatch(file.name)) and name["id"] not in known]
    removed = 0
    for file in found:
        with suppress(FileNotFoundError):  # another process sweeps too
            if file.stat().st_mtime <= newest:
                file.unlink()
                removed += 1
    return removed


def _for_us_alone(file: str, flags: int) -> int:
    return os.open(file, flags, 0o600)


def _sync(root: Path) -> None:
    folder = os.open(root, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
