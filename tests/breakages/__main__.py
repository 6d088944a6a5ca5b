"""Breaks, runs and prints; see the package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.breakages import BREAKAGES
from tests.breakages.breakage import Breakage
from tests.process import ROOT

ROOMS = ("bot", "conversations", "storage", "locales", "tests")
SECONDS = 600  # until a test that hangs has noticed too


def copied(to: Path) -> None:
    """The program and its tests, without what they have made."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, to / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)


def failure(folder: Path, test: str) -> str:
    """How this test fails in the copy, "" where it passes."""
    command = [sys.executable, "-m", "pytest", "-n0", "-x", "-q", "-p", "no:cacheprovider", f"tests/{test}"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # two breakages may fall into one second
    environment.pop("NIGHTLY", None)
    try:
        done = subprocess.run(  # noqa: S603 - our own tests
            command, cwd=folder, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "it hangs"
    if done.returncode not in (0, 1):
        raise RuntimeError(f"this test could not be run: {test}\n{done.stdout.decode()}")
    return done.stdout.decode()[-2000:] if done.returncode else ""


def noticed(folder: Path, breakage: Breakage) -> list[str]:
    """The tests that fail without the safeguard."""
    file = folder / breakage.file
    whole = file.read_text()
    if whole.count(breakage.stands) != 1:
        raise RuntimeError(f"{breakage.what}: its text is not once in {breakage.file}")
    file.write_text(whole.replace(breakage.stands, breakage.instead))
    try:
        return [test for test in breakage.noticed_by if failure(folder, test)]
    finally:
        file.write_text(whole)


def main(word: str = "") -> int:
    """Break one after the other and print the table."""
    chosen = [breakage for breakage in BREAKAGES if word in breakage.what]
    survivors = 0
    with TemporaryDirectory(prefix="temanlapor-") as folder:
        copied(Path(folder))
        sound = set[str]()
        for breakage in chosen:
            for test in breakage.noticed_by:
                if test not in sound and (how := failure(Path(folder), test)):
                    raise RuntimeError(f"{test} fails before anything is broken:\n{how}")
                sound.add(test)
            found = noticed(Path(folder), breakage)
            survivors += len(found) < len(breakage.noticed_by)
            for test in breakage.noticed_by:
                _line(f"{breakage.what:42} {'noticed by' if test in found else 'NOT NOTICED BY'} {test}")
    _line(f"{len(chosen) - survivors} of {len(chosen)} noticed")
    return 1 if survivors else 0


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
