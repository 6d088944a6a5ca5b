"""One leg of a walk: the questions of a section, or of one item of a repeat group, that apply, and what they are
worth. It looks at the answers and at what earlier legs made known, and notes each place it looked at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from conversations.answers import Answer, Mark, Paper, Place, Source, Ticking, Value, outside
from conversations.form import Ending, Section
from conversations.problems import Problem
from conversations.questions import Question
from conversations.scope import NO_ANSWER, Scope

if TYPE_CHECKING:
    from conversations.route import Walk


@dataclass(slots=True)  # frozen, it would cost thrice as much to make
class Stop:
    """A question that applies, where its answer belongs, and the answer's value (None: never answered, or no longer
    possible beside other answers: `problem` says why)."""

    question: Question
    section: Section
    place: Place
    value: Value | None
    problem: Problem | None = None

    @property
    def passed(self) -> bool:
        """Whether the walk may go on behind it: answered, left empty, or put off."""
        return self.value is not None and not isinstance(self.value, Ticking)

    @property
    def missing(self) -> bool:
        """Whether it is needed and has no answer."""
        return self.question.needed and (not self.passed or self.value is Mark.NANTI)


_UNUSUAL = Mark, Ticking, Paper  # every other value is an answer that leaves nothing to do


Places = TypeVar("Places", frozenset[Place], tuple[Place, ...])


class Met(NamedTuple):
    """What the walk found at one entry of a section: its place, the places it looked at, the stop where it applies,
    the value that is known from there on, the ending that holds."""

    place: Place
    seen: tuple[Place, ...]
    stop: Stop | None = None
    known: Value | None = None
    ending: Ending | None = None


@dataclass(slots=True)
class Leg:
    """What the walk met in one section or item, entry by entry, and every place it looked at there; `about` are those
    that concern it as a whole: the place of a group stands for which items it has, that of a section's `still_same` for
    whether something in it was carried over. `waiting`: the stops that are to be answered; `lacking`: those without
    which the report is not complete; `undecided`: papers with pages that wait for a decision."""

    about: tuple[Place, ...] = ()
    met: list[Met] = field(default_factory=list)
    seen: frozenset[Place] = frozenset()
    stops: dict[Place, Stop] = field(default_factory=dict)
    known: dict[Place, Value] = field(default_factory=dict)
    waiting: list[Stop] = field(default_factory=list)
    lacking: list[Stop] = field(default_factory=list)
    undecided: list[Stop] = field(default_factory=list)
    ending: Ending | None = None

    def add(self, stop: Stop) -> None:
        """One more stop."""
        self.stops[stop.place] = stop
        value = stop.value
        if value is not None and not isinstance(value, _UNUSUAL):
            return
        if not stop.passed and not stop.question.on_request:
            self.waiting.append(stop)
        if stop.missing:
            self.lacking.append(stop)
        if isinstance(value, Paper) and value.waiting:
            self.undecided.append(stop)


def still_same(found: "Walk", section: Section, _name: Place, _before: Leg | None) -> Leg:
    """Before a group's items: whether what was carried over is still so."""
    return _asked(found, section, section.asks_still_same)


def all_listed(found: "Walk", section: Section, _name: Place, _before: Leg | None) -> Leg:
    """Behind a group's items: whether that was all."""
    return _asked(found, section, section.asks_all_listed)


def first_to_come(found: "Walk", section: Section, name: Place, before: Leg | None) -> Leg:
    """The first item of an empty group; once the group was put off, so is everything in it."""
    about = outside(section.still_same), outside(section.all_listed), outside(section.key)
    return _entries(found, section, name, before, about, put_off=about[1] in found.draft.answers)


def entries(found: "Walk", section: Section, name: Place, before: Leg | None) -> Leg:
    """The entries of a section for one item, up to an ending that holds."""
    return _entries(found, section, name, before, (outside(section.still_same),))


def _entries(
    found: "Walk",
    section: Section,
    name: Place,
    before: Leg | None,
    about: tuple[Place, ...],
    *,
    put_off: bool = False,
) -> Leg:
    """What was met before at an entry still holds unless something it looked at has changed."""
    known, changed = found.known, found.changed
    looked = set(about)
    scope = found.noting(name.item, looked)
    if section.applies and not section.applies.holds(scope):
        return Leg(about, seen=_shared(frozenset(looked)))
    past = before.met if before and before.about == about and changed.isdisjoint(about) else []
    carried = section.key in found.carried and not name.item
    whole = before is not None and len(past) == len(section.entries) and not carried and not before.ending
    if before and whole and (amended := _amended(found, section, before, scope, put_off=put_off)):
        return amended
    for place in before.known if before else ():
        known.pop(place, None)
    leg = Leg(about)
    for entry, met in zip_longest(section.entries, past):
        if met is None or not changed.isdisjoint(met.seen):
            place = Place(entry.key, name.item) if name.item else outside(entry.key)
            met = _met(found, entry, place, scope, put_off=put_off)
            if before is None or before.known.get(met.place) != met.known:
                changed.add(met.place)
        leg.met.append(met)
        place = met.place
        if met.ending:
            leg.ending = met.ending
            break
        if met.known is not None:
            known[place] = leg.known[place] = met.known
        if met.stop:
            if carried and outside(section.still_same) not in leg.stops and found.draft.is_carried(place):
                # Whether what was carried over is still so, before the first answer it is about.
                leg.add(_about_section(found, section, section.asks_still_same))
            leg.add(met.stop)
    leg.seen = _looked_at(looked, leg.met)
    return leg


def _amended(found: "Walk", section: Section, before: Leg, scope: Scope, *, put_off: bool) -> Leg | None:
    """The leg with new values where something has changed; None where more than values may be new."""
    met, stops, known = before.met.copy(), before.stops.copy(), before.known.copy()
    about, seen, answered = scope.seen, before.seen, []
    found.known.update(known)
    for number, was in enumerate(before.met):
        if found.changed.isdisjoint(was.seen):
            continue
        now = met[number] = _met(found, section.entries[number], was.place, scope, put_off=put_off)
        if now.known is not was.known and (
            was.known is None or now.known != was.known
        ):  # a Decimal is slow to differ
            found.changed.add(was.place)
        if now.ending or (now.stop is None) != (was.stop is None):
            return None
        if now.stop:
            if now.stop.value is None or isinstance(now.stop.value, _UNUSUAL):
                return None
            stops[now.place] = now.stop
            answered.append(now.place)
        if now.seen != was.seen:
            seen = frozenset()
        if now.known is None:
            known.pop(now.place, None)
            found.known.pop(now.place, None)
        else:
            known[now.place] = found.known[now.place] = now.known
    waiting = [stop for stop in before.waiting if stop.place not in answered]
    lacking = [stop for stop in before.lacking if stop.place not in answered]
    undecided = [stop for stop in before.undecided if stop.place not in answered]
    return Leg(before.about, met, seen or _looked_at(about, met), stops, known, waiting, lacking, undecided)


def _looked_at(about: Iterable[Place], met: list[Met]) -> frozenset[Place]:
    seen: frozenset[Place] = _shared(frozenset(about).union(*[one.seen for one in met]))
    return seen


def _met(found: "Walk", entry: Question | Ending, place: Place, scope: Scope, *, put_off: bool) -> Met:
    """Look at one entry. The scope, which is the same for a whole leg, notes anew for each."""
    scope.seen = seen = {place}
    if isinstance(entry, Ending):
        ending = entry if entry.when.holds(scope) else None
        return Met(place, _shared(tuple(seen)), ending=ending)
    if not entry.when.holds(scope):
        counts = entry.otherwise is not None and all(scope.value(key) is not None for key in entry.when.mentions())
        return Met(place, _shared(tuple(seen)), known=entry.otherwise if counts else None)
    value = _value(found, entry, place, scope)
    if put_off and value is None:
        value = Mark.NANTI
    if isinstance(value, Ticking) and value.before is not None:
        value = value.before
    problem = None
    if value is not None and not isinstance(value, NO_ANSWER):
        problem = entry.against(value, scope)
        value = None if problem else value
    section = found.form.section_of[entry.key]
    return Met(place, _shared(tuple(seen)), Stop(entry, section, place, value, problem), value)


@lru_cache(maxsize=8192)
def _shared(places: Places) -> Places:
    """The same object for the same places: what a leg outside the items looks at is the same in thousands of chats."""
    return places


def _asked(found: "Walk", section: Section, question: Question) -> Leg:
    leg = Leg(seen=_shared(frozenset({Place(question.key)})))
    leg.add(_about_section(found, section, question))
    return leg


def _about_section(found: "Walk", section: Section, question: Question) -> Stop:
    """A question about a section as a whole, with its answer."""
    answer = found.draft.answers.get(Place(question.key))
    return Stop(question, section, Place(question.key), answer.value if answer else None)


def _value(found: "Walk", question: Question, place: Place, scope: Scope) -> Value | None:
    """The person's own answer, else what follows from others; a changed derivation is noted for keeping."""
    answer = found.draft.answers.get(place)
    if question.computed is None or (answer and answer.source not in (Source.COMPUTED, Source.LATER)):
        return answer.value if answer else None
    value = question.computed.compute(scope)
    kept: Answer | None = answer if answer and answer.source is Source.COMPUTED else None
    to_come = bool(place.item) and place.item not in found.draft.items.get(place.question.split(".")[0], ())
    if value is None:
        if kept:
            found.derived[place] = None
        return answer.value if answer and not kept else None
    if to_come:
        return value
    if kept is None or kept.value != value:
        found.derived[place] = value
    return value
