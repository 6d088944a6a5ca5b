"""A walk that takes over legs of the walk before it finds exactly what a walk of the whole form finds."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers import Answer, Mark, Place, Source, Value
from conversations.choices import Choice, Ticks
from conversations.draft import Draft, Past, changed
from conversations.form import AllListed
from conversations.route import Walk, walk
from conversations.warnings import PAST_AMOUNTS, warnings
from tests.roads import FORM
from tests.scenario_draft import TODAY, draft_of

FULL = [draft_of(name) for name in ("tempe", "konveksi", "kopi")]
DRAFTS = [*FULL, FULL[0]._replace(items={})]  # the last one with no item yet
GROUPS = [section.key for section in FORM.sections if section.repeat]
SOURCES = (Source.TYPED, Source.TYPED, Source.LATER, Source.CARRIED)
PAST = Past("2025-2", dict.fromkeys(PAST_AMOUNTS, 1))
ACTS = ("answer", "answer", "answer", "forget", "add", "remove", "back", "past", "tomorrow")


def same(one: Walk, other: Walk) -> bool:
    return (
        list(one.at.values()) == list(other.at.values())
        and (one.known, one.derived, one.ending, one.carried) == (other.known, other.derived, other.ending, other.carried)
        and warnings(one) == warnings(other)
    )  # fmt: skip


def settled(found: Walk) -> Walk:
    """The walk with what it derived kept, as Talk does it."""
    answers = dict(found.draft.answers)
    for place, value in found.derived.items():
        if value is None:
            answers.pop(place, None)
        else:
            answers[place] = Answer(value, Source.COMPUTED)
    found.draft = found.draft._replace(answers=answers)
    return found


def values(place: Place) -> list[Value]:
    """What may be answered there: what the three owners did, every option, and the marks."""
    question = FORM.by_key.get(place.question)
    said: list[Value] = [a.value for draft in FULL for p, a in draft.answers.items() if p.question == place.question]
    if isinstance(question, Ticks):
        said += [(), tuple(option.value for option in question.choices)]
    elif isinstance(question, Choice):
        said += [option.value for option in question.choices]
    return [*said, Mark.NANTI, Mark.KOSONG]


def acted(draft: Draft, places: list[Place], act: str, number: int, other: int) -> Draft:
    """The draft after one change, whatever it is."""
    place, group = places[number % len(places)], GROUPS[number % len(GROUPS)]
    items = draft.items.get(group, ())
    if act == "answer":
        may = values(place)
        return draft.with_answer(place, Answer(may[other % len(may)], SOURCES[other % len(SOURCES)]))
    if act == "forget":
        return draft.without(place)
    if act == "add":
        return draft.with_item(group)
    if act == "remove" and items:
        return draft.without_item(group, items[other % len(items)])
    if act == "back" and draft.made.get(group):
        return draft.with_item_back(group, draft.item_id(group, other % draft.made[group]))
    return draft._replace(past=() if draft.past else (PAST,)) if act == "past" else draft


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 2),
    st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 500), st.integers(0, 50)), max_size=12),
)
def test_whatever_changes_the_shorter_walk_finds_the_same(who: int, acts: list[tuple[str, int, int]]) -> None:
    draft, today = DRAFTS[who], TODAY
    before = settled(walk(FORM, draft, today))
    for act, number, other in acts:
        places = [stop.place for stop in before.stops if not isinstance(stop.question, AllListed)]
        places += [Place(f"{group}.sudah_semua") for group in GROUPS]
        today += timedelta(days=200 if act == "tomorrow" else 0)
        draft = acted(before.draft, places, act, number, other)
        again, whole = walk(FORM, draft, today, before=before), walk(FORM, draft, today)
        assert same(again, whole), (act, number, other)
        before = settled(again)


def test_an_answer_that_nothing_depends_on_costs_one_leg() -> None:
    before = settled(walk(FORM, DRAFTS[0], TODAY))
    place = Place("data_umum.nilai_mesin")
    again = walk(FORM, DRAFTS[0].with_answer(place, Answer(5, Source.TYPED)), TODAY, before=before)
    anew = [name.question for name, leg in again.legs.items() if before.legs[name] is not leg]
    assert anew == ["data_umum"]
    assert again.changed == {place}


def test_an_empty_group_that_is_put_off_is_put_off_whole() -> None:
    before = settled(walk(FORM, DRAFTS[3], TODAY))
    later = Answer(Mark.NANTI, Source.LATER)
    again = walk(FORM, before.draft.with_answer(Place("bahan_baku.sudah_semua"), later), TODAY, before=before)
    assert {s.value for s in before.stops if s.section.key == "bahan_baku"} == {None}
    assert {s.value for s in again.stops if s.section.key == "bahan_baku"} == {Mark.NANTI}


few = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2), max_size=6)


@given(few, few, st.booleans())
def test_the_answers_that_differ_are_found_in_a_copy_and_in_any_other_order(
    old: dict[str, int], more: dict[str, int], copied: bool
) -> None:
    before = {Place(key): Answer(value, Source.TYPED) for key, value in old.items()}
    after = {Place(key): Answer(value, Source.TYPED) for key, value in more.items()}
    now = {**before, **after} if copied else after
    assert changed(before, now) == {p for p in {*before, *now} if before.get(p) != now.get(p)}
