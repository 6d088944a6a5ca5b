"""How much of it the tests play: enough for every change, or, with NIGHTLY=1, as much as a night takes."""

import os

NIGHTLY = os.environ.get("NIGHTLY") == "1"


def size(ci: int, nightly: int) -> int:
    """`ci`, or `nightly` when the environment says NIGHTLY=1."""
    return nightly if NIGHTLY else ci
