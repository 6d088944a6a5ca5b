"""Walking the form with a draft: which questions apply, in order, what they are worth, and which is open.
One pass derives everything; nothing here is kept."""

from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from conversations.answers import Answer, Mark, Paper, Place, Source, Ticking, Value
from conversations.choices import YA
from conversations.draft import Draft
from conversations.form import AllListed, Ending, Form, Section, StillSame
from conversations.mending import TO_MEND, written
from conversations.problems import Problem
from conversations.questions import Lookup, Option, Question, Scope, no_list


@dataclass(frozen=True, slots=True)
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


@dataclass(slots=True)
class Walk:
    """One pass over the form: `stops` in order, `known` values of everything that applies, the `derived` answers
    that differ from those in the draft, and the `ending` that was reached, if any."""

    form: Form
    draft: Draft
    today: date
    stops: list[Stop] = field(default_factory=list)
    known: dict[Place, Value] = field(default_factory=dict)
    derived: dict[Place, Value | None] = field(default_factory=dict)
    ending: Ending | None = None
    carried: set[str] = field(default_factory=set)
    lookup: Lookup = no_list

    def scope(self, item: str = "") -> Scope:
        """What a question of this item may look at."""
        return Scope(self.draft, self.known, item, self.form.scheme, self.today, self.lookup)

    def stop(self, place: Place) -> Stop | None:
        """The stop in this place, if it applies."""
        return next((stop for stop in self.stops if stop.place == place), None)

    def open(self) -> Stop | None:
        """The question that is open: the focused one, then a paper with pages that wait for a decision, the focused
        section's first, what is to be mended, the first of all."""
        focus = self.draft.focus
        if focus and focus.place and (stop := self.stop(focus.place)):
            return stop
        waiting = [stop for stop in self.stops if not stop.passed and not stop.question.on_request]
        inside = [stop for stop in waiting if focus and stop.section.key == focus.section]
        undecided = (stop for stop in self.stops if isinstance(stop.value, Paper) and stop.value.waiting)
        return next(chain(undecided, inside, self.to_mend(), waiting), None)

    def to_mend(self) -> tuple[Stop, ...]:
        """What the verifier wants mended and has no new answer yet, in the order of the form; the letter comes last."""
        picked = self.known.get(TO_MEND)
        if not picked or not isinstance(picked, tuple):
            return ()
        return tuple(stop for stop in self.stops if written(stop.place) in picked)

    def must_mend(self, place: Place) -> bool:
        """Whether this one is to be mended."""
        return any(stop.place == place for stop in self.to_mend())

    def before(self, place: Place) -> Stop | None:
        """The question before this one, as the person met them; computed ones are passed over."""
        asked = [stop for stop in self.stops if stop.place == place or not self._silent(stop)]
        index = next((i for i, stop in enumerate(asked) if stop.place == place), 0)
        return asked[index - 1] if index > 0 else None

    def _silent(self, stop: Stop) -> bool:
        answer = self.draft.answers.get(stop.place)
        computed = answer is not None and answer.source is Source.COMPUTED
        to_come = stop.place.item not in ("", *self.draft.items.get(stop.section.key, ()))
        named = stop.section.repeat is not None and stop.place.question == stop.section.repeat.name
        consent = stop.section.key == "persetujuan"
        return computed or consent or (to_come and not named) or (stop.question.on_request and not stop.passed)


def walk(form: Form, draft: Draft, today: date, lookup: Lookup = no_list) -> Walk:
    """Walk the whole form; stops at an ending that holds."""
    found = Walk(form, draft, today, lookup=lookup)
    found.carried = {
        form.section_of[place.question].key
        for place, answer in draft.answers.items()
        if answer.source is Source.CARRIED and (not place.item or _here(form, draft, place))
    }
    for section in form.sections:
        if section.applies and not section.applies.holds(found.scope()):
            continue
        if section.repeat:
            _walk_group(found, section)
        elif not _walk_entries(found, section, ""):
            return found
    return found


def _here(form: Form, draft: Draft, place: Place) -> bool:
    return place.item in draft.items.get(form.section_of[place.question].key, ())


def _ask_whether_same(found: Walk, section: Section) -> None:
    """Put the question whether what was carried over is still so before the first answer it is about."""
    place = Place(section.still_same)
    if found.stops and any(stop.place == place for stop in reversed(found.stops)):
        return
    answer = found.draft.answers.get(place)
    found.stops.append(Stop(_still_same_question(section), section, place, answer.value if answer else None))


def _walk_group(found: Walk, section: Section) -> None:
    """The items of a repeat group, then whether that was all. An empty group shows its first item to come."""
    if section.key in found.carried:
        _ask_whether_same(found, section)
    items = found.draft.items.get(section.key, ())
    all_listed = found.draft.answers.get(Place(section.all_listed))
    for item in items or (found.draft.next_item(section.key),):
        _walk_entries(found, section, item, put_off=not items and all_listed is not None)
    if items:
        question = all_listed_question(section)
        value = all_listed.value if all_listed else None
        found.stops.append(Stop(question, section, Place(section.all_listed), value))


def _walk_entries(found: Walk, section: Section, item: str, *, put_off: bool = False) -> bool:
    """The entries of a section for one item; False where an ending was reached."""
    scope = found.scope(item)
    for entry in section.entries:
        if isinstance(entry, Ending):
            if entry.when.holds(scope):
                found.ending = entry
                return False
            continue
        place = Place(entry.key, item)
        if not entry.when.holds(scope):
            if entry.otherwise is not None and all(scope.value(key) is not None for key in entry.when.mentions()):
                found.known[place] = entry.otherwise
            continue
        value = _value(found, entry, place, scope)
        if put_off and value is None:
            value = Mark.NANTI
        if isinstance(value, Ticking) and value.before is not None:
            value = value.before
        problem = None
        if value is not None and not isinstance(value, Mark | Ticking):
            problem = entry.against(value, scope)
            value = None if problem else value
        if value is not None:
            found.known[place] = value
        if section.key in found.carried and not item and _is_carried(found, place):
            _ask_whether_same(found, section)
        found.stops.append(Stop(entry, section, place, value, problem))
    return True


def _value(found: Walk, question: Question, place: Place, scope: Scope) -> Value | None:
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


def _is_carried(found: Walk, place: Place) -> bool:
    answer = found.draft.answers.get(place)
    return answer is not None and answer.source is Source.CARRIED


def _still_same_question(section: Section) -> StillSame:
    return StillSame(
        key=section.still_same,
        label=section.title,
        short="Masih sama atau berubah",
        ask="Ini jawaban Anda di laporan sebelumnya. Masih sama?",
        help="Kalau semuanya masih benar, tekan Masih sama. Kalau ada yang lain, tekan Ada yang berubah.",
        choices=(Option(YA, "Masih sama", ("sama", "masih", "sama saja", "tetap")),),
        export=False,
        acknowledged=False,
    )


def all_listed_question(section: Section) -> AllListed:
    """The question behind the last item: its cards and whether that was all."""
    noun = section.repeat.noun if section.repeat else ""
    return AllListed(
        key=section.all_listed,
        label=section.title,
        ask="Masih ada {sebutan} lain? Tulis namanya, atau tekan Sudah semua.",
        help="Tulis nama yang belum tercatat di bawah ini. Kalau semuanya sudah tercatat, tekan Sudah semua.",
        needed=False,
        export=False,
        example=noun,
    )
