"""What a breakage is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Breakage:
    """A safeguard: the one place where it stands, what stands there instead, and the tests that must notice."""

    what: str
    file: str
    stands: str
    instead: str
    noticed_by: tuple[str, ...]
