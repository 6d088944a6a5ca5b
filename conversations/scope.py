"""What a question, a condition and a rule may look at: the answers that apply, seen from one item, and today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from conversations.answers import Mark, Place, Ticking, Value, outside
from conversations.periods import Period, Scheme

if TYPE_CHECKING:
    from conversations.draft import Draft


# (code list: "kbli" or "hs", what was typed) -> (code, title) of what fits, best first
Lookup = Callable[[str, str], tuple[tuple[str, str], ...]]


NO_ANSWER = Mark, Ticking
"""Said about a question instead of a value."""


def no_list(scheme: str, text: str) -> tuple[tuple[str, str], ...]:  # noqa: ARG001 - the shape of a Lookup
    """The look-up where no list was imported: nothing."""
    return ()


_made = tuple.__new__  # half of what the class itself takes


@dataclass(slots=True, eq=False)  # frozen, it would cost thrice as much to make, and a turn makes dozens
class Scope:
    """What a question may look at: the answers that apply, seen from one item, the calendar, and today. `seen` notes
    the places whose value was asked for, and the groups whose items were."""

    draft: "Draft"
    known: Mapping[Place, Value]
    item: str
    scheme: Scheme
    today: date
    lookup: "Lookup"
    seen: set[Place] = field(default_factory=set)

    def value(self, question: str) -> Value | None:
        """The value in this item, or outside groups; None where there is none (or it was put off)."""
        place = _made(Place, (question, self.item)) if self.item else outside(question)
        self.seen.add(place)
        found = self.known.get(place)
        if found is None and self.item:
            place = outside(question)
            self.seen.add(place)
            found = self.known.get(place)
        return None if isinstance(found, NO_ANSWER) else found

    def items(self, group: str) -> tuple[str, ...]:
        """The items of a repeat group, in order."""
        self.seen.add(outside(group))
        return self.draft.items.get(group, ())

    def text(self, question: str) -> str:
        """The value as text, "" where there is none."""
        value = self.value(question)
        return value if isinstance(value, str) else ""

    def within(self, item: str) -> "Scope":
        """The same, seen from another item."""
        return Scope(self.draft, self.known, item, self.scheme, self.today, self.lookup, self.seen)

    def knowing(self, also: Mapping[str, Value]) -> "Scope":
        """The same with these answers to other questions known."""
        if not also:
            return self
        places = {Place(key, self.item if Place(key, self.item) in self.known else ""): also[key] for key in also}
        return replace(self, known={**self.known, **places})

    @property
    def period(self) -> Period | None:
        """The period of the report, once both of its questions are answered."""
        year = self.value("data_umum.tahun")
        name = self.text("data_umum.periode_yang_dilaporkan")
        return self.scheme.named(name, year) if isinstance(year, int) else None
