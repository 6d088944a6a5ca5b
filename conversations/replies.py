"""What a person can do to us, before any channel."""

from dataclasses import dataclass

from conversations.answers import File
from conversations.messages import Effect


@dataclass(frozen=True, slots=True)
class Typed:
    """A text; `message_id` is the person's own message, for editing it later."""

    text: str
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button; `stale` says that it belongs to another report."""

    effect: Effect | None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """The person changed the text of an earlier message of their own."""

    message_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A photo or PDF that was checked and stored."""

    file: File
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken: the reason's name (see storage.files.Reason)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command without its slash, and the words behind it."""

    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Something that is no answer to anything: a sticker, a voice note, a place; `kind` is our Indonesian word."""

    kind: str


@dataclass(frozen=True, slots=True)
class Again:
    """An update that was applied before: nothing changes, the open question is said again."""


Reply = Typed | Pressed | Edited | Uploaded | Refused | Command | Other | Again
