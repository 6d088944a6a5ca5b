"""Ends a process that lives on without doing anything, so that its supervisor starts another one. A thread of its own:
what it watches is the event loop."""

import os
import threading
import time
from collections.abc import Callable
from typing import Self

import structlog

log = structlog.get_logger(__name__)

LONGEST_REST = 90.0  # seconds
FROZEN = 70  # the exit code: an internal software error, as sysexits.h numbers them


class Watchdog:
    """`with Watchdog() as watchdog: … watchdog.progress()`, at least every 90 seconds, or the process ends.

    `heard` is called at each progress. Ends at once and without tidying up: what was acknowledged is on disk, what
    was not comes again.
    """

    def __init__(self, heard: Callable[[], None] = lambda: None, longest_rest: float = LONGEST_REST) -> None:
        self._heard, self._longest_rest = heard, longest_rest
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
        self._heard()

    def _watch(self) -> None:
        nap = min(self._longest_rest / 10, 5.0)
        lay_down = time.monotonic()
        while not self._over.wait(nap):
            now = time.monotonic()
            if now - lay_down > self._longest_rest / 2:  # the whole machine slept; the loop gets its time anew
                self._last = now
            elif now - self._last > self._longest_rest:
                log.critical("no progress: the process ends, to be started again", seconds=round(now - self._last))
                os._exit(FROZEN)
            lay_down = now
