"""Buttons for questions whose words are free: what is likely, taken from other answers or fixed."""

import re
from dataclasses import dataclass

from conversations.names import code_with_title
from conversations.questions import Option, fold
from conversations.scope import Scope

_MOST = 30  # buttons of one question; Telegram refuses a message with more than 100

_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always the same few."""

    choices: tuple[Option, ...]

    def options(self, scope: Scope) -> tuple[Option, ...]:  # noqa: ARG002 - the protocol's shape
        """The few, in order."""
        return self.choices


def fixed(*values: str) -> Fixed:
    """Buttons whose text is the answer."""
    return Fixed(tuple(Option(value) for value in values))


@dataclass(frozen=True, slots=True)
class FromList:
    """The entries of a list answered elsewhere; `codes`: with the titles of KBLI."""

    question: str
    codes: bool = False

    def options(self, scope: Scope) -> tuple[Option, ...]:
        """One button an entry."""
        value = scope.value(self.question)
        entries = value if isinstance(value, tuple) else ()
        return tuple(Option(entry, code_with_title(entry) if self.codes else "") for entry in entries[:_MOST])


@dataclass(frozen=True, slots=True)
class FromItems:
    """What the items of a repeat group say in one field, each once; first what this group has not named yet."""

    question: str
    here: str = ""
    codes: bool = False

    def options(self, scope: Scope) -> tuple[Option, ...]:
        """One button a value."""
        found: dict[str, str] = {}
        for item in scope.items(self.question.split(".")[0]):
            text = scope.within(item).text(self.question)
            found.setdefault(fold(text), text)
        used = set()
        if self.here:
            group = scope.items(self.here.split(".")[0])
            used = {fold(scope.within(item).text(self.here)) for item in group if item != scope.item}
        ordered = sorted((key for key in found if key), key=lambda key: key in used)
        return tuple(Option(found[key], code_with_title(found[key]) if self.codes else "") for key in ordered[:_MOST])


@dataclass(frozen=True, slots=True)
class RecentPeriods:
    """The periods that ended last, the latest first; a press answers the year too."""

    count: int = 3

    def options(self, scope: Scope) -> tuple[Option, ...]:
        """Those without a report of the firm yet."""
        taken = {past.period for past in scope.draft.past}
        ended = scope.scheme.ended(scope.today, self.count + len(taken))
        return tuple(Option(period.name) for period in ended if period.key not in taken)[: self.count]


@dataclass(frozen=True, slots=True)
class RecentYears:
    """This year and the two before it."""

    def options(self, scope: Scope) -> tuple[Option, ...]:
        """The latest first."""
        return tuple(Option(str(scope.today.year - back)) for back in range(3))


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """The firm's last letter number counted on, with today's month and year; without one a number in the usual
    shape: 001/SP-SIINAS/TBS/VII/2026, with the firm's initials."""

    def options(self, scope: Scope) -> tuple[Option, ...]:
        """One suggestion."""
        words = fold(scope.text("perusahaan.nama")).upper().split()
        initials = "".join(word[0] for word in words if word[0].isascii())[:5] or "IK"
        month = _ROMAN[scope.today.month - 1]
        past = max(scope.draft.past, key=lambda past: past.period, default=None)
        if past and re.search(r"\d", past.letter):
            return (Option(_counted_on(past.letter, month, scope.today.year)),)
        return (Option(f"001/SP-SIINAS/{initials}/{month}/{scope.today.year}"),)


def _counted_on(number: str, month: str, year: int) -> str:
    """`19/KBJ/VII/2026` becomes `20/KBJ/I/2027`: the first number one higher, as wide as it was."""
    head = re.sub(r"\d+", lambda found: str(int(found[0]) + 1).zfill(len(found[0])), number, count=1)
    head = re.sub(r"(?<=[/.-])[IVX]{1,4}(?=[/.-]|$)", month, head)
    return re.sub(r"(?<=[/.-])20\d\d(?=[/.-]|$)", str(year), head)
