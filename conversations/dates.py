"""Questions answered with a day: "5 Juli 2026", "5/7/2026", "kemarin"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from conversations.answers import Value
from conversations.periods import MONTHS, long_date
from conversations.problems import not_a_day
from conversations.questions import Question, Read, Reading, fold
from conversations.scope import Scope

_NUMBERS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\s+([a-z]+)(?:\s+(\d{4}))?")
_SHORTEST = 3  # letters that name a month


@dataclass(frozen=True, kw_only=True)
class Day(Question):
    """A day that is not in the future; kept as ISO text."""

    def read(self, text: str, scope: Scope) -> Reading:
        """`2026-07-05`; a day without a year is the last one that was."""
        day = _day(fold(text), text.strip(), scope.today)
        return Read(day.isoformat()) if day and day <= scope.today else not_a_day()

    def show(self, value: Value, scope: Scope) -> str:
        """`5 Juli 2026`."""
        try:
            return long_date(date.fromisoformat(str(value)))
        except ValueError:
            return super().show(value, scope)


def _day(words: str, text: str, today: date) -> date | None:
    if words in {"hari ini", "tadi", "barusan", "sekarang"}:
        return today
    if words in {"kemarin", "kemaren"}:
        return today - timedelta(days=1)
    try:
        if numbers := _NUMBERS.fullmatch(text):
            return date(int(numbers[3]), int(numbers[2]), int(numbers[1]))
        if named := _WORDS.fullmatch(words):
            month = _month(named[2])
            year = int(named[3] or today.year)
            day = date(year, month, int(named[1])) if month else None
            return day.replace(year=year - 1) if day and not named[3] and day > today else day
    except ValueError:
        return None
    return None


def _month(word: str) -> int:
    """1..12, or 0 for no month."""
    names = [name.casefold() for name in MONTHS]
    found = [n for n, name in enumerate(names, 1) if len(word) >= _SHORTEST and name.startswith(word)]
    return found[0] if len(found) == 1 else 0
