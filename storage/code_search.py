"""Finding lines of a long list by words as owners type them: typos, beginnings of words, any order.

Built once from the lines and kept in memory; knows no database and not what the lines stand for. The few hundred
everyday words of conversations/products.py need no such index: conversations/search.py scans them.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from math import log
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from conversations.search import LAST_CHARACTER, words

LONGEST_TEXT = 1000  # characters read of what was typed; the longest title of the tariff book has 926
SHORTEST_WITH_TWO_TYPOS = 6  # letters
MOST_SCANS = 5  # words of a text searched for in the whole vocabulary, 0.4 ms each
MOST_MENTIONS = 12_000  # lines counted, rarest words first; what is left decides only among the best of these
CANDIDATES = 100
LIKENESS = (1.0, 0.8, 0.5)  # by edits


class CodeLine(NamedTuple):
    """A line of an official list: the code as SIINas writes it, and its title."""

    code: str
    title: str


class CodeIndex:
    """The lines of one list, ready to be searched."""

    def __init__(self, lines: Sequence[CodeLine]) -> None:
        self._lines = lines
        self._holding: dict[str, array[int]] = {}
        in_part = cache(words)  # the lines of a heading repeat it: "Heading. > Subheading > Line"
        self._words = [
            tuple({word: None for part in line.title.split(">") for word in in_part(part)}) for line in lines
        ]
        for number, held in enumerate(self._words):
            for word in held:
                self._holding.setdefault(word, array("I")).append(number)
        self._weight = {word: log(1 + len(lines) / len(held)) for word, held in self._holding.items()}
        self._whole = [sum(self._weight[word] for word in held) for held in self._words]
        self._sorted = sorted(self._holding)
        # Two words one edit apart meet in a shortened form; looking there is 50 times quicker than comparing all.
        self._shortened: dict[str, list[str]] = {}
        for word in self._sorted:
            for form in _shortened(word):
                self._shortened.setdefault(form, []).append(word)

    def search(self, text: str, limit: int) -> tuple[CodeLine, ...]:
        """At most `limit` lines, the likeliest first; a text of digits alone is the beginning of a code."""
        typed = words(text[:LONGEST_TEXT])
        if typed and all(word.isdecimal() for word in typed):
            return self._beginning("".join(typed), limit)
        worth: dict[str, float] = {}
        for known, likeness in self._known(typed):
            worth[known] = max(worth.get(known, 0.0), self._weight[known] * likeness)
        scores = {number: self._score(number, worth) for number in self._candidates(worth)}
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        return tuple(self._lines[number] for number in ranked[:limit])

    def _beginning(self, digits: str, limit: int) -> tuple[CodeLine, ...]:
        found = (line for line in self._lines if line.code.replace(".", "").startswith(digits))
        return tuple(line for line, _ in zip(found, range(limit), strict=False))

    def _candidates(self, worth: dict[str, float]) -> list[int]:
        """The lines that hold most of the rare words: the common ones, in thousands of lines, are not gone through."""
        sums: dict[int, float] = {}
        mentions = 0
        for word in sorted(worth, key=worth.__getitem__, reverse=True):
            held = self._holding[word]
            mentions += len(held)
            if sums and mentions > MOST_MENTIONS:
                break
            for number in held:
                sums[number] = sums.get(number, 0.0) + worth[word]
        return sorted(sums, key=sums.__getitem__, reverse=True)[:CANDIDATES]

    def _score(self, number: int, worth: dict[str, float]) -> float:
        # How much was recognised counts more than how much of the line that is: owners type few words of long lines.
        recognised = sum([worth[word] for word in self._words[number] if word in worth])
        return recognised**3 / self._whole[number]

    def _known(self, typed: list[str]) -> Iterator[tuple[str, float]]:
        """Words of the list that the typed ones may be, with a likeness; a word of the list is only itself."""
        scans = MOST_SCANS
        for word in dict.fromkeys(typed):
            if word in self._holding:
                yield word, 1.0
                continue
            if word.isdecimal():
                continue  # 500 is no misspelt 600
            alike = dict(self._alike(word))
            if not alike and len(word) >= SHORTEST_WITH_TWO_TYPOS and scans:
                scans -= 1
                near = process.extract(word, self._sorted, scorer=OSA.distance, score_cutoff=2)
                alike = {known: LIKENESS[int(edits)] for known, edits, _ in near}
            yield from alike.items()

    def _alike(self, word: str) -> Iterator[tuple[str, float]]:
        """Words that begin with this one, and those about one edit from it."""
        if len(word) > 2:
            start, end = bisect_left(self._sorted, word), bisect_left(self._sorted, word + LAST_CHARACTER)
            yield from dict.fromkeys(self._sorted[start:end], LIKENESS[1]).items()
        allowed = 2 if len(word) >= SHORTEST_WITH_TWO_TYPOS else 1
        for known in {known: None for form in _shortened(word) for known in self._shortened.get(form, ())}:
            edits = OSA.distance(word, known)
            if edits <= allowed:
                yield known, LIKENESS[edits]


def _shortened(word: str) -> dict[str, None]:
    """The word, and the word without each one of its letters; in order, so that equal scores fall alike each time."""
    return dict.fromkeys([word, *(word[:place] + word[place + 1 :] for place in range(len(word)))])
