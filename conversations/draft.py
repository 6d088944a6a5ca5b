"""A draft: everything known about one report and its firm at one moment. It is immutable; what is open, missing
or doubtful is computed from it and never kept in it. It knows no form and no table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from conversations.answers import Answer, Place, Source, Value


@dataclass(frozen=True, slots=True)
class Focus:
    """What the person opened on purpose: one question, or a section whose open questions come first."""

    section: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """Another report of the same firm: its period key, its amounts by question key, of each repeat group the rows,
    values by question key, and the number of its letter."""

    period: str
    amounts: Mapping[str, int | Decimal] = field(default_factory=dict)
    items: Mapping[str, tuple[Mapping[str, Value], ...]] = field(default_factory=dict)
    letter: str = ""


_NONE: Mapping[Any, Any] = {}


class Draft(NamedTuple):  # a frozen dataclass takes four times as long to copy
    """Answers by place, items of each repeat group in order, and where the person is.

    `made` counts the items ever made in a group, so that an id never comes back. `shown` is the question last
    shown to the person, `misses` the unreadable answers to it in a row, `tries` what the last of them were.
    `identity` makes item ids unique.
    """

    identity: str = ""
    answers: Mapping[Place, Answer] = _NONE
    items: Mapping[str, tuple[str, ...]] = _NONE
    made: Mapping[str, int] = _NONE
    focus: Focus | None = None
    shown: Place | None = None
    misses: int = 0
    tries: tuple[str, ...] = ()
    past: tuple[Past, ...] = ()

    def is_carried(self, place: Place) -> bool:
        """Whether the answer there is the last report's, and nobody has said yet that it is still so."""
        answer = self.answers.get(place)
        return answer is not None and answer.source is Source.CARRIED

    def with_answer(self, place: Place, answer: Answer) -> "Draft":
        """The draft with this answer in this place."""
        return self._replace(answers={**self.answers, place: answer})

    def without(self, *places: Place) -> "Draft":
        """The draft without the answers in these places."""
        return self._replace(answers={p: a for p, a in self.answers.items() if p not in places})

    def next_item(self, group: str) -> str:
        """The id (32 hex) that the next item of `group` will get. The same draft always gives the same id."""
        return self.item_id(group, self.made.get(group, 0))

    def item_id(self, group: str, number: int) -> str:
        """The id of the item that was (or will be) made as `number` (from 0) in its group."""
        return uuid5(NAMESPACE_URL, f"temanlapor:{self.identity}/{group}/{number}").hex

    def with_item(self, group: str) -> "Draft":
        """The draft with one more, empty item at the end of `group`."""
        items = {**self.items, group: (*self.items.get(group, ()), self.next_item(group))}
        return self._replace(items=items, made={**self.made, group: self.made.get(group, 0) + 1})

    def with_item_back(self, group: str, item: str) -> "Draft":
        """The draft with this item, taken away before, back between those it stood between."""
        made = [self.item_id(group, number) for number in range(self.made.get(group, 0))]
        kept = {*self.items.get(group, ()), item}
        return self._replace(items={**self.items, group: tuple(i for i in made if i in kept)})

    def without_item(self, group: str, item: str) -> "Draft":
        """The draft without this item; its answers stay behind, so that taking it back is possible."""
        return self._replace(items={**self.items, group: tuple(i for i in self.items[group] if i != item)})


def changed(old: Mapping[Place, Answer], new: Mapping[Place, Answer]) -> set[Place]:
    """The places that one draft's answers and another's differ in."""
    if old is new:
        return set()
    places, count = [*new], len(old)
    if [*old] == places[:count]:  # a copy keeps the order, and what is new comes behind; lists are compared fastest
        differ, were, are = set(places[count:]), [*old.values()], [*new.values()][:count]
        if were != are:
            differ.update(place for place, one, other in zip(old, were, are, strict=True) if one != other)
        return differ
    kept = {place for place, answer in new.items() if (before := old.get(place)) is answer or before == answer}
    return {*old, *new} - kept
