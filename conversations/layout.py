"""What a walk begins with: what differs from the walk before, and which legs there are, in order."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from conversations.answers import Place
from conversations.draft import Draft
from conversations.draft import changed as answers_changed
from conversations.form import Form, Section
from conversations.legs import Leg, all_listed, entries, first_to_come, still_same

if TYPE_CHECKING:
    from conversations.route import Walk

Make = Callable[["Walk", Section, Place, Leg | None], Leg]


def comparable(before: "Walk", form: Form, draft: Draft, today: date) -> bool:
    """Whether only answers and items may differ: all else that a leg looks at is the same."""
    old = before.draft
    return before.form is form and before.today == today and old.identity == draft.identity and old.past == draft.past


def is_same(old: Draft, new: Draft) -> bool:
    """Whether answers and items surely do not differ either."""
    return old.answers is new.answers and old.items is new.items and old.made is new.made


def note_changes(before: "Walk", now: "Walk") -> None:
    """Note the places with another answer, the groups with other items and what was known in items that are gone, the
    sections carried over or no longer; lay out the legs, which are the same ones as long as only answers differ."""
    old, new, changed = before.draft, now.draft, now.changed
    changed |= answers_changed(old.answers, new.answers)
    groups = set()
    if old.items is not new.items or old.made is not new.made:
        groups = {Place(key) for key in {*old.items, *new.items, *old.made, *new.made}
                  if old.items.get(key) != new.items.get(key) or old.made.get(key) != new.made.get(key)}  # fmt: skip
    if groups or before.carried or any(map(new.is_carried, changed)):
        now.carried = {
            now.form.section_of[place.question].key
            for place in new.answers
            if new.is_carried(place) and (not place.item or _here(now, place))
        }
        groups |= {Place(now.form.section(key).still_same) for key in before.carried ^ now.carried}
    changed |= groups
    now.layout = before.layout if before.layout and not groups else _layout(now, before)
    if groups:
        for name in before.legs.keys() - now.layout.keys():
            changed |= before.legs[name].known.keys()


def _layout(now: "Walk", before: "Walk") -> dict[Place, tuple[Section, Make]]:
    """The legs in order: each section; for a repeat group its items, then whether that was all. An empty group shows
    its first item to come."""
    layout: dict[Place, tuple[Section, Make]] = {}
    for section in now.form.sections:
        if not section.repeat:
            layout[Place(section.key)] = section, entries
            continue
        if section.key in now.carried:
            layout[Place(section.still_same)] = section, still_same
        items = now.draft.items.get(section.key, ())
        for item in items:
            layout[Place(section.key, item)] = section, entries
        if items:
            layout[Place(section.all_listed)] = section, all_listed
        else:
            layout[Place(section.key, _to_come(now, before, section.key))] = section, first_to_come
    return layout


def _to_come(now: "Walk", before: "Walk", group: str) -> str:
    """The id of an empty group's first item. Working it out costs as much as a leg."""
    if Place(group) not in now.changed and (name := next((n for n in before.layout if n[0] == group), None)):
        return name.item
    return now.draft.next_item(group)


def _here(now: "Walk", place: Place) -> bool:
    return place.item in now.draft.items.get(now.form.section_of[place.question].key, ())
