"""What a turn changed in a draft, written to its rows. Plain functions of one connection inside one transaction."""

from collections.abc import Set
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, bindparam, delete, insert, literal_column, update
from sqlmodel import SQLModel

from conversations.answers import Answer as DraftAnswer
from conversations.answers import Place, to_json
from conversations.draft import Draft
from conversations.form import Form
from conversations.route import Walk
from storage.backlog import Backlog, together
from storage.prepared import OfMany, Prepared
from storage.tables import Answer, AnswerChange, Company, Item, Person, Report

if TYPE_CHECKING:
    from storage.reports import Desk

_PERSON, _COMPANY, _REPORT, _ANSWER, _ITEM, _CHANGE = (
    SQLModel.metadata.tables[model.__tablename__]  # type: ignore[index]  # SQLModel gives its name at run time
    for model in (Person, Company, Report, Answer, Item, AnswerChange)
)
_THIS_ANSWER = and_(*(_ANSWER.c[name] == bindparam(f"the_{name}") for name in ("report_id", "item_id", "question")))
_NEW_ANSWER, _NEW_ITEM = Prepared(insert(_ANSWER)), Prepared(insert(_ITEM))
_NEW_CHANGE = Prepared(insert(_CHANGE), ("report_id", "item_id", "question", "old", "new", "by", "at"))
_SET_ANSWER = Prepared(update(_ANSWER).where(_THIS_ANSWER), ("value", "source", "by", "at", "message_id"))
_DROP_ANSWER = Prepared(delete(_ANSWER).where(_THIS_ANSWER))
_REMOVE = Prepared(update(_ITEM).where(_ITEM.c.id == bindparam("item")), ("removed_at",))
_MOVE = Prepared(
    update(_PERSON).where(_PERSON.c.id == bindparam("person")),
    ("shown_question", "shown_item", "misses", "tries", "focus"),
)
_TOUCH = Prepared(update(_REPORT).where(_REPORT.c.id == bindparam("report")), ("state", "updated_at"))
_OF_PERIOD = Prepared(update(_REPORT).where(_REPORT.c.id == bindparam("report")), ("period",))
_BUMP = OfMany(update(_COMPANY).values(revision=literal_column("revision + 1")), _COMPANY.c.id)

_OFTEN_ENOUGH = timedelta(hours=1)  # for when a report was last filled in: a row less for most answers

_NO_PLACE = Place("")
_PERIOD = Place("data_umum.periode_yang_dilaporkan"), Place("data_umum.tahun")


def save(
    connection: Connection,
    form: Form,
    desk: "Desk",
    draft: Draft,
    differ: Set[Place],
    state: str,
    now: datetime,
    walk: Walk | None = None,
) -> "Desk":
    """Write what differs between the desk's draft and `draft`, the answers to `differ` (see `changed`); the desk as
    `load` would give it then. It must have its rows."""
    revision, old = desk.revision, desk.draft
    same = old.items is draft.items and old.made is draft.made  # as almost always
    items = not same and (old.items != draft.items or old.made != draft.made)
    with together(connection) as backlog:
        if desk.company_id in backlog.firms:  # rows of one save may be written in any order, those of two may not
            backlog.write()
        backlog.firms.add(desk.company_id)
        if items:
            _save_items(backlog, desk, draft, now)
        for place in differ:
            if (answer := draft.answers.get(place)) is not None:
                _save_answer(backlog, form, desk, place, answer, now)
            else:
                _remove_answer(backlog, form, desk, place, now)
        if differ:
            desk = _save_report(backlog, form, desk, draft, differ, state, now)
        if differ or items:
            backlog.add_id(_BUMP, desk.company_id)
            revision += 1
        if (old.shown, old.misses, old.tries, old.focus) != (draft.shown, draft.misses, draft.tries, draft.focus):
            backlog.add(_MOVE, {"person": desk.person_id, **_position(draft)})
    identity = str(desk.report_id)  # an owner's first turn was taken before there was a report
    kept = draft if draft.identity == identity else draft._replace(identity=identity)
    return desk._replace(draft=kept, revision=revision, walk=walk)


def _position(draft: Draft) -> dict[str, object]:
    """Where the person is, as the columns of Person."""
    focus = draft.focus
    place = focus.place if focus and focus.place else _NO_PLACE
    return {
        "shown_question": draft.shown.question if draft.shown else None,
        "shown_item": draft.shown.item if draft.shown else "",
        "misses": draft.misses,
        "tries": list(draft.tries) or None,
        "focus": {"section": focus.section, "question": place.question, "item": place.item} if focus else None,
    }


def _save_items(backlog: Backlog, desk: "Desk", draft: Draft, now: datetime) -> None:
    for group in draft.items.keys() | desk.draft.items.keys():
        old, new = desk.draft.items.get(group, ()), draft.items.get(group, ())
        if old == new:
            continue
        made = range(desk.draft.made.get(group, 0), draft.made.get(group, 0))
        fresh = {draft.item_id(group, number): number for number in made}
        for item, number in fresh.items():
            row = {"id": item, "report_id": desk.report_id, "group": group, "position": number}
            backlog.add(_NEW_ITEM, row | {"removed_at": None if item in new else now})
        for item in new:
            if item not in old and item not in fresh:
                backlog.add(_REMOVE, {"item": item, "removed_at": None})
        for item in set(old) - set(new):
            backlog.add(_REMOVE, {"item": item, "removed_at": now})


def _save_answer(
    backlog: Backlog, form: Form, desk: "Desk", place: Place, answer: DraftAnswer, now: datetime
) -> None:
    key = _key(form, desk, place)
    values = {
        "value": to_json(answer.value),
        "source": str(answer.source),
        "by": desk.person_id,
        "at": now,
        "message_id": answer.message_id,
    }
    old = desk.draft.answers.get(place)
    if old is None:
        backlog.add(_NEW_ANSWER, key | values)
        return
    backlog.add(_SET_ANSWER, _named(key) | values)
    change = key | {"old": to_json(old.value), "new": values["value"], "by": desk.person_id, "at": now}
    backlog.add(_NEW_CHANGE, change)


def _remove_answer(backlog: Backlog, form: Form, desk: "Desk", place: Place, now: datetime) -> None:
    key = _key(form, desk, place)
    backlog.add(_DROP_ANSWER, _named(key))
    old = to_json(desk.draft.answers[place].value)
    backlog.add(_NEW_CHANGE, key | {"old": old, "new": None, "by": desk.person_id, "at": now})


def _key(form: Form, desk: "Desk", place: Place) -> dict[str, object]:
    report_id = desk.profile_id if form.of_company(place.question) else desk.report_id
    return {"report_id": report_id, "item_id": place.item, "question": place.question}


def _named(key: dict[str, object]) -> dict[str, object]:
    """The key as parameters of a WHERE; the names of columns mean new values."""
    return {f"the_{name}": value for name, value in key.items()}


def _save_report(
    backlog: Backlog,
    form: Form,
    desk: "Desk",
    draft: Draft,
    differ: Set[Place],
    state: str,
    now: datetime,
) -> "Desk":
    """The period of the report stands in its own column, where UNIQUE keeps it single. The desk with what its row says."""
    if not differ.isdisjoint(_PERIOD):
        name, year = (draft.answers[key].value if key in draft.answers else None for key in _PERIOD)
        period = form.scheme.named(str(name), year) if isinstance(year, int) else None
        kept = f"{form.scheme.name}:{period.key}" if period else None
        backlog.add(_OF_PERIOD, {"report": desk.report_id, "period": kept})
    if state == desk.state and desk.touched_at and now - desk.touched_at < _OFTEN_ENOUGH:
        return desk
    backlog.add(_TOUCH, {"report": desk.report_id, "updated_at": now, "state": state})
    return desk._replace(state=state, touched_at=now)
