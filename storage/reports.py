"""Drafts to rows and back: the only place that knows both, and the only one that writes answers and items. Plain
functions of one connection inside one transaction; they commit nothing and know no channel."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlmodel import SQLModel

from conversations.answers import Answer as DraftAnswer
from conversations.answers import Place, Source, from_json, to_json
from conversations.draft import Draft, Focus
from conversations.form import Form
from conversations.route import Walk
from storage.past import past
from storage.prepared import Prepared, unwaited
from storage.tables import Answer, AnswerChange, Company, Item, Person, Report


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before a person: who they are (None before consent), their firm's profile, the open report, its draft,
    the language. Ids are row ids, 0 where there is no row yet. `interrupted`: see Person. `revision` is the firm's when
    the answers were read, `walk` what the last turn made of them."""

    draft: Draft
    person_id: int | None = None
    company_id: int = 0
    profile_id: int = 0
    report_id: int = 0
    locale: str = "id"
    interrupted: bool = False
    revision: int = 0
    walk: Walk | None = None


# Statements are made once: building one for each call costs three times its execution.
_PERSON, _COMPANY, _REPORT, _ANSWER, _ITEM, _CHANGE = (
    SQLModel.metadata.tables[model.__tablename__]  # type: ignore[index]  # SQLModel gives its name at run time
    for model in (Person, Company, Report, Answer, Item, AnswerChange)
)
_PROFILE = _REPORT.alias("profile")
_DESK = Prepared(
    select(
        *(_PERSON.c[name] for name in ("id", "locale", "shown_question", "shown_item", "misses", "focus")),
        _PERSON.c.interrupted,
        _REPORT.c.company_id,
        _PROFILE.c.id,
        _REPORT.c.id,
        _COMPANY.c.revision,
    )
    .join(_REPORT, _REPORT.c.id == func.coalesce(bindparam("named", type_=Integer), _PERSON.c.open_report_id))
    .join(_COMPANY, _COMPANY.c.id == _REPORT.c.company_id)
    .join(
        _PROFILE,
        and_(_PROFILE.c.company_id == _REPORT.c.company_id, _PROFILE.c.kind == literal_column("'perusahaan'")),
    )
    .where(_PERSON.c.chat_id == bindparam("chat", type_=BigInteger))
)
_ANSWERS = select(*(_ANSWER.c[name] for name in ("question", "item_id", "value", "source", "message_id"))).where(
    _ANSWER.c.report_id.in_([bindparam("profile"), bindparam("report")])
)
_ITEMS = (
    select(_ITEM.c.group, _ITEM.c.id, _ITEM.c.removed_at)
    .where(_ITEM.c.report_id == bindparam("report"))
    .order_by(_ITEM.c.position)
)
_SOURCES = {source.value: source for source in Source}


def load(connection: Connection, chat_id: int, report_id: int | None = None, kept: Desk | None = None) -> Desk:
    """The desk of the person with this chat, with their open report or the one named (which must be of their firm);
    an empty one for somebody unknown. Answers and items are not read again where `kept`, a desk of this chat from
    before, still has them all. Call it under the lock of the chat."""
    rows = _DESK.rows(connection, {"chat": chat_id, "named": report_id})
    if not rows:
        return Desk(Draft())
    person_id, locale, question, item, misses, focus, interrupted, company_id, profile_id, report_id, revision = rows[
        0
    ]
    here = {"focus": _focus(focus), "shown": Place(question, item) if question else None, "misses": misses}
    same = (person_id, company_id, report_id, revision)
    if kept and (kept.person_id, kept.company_id, kept.report_id, kept.revision) == same:
        return replace(kept, draft=replace(kept.draft, **here), locale=locale, interrupted=bool(interrupted))
    items, made = _items(connection, report_id)
    draft = Draft(
        identity=str(report_id),
        answers=_answers(connection, profile_id, report_id),
        items=items,
        made=made,
        past=past(connection, company_id, report_id),
        **here,
    )
    return Desk(draft, person_id, company_id, profile_id, report_id, locale, bool(interrupted), revision)


def _answers(connection: Connection, profile_id: int, report_id: int) -> dict[Place, DraftAnswer]:
    rows = connection.execute(_ANSWERS, {"profile": profile_id, "report": report_id}).all()
    return {
        Place(question, item): DraftAnswer(from_json(value), _SOURCES[source], message_id)
        for question, item, value, source, message_id in rows
    }


def _items(connection: Connection, report_id: int) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    items: dict[str, tuple[str, ...]] = {}
    made: dict[str, int] = {}
    for group, item, removed_at in connection.execute(_ITEMS, {"report": report_id}).all():
        made[group] = made.get(group, 0) + 1
        if removed_at is None:
            items[group] = (*items.get(group, ()), item)
    return items, made


def _focus(data: Mapping[str, str] | None) -> Focus | None:
    if not data:
        return None
    place = Place(data["question"], data["item"]) if data["question"] else None
    return Focus(data["section"], place)


_THIS_ANSWER = and_(*(_ANSWER.c[name] == bindparam(f"the_{name}") for name in ("report_id", "item_id", "question")))
_NEW_ANSWER, _NEW_ITEM = Prepared(insert(_ANSWER)), Prepared(insert(_ITEM))
_NEW_CHANGE = Prepared(insert(_CHANGE), ("report_id", "item_id", "question", "old", "new", "by", "at"))
_SET_ANSWER = Prepared(update(_ANSWER).where(_THIS_ANSWER), ("value", "source", "by", "at", "message_id"))
_DROP_ANSWER = Prepared(delete(_ANSWER).where(_THIS_ANSWER))
_REMOVE = Prepared(update(_ITEM).where(_ITEM.c.id == bindparam("item")), ("removed_at",))
_MOVE = Prepared(
    update(_PERSON).where(_PERSON.c.id == bindparam("person")), ("shown_question", "shown_item", "misses", "focus")
)
_TOUCH = Prepared(update(_REPORT).where(_REPORT.c.id == bindparam("report")), ("state", "updated_at"))
_OF_PERIOD = Prepared(update(_REPORT).where(_REPORT.c.id == bindparam("report")), ("period",))
_BUMP = Prepared(
    update(_COMPANY).where(_COMPANY.c.id == bindparam("company")).values(revision=literal_column("revision + 1"))
)


def save(
    connection: Connection,
    form: Form,
    desk: Desk,
    draft: Draft,
    state: str,
    now: datetime,
    walk: Walk | None = None,
) -> Desk:
    """Write what differs between the desk's draft and `draft`; the desk as `load` would give it then. It must have its
    rows."""
    before, after = desk.draft.answers, draft.answers
    new = [
        place for place, answer in after.items() if before.get(place) is not answer and before.get(place) != answer
    ]
    fresh = sum(place not in before for place in new)
    gone = before.keys() - after.keys() if len(after) < len(before) + fresh else set()
    items = desk.draft.items != draft.items or desk.draft.made != draft.made
    position, revision = _position(draft), desk.revision
    with unwaited(connection):
        if items:
            _save_items(connection, desk, draft, now)
        for place in new:
            _save_answer(connection, form, desk, place, after[place], now)
        for place in gone:
            _remove_answer(connection, form, desk, place, now)
        if new or gone:
            _save_report(connection, form, desk, draft, state, now)
        if new or gone or items:
            _BUMP.run(connection, {"company": desk.company_id})
            revision += 1
        if _position(desk.draft) != position:
            _MOVE.run(connection, {"person": desk.person_id, **position})
    identity = str(desk.report_id)  # an owner's first turn was taken before there was a report
    kept = draft if draft.identity == identity else replace(draft, identity=identity)
    return replace(desk, draft=kept, revision=revision, walk=walk)


def _position(draft: Draft) -> dict[str, object]:
    """Where the person is, as the columns of Person."""
    focus = draft.focus
    place = focus.place if focus and focus.place else Place("")
    return {
        "shown_question": draft.shown.question if draft.shown else None,
        "shown_item": draft.shown.item if draft.shown else "",
        "misses": draft.misses,
        "focus": {"section": focus.section, "question": place.question, "item": place.item} if focus else None,
    }


def _save_items(connection: Connection, desk: Desk, draft: Draft, now: datetime) -> None:
    for group in draft.items.keys() | desk.draft.items.keys():
        old, new = desk.draft.items.get(group, ()), draft.items.get(group, ())
        if old == new:
            continue
        made = range(desk.draft.made.get(group, 0), draft.made.get(group, 0))
        fresh = {draft.item_id(group, number): number for number in made}
        for item, number in fresh.items():
            row = {"id": item, "report_id": desk.report_id, "group": group, "position": number}
            _NEW_ITEM.run(connection, row | {"removed_at": None if item in new else now})
        for item in new:
            if item not in old and item not in fresh:
                _REMOVE.run(connection, {"item": item, "removed_at": None})
        for item in set(old) - set(new):
            _REMOVE.run(connection, {"item": item, "removed_at": now})


def _save_answer(
    connection: Connection, form: Form, desk: Desk, place: Place, answer: DraftAnswer, now: datetime
) -> None:
    key = _key(form, desk, place)
    values = {
        "value": to_json(answer.value),
        "source": answer.source.value,
        "by": desk.person_id,
        "at": now,
        "message_id": answer.message_id,
    }
    old = desk.draft.answers.get(place)
    if old is None:
        _NEW_ANSWER.run(connection, key | values)
        return
    _SET_ANSWER.run(connection, _named(key) | values)
    change = key | {"old": to_json(old.value), "new": values["value"], "by": desk.person_id, "at": now}
    _NEW_CHANGE.run(connection, change)


def _remove_answer(connection: Connection, form: Form, desk: Desk, place: Place, now: datetime) -> None:
    key = _key(form, desk, place)
    _DROP_ANSWER.run(connection, _named(key))
    old = to_json(desk.draft.answers[place].value)
    _NEW_CHANGE.run(connection, key | {"old": old, "new": None, "by": desk.person_id, "at": now})


def _key(form: Form, desk: Desk, place: Place) -> dict[str, object]:
    report_id = desk.profile_id if form.of_company(place.question) else desk.report_id
    return {"report_id": report_id, "item_id": place.item, "question": place.question}


def _named(key: dict[str, object]) -> dict[str, object]:
    """The key as parameters of a WHERE; the names of columns mean new values."""
    return {f"the_{name}": value for name, value in key.items()}


def _save_report(connection: Connection, form: Form, desk: Desk, draft: Draft, state: str, now: datetime) -> None:
    """The period of the report stands in its own column, where UNIQUE keeps it single."""
    keys = (Place("data_umum.periode_yang_dilaporkan"), Place("data_umum.tahun"))
    if any(desk.draft.answers.get(key) != draft.answers.get(key) for key in keys):
        name, year = (draft.answers[key].value if key in draft.answers else None for key in keys)
        period = form.scheme.named(str(name), year) if isinstance(year, int) else None
        kept = f"{form.scheme.name}:{period.key}" if period else None
        _OF_PERIOD.run(connection, {"report": desk.report_id, "period": kept})
    _TOUCH.run(connection, {"report": desk.report_id, "updated_at": now, "state": state})
