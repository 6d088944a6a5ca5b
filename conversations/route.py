"""Walking the form with a draft: which questions apply, in order, what they are worth, and which is open.

The form is walked leg by leg: a section, or one item of a repeat group. A leg notes every place it looked at, so that
the next walk can take it over unless something there has changed: an answer costs one leg and not the whole form.
Nothing looks ahead, so one pass is enough. Nothing here is kept.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from conversations.answers import Place, Source, Value
from conversations.draft import Draft, Focus
from conversations.form import Ending, Form, Section
from conversations.layout import Make, comparable, is_same, note_changes
from conversations.legs import Leg, Stop
from conversations.mending import TO_MEND, written
from conversations.scope import Lookup, Scope, no_list

__all__ = ["Stop", "Walk", "walk"]

T = TypeVar("T")


@dataclass(slots=True)
class Walk:
    """One pass over the form: `at` has the stops in order, `known` the values of everything that applies, `derived`
    the answers that differ from those in the draft; the `ending` that was reached, if any. `changed`: the places that
    differ from the walk before. `results`: what was worked out from this walk, with the places it depends on;
    `watched`: at least all of these places, in one set for all walks of a report.
    `opened`: what was open, and under which focus."""

    form: Form
    draft: Draft
    today: date
    lookup: Lookup = no_list
    at: dict[Place, Stop] = field(default_factory=dict)
    known: dict[Place, Value] = field(default_factory=dict)
    derived: dict[Place, Value | None] = field(default_factory=dict)
    ending: Ending | None = None
    layout: dict[Place, tuple[Section, Make]] = field(default_factory=dict)
    legs: dict[Place, Leg] = field(default_factory=dict)
    changed: set[Place] = field(default_factory=set)
    carried: set[str] = field(default_factory=set)
    results: dict[Hashable, tuple[set[Place], Any]] = field(default_factory=dict)
    watched: set[Place] = field(default_factory=set)
    seen: set[Place] = field(default_factory=set)
    scopes: dict[str, Scope] = field(default_factory=dict)
    opened: tuple[Focus | None, Stop | None] | None = None

    @property
    def stops(self) -> tuple[Stop, ...]:
        """All stops, in order."""
        return tuple(self.at.values())

    def scope(self, item: str = "") -> Scope:
        """What a question of this item may look at. A turn asks a dozen times, so it is kept as long as it holds."""
        kept = self.scopes.get(item)
        if kept is None or kept.seen is not self.seen or kept.draft is not self.draft:
            kept = self.scopes[item] = self.noting(item, self.seen)
        return kept

    def noting(self, item: str, seen: set[Place]) -> Scope:
        """The same; `seen` collects what a question does look at."""
        return Scope(self.draft, self.known, item, self.form.scheme, self.today, self.lookup, seen)

    def worked_out(self, name: Hashable, work: "Callable[[Walk], T]") -> T:
        """What `work` makes of this walk through its scopes; not done again while nothing it looked at changes."""
        kept = self.results.get(name)
        if kept is None:
            self.seen = set()
            kept = self.results[name] = self.seen, work(self)
            self.watched |= self.seen
            self.seen = set()
        found: T = kept[1]
        return found

    def stop(self, place: Place) -> Stop | None:
        """The stop in this place, if it applies."""
        return self.at.get(place)

    def fresh(self, before: "Walk") -> Iterator[Stop]:
        """The stops that an earlier walk did not find like this, in order."""
        for name, leg in self.legs.items():
            if (old := before.legs.get(name)) is not leg:
                met = old.stops if old else {}
                yield from (stop for place, stop in leg.stops.items() if met.get(place) is not stop)

    def open(self) -> Stop | None:
        """The question that is open: the focused one, then a paper with pages that wait for a decision, the focused
        section's first, what is to be mended, the first of all."""
        focus = self.draft.focus
        if self.opened is None or self.opened[0] is not focus:
            self.opened = focus, self._found_open(focus)
        return self.opened[1]

    def _found_open(self, focus: Focus | None) -> Stop | None:
        if focus and focus.place and (stop := self.stop(focus.place)):
            return stop
        first, inside = None, None
        for leg in self.legs.values():
            if leg.undecided:
                return leg.undecided[0]
            if leg.waiting:
                stop = leg.waiting[0]
                first = first or stop
                if inside is None and focus and stop.section.key == focus.section:
                    inside = stop
        if inside is None and (to_mend := self.to_mend()):
            return to_mend[0]
        return inside or first

    def to_mend(self) -> tuple[Stop, ...]:
        """What the verifier wants mended and has no new answer yet, in the order of the form; the letter comes last."""
        picked = self.known.get(TO_MEND)
        if not picked or not isinstance(picked, tuple):
            return ()
        return tuple(stop for stop in self.stops if written(stop.place) in picked)

    def must_mend(self, place: Place) -> bool:
        """Whether this one is to be mended."""
        picked = self.to_mend()
        return bool(picked) and place in [stop.place for stop in picked]

    def before(self, place: Place) -> Stop | None:
        """The question before this one, as the person met them; computed ones are passed over."""
        back = reversed(self.at)
        if place not in back:  # which has gone back as far as this place
            return None
        for earlier in back:
            if not self._silent(stop := self.at[earlier]):
                return stop
        return None

    def _silent(self, stop: Stop) -> bool:
        answer = self.draft.answers.get(stop.place)
        computed = answer is not None and answer.source is Source.COMPUTED
        to_come = stop.place.item not in ("", *self.draft.items.get(stop.section.key, ()))
        named = stop.section.repeat is not None and stop.place.question == stop.section.repeat.name
        consent = stop.section.key == "persetujuan"
        return computed or consent or (to_come and not named) or (stop.question.on_request and not stop.passed)


def walk(form: Form, draft: Draft, today: date, lookup: Lookup = no_list, before: Walk | None = None) -> Walk:
    """Walk the whole form; stops at an ending that holds. `before`: a walk of an earlier draft of this report, what it
    derived kept there; its legs are taken over as far as they still hold."""
    if before is None or not comparable(before, form, draft, today):
        before = Walk(form, Draft(), today)
    elif is_same(before.draft, draft):
        return Walk(form, draft, today, lookup, before.at, before.known, {}, before.ending, before.layout, before.legs,
                    set(), before.carried, before.results, before.watched, opened=before.opened)  # fmt: skip
    found = Walk(form, draft, today, lookup)
    note_changes(before, found)
    if found.layout is not before.layout or before.ending or not _amended(found, before):
        _made(found, before)
    found.watched, found.results, changed = before.watched, before.results.copy(), found.changed
    if not changed.isdisjoint(found.watched):
        found.results = {name: kept for name, kept in found.results.items() if kept[0].isdisjoint(changed)}
    return found


def _made(found: Walk, before: Walk) -> None:
    """Go from leg to leg, to the end or to an ending."""
    found.at, found.known, found.legs = {}, {}, {}
    for name, (section, make) in found.layout.items():
        leg = before.legs.get(name)
        if leg is None or not leg.seen.isdisjoint(found.changed):
            leg = make(found, section, name, leg)
        found.legs[name] = leg
        found.at.update(leg.stops)
        found.known.update(leg.known)
        if leg.ending:
            found.ending = leg.ending
            found.changed |= before.known.keys() - found.known.keys()  # what comes behind an ending is not known
            return


def _amended(found: Walk, before: Walk) -> bool:
    """Take over everything but the legs that something has changed in, where the legs are the same ones; False where an
    ending cuts them short. What later legs made known is known all the time: nothing looks ahead."""
    found.at, found.known, found.legs = before.at.copy(), before.known.copy(), before.legs.copy()
    in_order = True
    for name, old in before.legs.items():
        if old.seen.isdisjoint(found.changed):
            continue
        section, make = found.layout[name]
        leg = found.legs[name] = make(found, section, name, old)
        if leg.ending:
            return False
        found.at.update(leg.stops)
        in_order = in_order and [*leg.stops] == [*old.stops]
    if not in_order:
        found.at = {place: stop for leg in found.legs.values() for place, stop in leg.stops.items()}
    return True
