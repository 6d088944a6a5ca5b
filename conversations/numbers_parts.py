"""A text taken apart into the parts of a number, up to the first word that belongs to none."""

import re
from dataclasses import dataclass
from decimal import Decimal

from conversations.numbers_numerals import ratio
from conversations.numbers_words import Kind, meaning

_TOKEN = re.compile(
    r"(?P<ratio>[0-9]{1,3}/[0-9]{1,3}(?![0-9/.,]))|(?P<num>[0-9]+(?:[.,][0-9]+)*)|(?P<word>[a-z]+)|(?P<other>\S)"
)
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a number, and the word it came from: where it starts in the text."""

    kind: Kind
    value: Decimal
    start: int
    text: str


def parts_of(text: str) -> list[Part]:
    """Parts of a lower-case text up to the first that belongs to no number; the last is always OTHER."""
    parts: list[Part] = []
    for found in _TOKEN.finditer(text):
        start, word = found.start(), found.group()
        if found.lastgroup == "num":
            parts.append(Part(Kind.NUMERAL, _NONE, start, word))
        elif found.lastgroup == "ratio" and (value := ratio(word)) is not None:
            parts.append(Part(Kind.RATIO, value, start, word))
        elif found.lastgroup == "word" and (known := meaning(word)):
            parts.extend(Part(kind, value, start, word) for kind, value in known)
        else:
            parts.append(Part(Kind.OTHER, _NONE, start, word))
            return parts
    parts.append(Part(Kind.OTHER, _NONE, len(text), ""))
    return parts
