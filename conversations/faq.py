"""Questions owners ask about the report, answered from the ministry's guide, found by the owner's own words: slang,
typos and word order do not count. The entries stand in data/tanya_jawab.toml. Nothing here knows a draft."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from conversations.search import words

_LONGEST = 200  # characters read of a question
_FIT = 0.42  # the share of what was asked that an entry must know
_FIT_OF_WORDS = 0.6  # the same, for an entry of which no whole phrase was said
_LEAST = 2.0  # what that must weigh: "tidak" and "laporan" alone ask nothing
_NEAR_BEST = 0.5  # of the best one's score: below it, an entry is noise
_ENDING = re.compile(r"(?<=\w{3})(nya|kah|lah|pun)$")
_SUFFIX = re.compile(r"(?<=\w{4})(kan|an)$")
_PREFIX = re.compile(r"^(meng|mem|men|me|di|ber)(?=\w{4})")


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answer, both Indonesian; `source`: lines of the guide, or "kami" for what is ours;
    `phrases`: other words for it."""

    id: str
    question: str
    answer: str
    source: str
    phrases: tuple[str, ...]


_DATA = tomllib.loads(files("conversations").joinpath("data", "tanya_jawab.toml").read_text(encoding="utf-8"))
_SLANG: dict[str, str] = {slang: word for word, slangs in _DATA["sama"].items() for slang in slangs.split()}
_IGNORED: frozenset[str] = frozenset(_DATA["abaikan"].split())

ENTRIES: tuple[Entry, ...] = tuple(
    Entry(row["id"], row["tanya"], row["jawab"], row["sumber"], tuple(row["kata"].split(", ")))
    for row in _DATA["tanya"]
)


def _stems(text: str) -> Iterator[str]:
    """The words that ask something, without their endings and prefixes."""
    for typed in words(text):
        bare = _ENDING.sub("", typed)
        for word in _SLANG.get(bare, bare).split():
            if word not in _IGNORED:
                yield _PREFIX.sub("", _SUFFIX.sub("", word))


class _Index:
    """What each entry knows, by stem."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._phrases = [tuple(tuple(_stems(phrase)) for phrase in entry.phrases) for entry in entries]
        self._holding: dict[str, set[int]] = {}
        for number, entry in enumerate(entries):
            for stem in {*_stems(entry.question), *(stem for phrase in self._phrases[number] for stem in phrase)}:
                self._holding.setdefault(stem, set()).add(number)
        self._weight = {stem: log(1 + len(entries) / len(held)) for stem, held in self._holding.items()}
        self._unknown = log(1 + len(entries))

    def scores(self, text: str) -> dict[int, float]:
        """The entries that know enough of the text."""
        known: dict[int, dict[str, float]] = {}
        asked = 0.0
        for stem in dict.fromkeys(_stems(text[:_LONGEST])):
            alike = self._alike(stem)
            asked += max((self._weight[near] for near in alike), default=self._unknown)
            for near, likeness in alike.items():
                for number in self._holding[near]:
                    held = known.setdefault(number, {})
                    held[near] = max(held.get(near, 0.0), likeness * self._weight[near])
        scores = {}
        for number, held in known.items():
            weight, phrase = sum(held.values()), self._says_phrase(number, held)
            least = _FIT if phrase else _FIT_OF_WORDS
            if weight >= max(_LEAST, least * asked):
                scores[number] = weight
        return scores

    def _says_phrase(self, number: int, held: dict[str, float]) -> bool:
        """Whether one of the entry's phrases was said as a whole."""
        return any(all(stem in held for stem in phrase) for phrase in self._phrases[number] if phrase)

    def _alike(self, stem: str) -> dict[str, float]:
        """The known stem itself, else those with a typo or two; 1.0 for the same."""
        if stem in self._holding:
            return {stem: 1.0}
        allowed = 0 if len(stem) < 5 else 1 if len(stem) < 8 else 2
        near = (
            process.extract(stem, self._holding.keys(), scorer=OSA.distance, score_cutoff=allowed) if allowed else []
        )
        return {known: (1.0, 0.8, 0.6)[int(edits)] for known, edits, _ in near}


_INDEX = _Index(ENTRIES)


def search(text: str, limit: int = 3) -> tuple[Entry, ...]:
    """At most `limit` entries that answer the text, the likeliest first; () when nothing fits well."""
    scores = _INDEX.scores(text)
    least = max(scores.values(), default=0.0) * _NEAR_BEST
    ranked = sorted((n for n in scores if scores[n] >= least), key=lambda n: (-scores[n], n))
    return tuple(ENTRIES[number] for number in ranked[:limit])
