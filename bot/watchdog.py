"""Ends a process that lives on without doing anything, so that its supervisor starts another one. A thread of its own:
what it watches is the event loop."""

import os
import threading
import time
from typing import Self

import structlog

log = structlog.get_logger(__name__)

LONGEST_REST = 90.0  # seconds
FROZEN = 70  # the exit code: an internal software error, as sysexits.h numbers them


class Watchdog:
    """`with Watchdog() as watchdog: … watchdog.progress()`, at least every 90 seconds, or the process ends.

    Ends at once and without tidying up: what was acknowledged is on disk, what was not comes again.
    """

    def __init__(self, longest_rest: float = LONGEST_REST) -> None:
        self._longest_rest = longest_rest
        self._last = time.monotonic()
        self._over = threading.Event()

    def __enter__(self) -> Self:
        self.progress()
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def progress(self) -> None:
        """The process has just done something it cannot do when it hangs. Costs nothing."""
        self._last = time.monotonic()

    def _watch(self) -> None:
        while not self._over.wait(min(self._longest_rest / 10, 5.0)):
            rest = time.monotonic() - self._last
            if rest > self._longest_rest:
                log.critical("no progress: the process ends, to be started again", seconds=round(rest))
                os._exit(FROZEN)
