"""Packaged lists of names, and finding one of them the way owners type it: typos, joined words, word order.

It does not know what the names stand for, and it never guesses: two names equally near are no find.
"""

import csv
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from importlib import resources
from itertools import pairwise
from math import log
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

Thing = TypeVar("Thing")

LONGEST_TEXT = 120  # characters read of what was typed; a name is never longer
SHORTEST_WITH_TYPO = 5  # letters; "Bali" is no misspelt Mali
LEAST_SHARE = 0.25  # of the likeliest one's score: below it, a suggestion is noise
LAST_CHARACTER = chr(0x10FFFF)


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of `conversations/data/<name>`, a file of ours separated by semicolons, keyed by its heading."""
    text = resources.files("conversations").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def words(text: str) -> list[str]:
    """Lower-case words of letters and digits without accents: "Côte d’Ivoire" -> cote, d, ivoire."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in plain if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in kept).split()


class Finder(Generic[Thing]):
    """Names of things (a thing may have several), ready to be found."""

    def __init__(self, names: Iterable[tuple[str, Thing]]) -> None:
        self._things: list[Thing] = []
        self._names: list[tuple[str, ...]] = []
        self._joined: dict[str, list[int]] = {}
        self._holding: dict[str, list[int]] = {}
        for name, thing in names:
            self._add(words(name), thing)
        size = len(self._names)
        self._sorted = sorted(self._holding)
        self._weight = {word: log(1 + size / len(held)) for word, held in self._holding.items()}

    def _add(self, name: list[str], thing: Thing) -> None:
        number = len(self._names)
        self._names.append(tuple(name))
        self._things.append(thing)
        self._joined.setdefault("".join(name), []).append(number)
        for word in set(name):
            self._holding.setdefault(word, []).append(number)

    def _distinct(self, numbers: Iterable[int]) -> tuple[Thing, ...]:
        return tuple(dict.fromkeys(self._things[number] for number in numbers))

    def near(self, text: str) -> tuple[Thing, ...]:
        """Things of exactly this name, else those one typo away. Case, spaces, accents do not count."""
        joined = "".join(words(text[:LONGEST_TEXT]))
        return self._distinct(self._joined.get(joined, ())) or self._misspelt(joined)

    def find(self, text: str) -> Thing | None:
        """The one thing of this name, else the one a single typo away; None for none or several."""
        found = self.near(text)
        return found[0] if len(found) == 1 else None

    def _misspelt(self, joined: str) -> tuple[Thing, ...]:
        if len(joined) < SHORTEST_WITH_TYPO:
            return ()
        near = process.extract(joined, self._joined.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
        return self._distinct(number for name, _, _ in near for number in self._joined[name])

    def search(self, text: str, limit: int) -> tuple[Thing, ...]:
        """At most `limit` things, the likeliest first: words in any order, typos and extra words allowed."""
        typed = words(text[:LONGEST_TEXT])
        pairs = [first + second for first, second in pairwise(typed)]
        best: dict[int, dict[str, float]] = {}
        for word in dict.fromkeys(typed + pairs):
            for known, likeness in self._alike(word).items():
                for number in self._holding[known]:
                    held = best.setdefault(number, {})
                    held[known] = max(held.get(known, 0.0), likeness)
        scores = {number: self._score(number, held) for number, held in best.items()}
        least = max(scores.values(), default=0.0) * LEAST_SHARE
        ranked = sorted((n for n in scores if scores[n] >= least), key=lambda n: (-scores[n], n))
        return tuple(dict.fromkeys((*self.near(text), *self._distinct(ranked))))[:limit]

    def _score(self, number: int, held: dict[str, float]) -> float:
        # How much was recognised, times how much of this name that is: "keripik singkong" beats both
        # "keripik" (less recognised) and "tepung singkong" (half of its name).
        recognised = sum(self._weight[word] * likeness for word, likeness in held.items())
        whole = sum(self._weight[word] for word in self._names[number])
        return recognised * recognised / whole

    def _alike(self, word: str) -> dict[str, float]:
        """Known words like this one, 1.0 for the same word."""
        start, end = bisect_left(self._sorted, word), bisect_left(self._sorted, word + LAST_CHARACTER)
        alike = dict.fromkeys(self._sorted[start:end], 0.9) if len(word) > 2 else {}
        allowed = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
        near = process.extract(word, self._holding.keys(), scorer=OSA.distance, score_cutoff=allowed)
        for known, edits, _ in near:
            alike[known] = max(alike.get(known, 0.0), (1.0, 0.8, 0.6)[int(edits)])
        return alike
