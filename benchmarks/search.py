"""Searching an imported HS list: how often the right line is among the first ten, and how long it takes.

`python -m benchmarks.search [list.csv]` takes the official list, or makes as many lines of words of its own.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import quantiles
from string import ascii_lowercase
from tempfile import TemporaryDirectory

from benchmarks.tables import machine, table
from bot.import_codes import Scheme, read_list
from conversations.search import words
from storage.code_search import CodeLine
from storage.codes import search_codes, take_list, warm
from storage.database import connect
from storage.schema import upgrade

QUERIES = 500
LINES = 11_414  # as many as the official list has


@dataclass(frozen=True)
class Found:
    """One kind of query: share of the right line in the first ten; p50 and p95 in ms, and p95 of CPU alone."""

    kind: str
    hits: float
    p50: float
    p95: float
    cpu: float


def made_list() -> list[CodeLine]:
    """Lines like the tariff book's: headings of made-up words, a few of them everywhere, with eleven lines below each."""
    chance = Random(5)  # noqa: S311 - the same list each time
    syllables = [first + second for first in "bcdghjklmnprstwy" for second in "aeiou"]
    known = ["".join(chance.choices(syllables, k=chance.choice((2, 3, 3, 4)))) for _ in range(6000)]
    often = [1 / (place + 10) for place in range(len(known))]
    headings = [" ".join(chance.choices(known, often, k=chance.randint(4, 40))) for _ in range(LINES // 11 + 1)]
    lines = []
    for number in range(LINES):
        heading, below = headings[number // 11], " ".join(chance.choices(known, often, k=chance.randint(1, 6)))
        lines.append(CodeLine(f"{number // 11:04}.{number % 11:02}.00", f"{heading}. > {below}"))
    return lines


def misspelt(word: str, chance: Random) -> str:
    """The word with one letter gone, added, changed, or two swapped; numbers and single letters stay."""
    if word.isdecimal() or len(word) < 2:
        return word
    place, letter = chance.randrange(len(word)), chance.choice(ascii_lowercase)
    before, here, after = word[:place], word[place], word[place + 1 :]
    wrong = [
        before + after,
        before + letter + here + after,
        before + letter + after,
        before + after[:1] + here + after[1:],
    ]
    return chance.choice([typo for typo in wrong if typo != word])


def found(lines: Sequence[CodeLine]) -> list[Found]:
    """Import the lines into an SQLite file and search it: whole titles, and the four rarest words of a line."""
    with TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{folder}/codes.db")
        upgrade(engine)
        with engine.begin() as connection:
            take_list(connection, "hs", "2022", lines)
            warm(connection)
            rare = _rarest(lines)
            kinds: list[tuple[str, Callable[[str], list[str]], bool]] = [
                ("whole title", words, False),
                ("whole title, a typo in every word", words, True),
                ("its four rarest words", rare, False),
                ("its four rarest words, a typo in every word", rare, True),
            ]
            results = []
            for kind, chosen, wrong in kinds:
                chance, took, worked, hits = Random(7), [], [], 0  # noqa: S311 - the same queries each time
                for line in chance.choices(lines, k=QUERIES):
                    typed = " ".join(misspelt(word, chance) if wrong else word for word in chosen(line.title))
                    begun, idle = time.perf_counter(), time.thread_time()
                    answer = search_codes(connection, "hs", typed)
                    took.append((time.perf_counter() - begun) * 1000)
                    worked.append((time.thread_time() - idle) * 1000)
                    hits += line in answer
                cuts = quantiles(took, n=20)
                results.append(Found(kind, hits / QUERIES, cuts[9], cuts[18], quantiles(worked, n=20)[18]))
        engine.dispose()
    return results


def _rarest(lines: Sequence[CodeLine]) -> Callable[[str], list[str]]:
    count = Counter(word for line in lines for word in set(words(line.title)))
    return lambda title: sorted(dict.fromkeys(words(title)), key=count.__getitem__)[:4]


def shown(results: Sequence[Found], lines: int) -> str:
    """As a table."""
    return table(
        f"{QUERIES} searches of each kind in {lines:,} HS lines",
        ("typed", "right line in the first ten", "p50 ms", "p95 ms", "p95 CPU ms"),
        [(result.kind, f"{result.hits:.1%}", result.p50, result.p95, result.cpu) for result in results],
        "Several lines may hold the same words; then no search can tell which is meant.",
    )


def figures(results: Sequence[Found]) -> dict[str, object]:
    """For the one line of JSON: the slowest kind."""
    return {"search_p95_ms": round(max(result.p95 for result in results), 2)}


def main() -> None:
    """Measure, then print."""
    given = sys.argv[1:]
    lines: Sequence[CodeLine] = read_list(Scheme.HS, Path(given[0]))[0] if given else made_list()
    print(machine())
    print(shown(found(lines), len(lines)))


if __name__ == "__main__":
    main()
