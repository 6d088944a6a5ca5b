"""Drafts to rows and back: the only place that knows both. Plain functions of one connection inside one
transaction; they commit nothing and know no channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import BindParameter, Connection, and_, bindparam, delete, func, insert, select, update
from sqlmodel import SQLModel

from conversations.answers import Answer as DraftAnswer
from conversations.answers import Place, Source, Value, from_json, to_json
from conversations.draft import Draft, Focus, Past
from conversations.form import Form
from conversations.warnings import PAST_AMOUNTS, PAST_ITEMS
from storage.tables import Answer, AnswerChange, Item, Person, Report

_LETTER = "surat_pernyataan.nomor"


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before a person: who they are (None before consent), their firm's profile, the open report, its draft,
    the language. Ids are row ids, 0 where there is no row yet. `interrupted`: see Person. `blocked`: they had blocked us."""

    draft: Draft
    person_id: int | None = None
    company_id: int = 0
    profile_id: int = 0
    report_id: int = 0
    locale: str = "id"
    interrupted: bool = False
    blocked: bool = False


# Statements are made once: building one for each call costs three times its execution.
_PERSON, _REPORT, _ANSWER, _ITEM, _CHANGE = (
    SQLModel.metadata.tables[model.__tablename__]  # type: ignore[index]  # SQLModel gives its name at run time
    for model in (Person, Report, Answer, Item, AnswerChange)
)
_PROFILE = _REPORT.alias("profile")
_OF_PERSON = ("id", "locale", "shown_question", "shown_item", "misses", "focus", "interrupted", "blocked_at")
_DESK = (
    select(
        *(_PERSON.c[name] for name in _OF_PERSON),
        _REPORT.c.company_id,
        _PROFILE.c.id,
        _REPORT.c.id,
    )
    .join(_REPORT, _REPORT.c.id == func.coalesce(bindparam("named"), _PERSON.c.open_report_id))
    .join(_PROFILE, and_(_PROFILE.c.company_id == _REPORT.c.company_id, _PROFILE.c.kind == "perusahaan"))
    .where(_PERSON.c.chat_id == bindparam("chat"))
)
_ANSWERS = select(*(_ANSWER.c[name] for name in ("question", "item_id", "value", "source", "message_id"))).where(
    _ANSWER.c.report_id.in_([bindparam("profile"), bindparam("report")])
)
_ITEMS = (
    select(_ITEM.c.group, _ITEM.c.id, _ITEM.c.removed_at)
    .where(_ITEM.c.report_id == bindparam("report"))
    .order_by(_ITEM.c.position)
)
_OTHERS = select(_REPORT.c.id, _REPORT.c.period).where(
    _REPORT.c.company_id == bindparam("company"),
    _REPORT.c.id != bindparam("report"),
    _REPORT.c.period.is_not(None),
)
_NUMBERS: BindParameter[int] = bindparam("numbers", expanding=True)
_REMOVED = select(_ITEM.c.id).where(_ITEM.c.report_id.in_(_NUMBERS), _ITEM.c.removed_at.is_not(None))
_EARLIER = select(*(_ANSWER.c[name] for name in ("report_id", "item_id", "question", "value"))).where(
    _ANSWER.c.report_id.in_(_NUMBERS), _ANSWER.c.question.in_((*PAST_AMOUNTS, *PAST_ITEMS, _LETTER))
)
_SOURCES = {source.value: source for source in Source}


def load(connection: Connection, chat_id: int, report_id: int | None = None) -> Desk:
    """The desk of the person with this chat, with their open report or the one named (which must be of their firm);
    an empty one for somebody unknown."""
    row = connection.execute(_DESK, {"chat": chat_id, "named": report_id}).first()
    if row is None:
        return Desk(Draft())
    person_id, locale, question, item, misses, focus, interrupted, blocked, company_id, profile_id, report_id = row
    items, made = _items(connection, report_id)
    draft = Draft(
        identity=str(report_id),
        answers=_answers(connection, profile_id, report_id),
        items=items,
        made=made,
        focus=_focus(focus),
        shown=Place(question, item) if question else None,
        misses=misses,
        past=_past(connection, company_id, report_id),
    )
    return Desk(draft, person_id, company_id, profile_id, report_id, locale, interrupted, blocked is not None)


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
    place = Place(data["question"], data["item"]) if data and data["question"] else None
    return Focus(data["section"], place) if data else None


def _past(connection: Connection, company_id: int, report_id: int) -> tuple[Past, ...]:
    """The firm's other reports that have a period, with the amounts that may not shrink."""
    reports = connection.execute(_OTHERS, {"company": company_id, "report": report_id}).all()
    if not reports:
        return ()
    numbers = {"numbers": [number for number, _ in reports]}
    removed = set(connection.execute(_REMOVED, numbers).scalars())
    amounts: dict[int, dict[str, int | Decimal]] = {number: {} for number, _ in reports}
    rows: dict[int, dict[str, dict[str, dict[str, Value]]]] = {number: {} for number, _ in reports}
    letters: dict[int, str] = {}
    for number, item, question, stored in connection.execute(_EARLIER, numbers).all():
        value = from_json(stored)
        if question == _LETTER:
            letters[number] = str(value)
        elif not item and isinstance(value, int | Decimal):
            amounts[number][question] = value
        elif item and item not in removed:
            rows[number].setdefault(question.partition(".")[0], {}).setdefault(item, {})[question] = value
    return tuple(
        Past(
            str(period).partition(":")[2],
            amounts[number],
            {group: tuple(found.values()) for group, found in rows[number].items()},
            letters.get(number, ""),
        )
        for number, period in reports
    )


_THIS_ANSWER = and_(*(_ANSWER.c[name] == bindparam(f"the_{name}") for name in ("report_id", "item_id", "question")))
_NEW_ANSWER, _NEW_ITEM, _NEW_CHANGE = insert(_ANSWER), insert(_ITEM), insert(_CHANGE)
_SET_ANSWER = update(_ANSWER).where(_THIS_ANSWER)
_DROP_ANSWER = delete(_ANSWER).where(_THIS_ANSWER)
_REMOVE = update(_ITEM).where(_ITEM.c.id == bindparam("item"))
_MOVE = update(_PERSON).where(_PERSON.c.id == bindparam("person"))
_TOUCH = update(_REPORT).where(_REPORT.c.id == bindparam("report"))


def save(connection: Connection, form: Form, desk: Desk, draft: Draft, state: str, now: datetime) -> None:
    """Write what differs between the desk's draft and `draft`. The desk must have its rows."""
    _save_items(connection, desk, draft, now)
    before = desk.draft.answers
    for place, answer in draft.answers.items():
        old = before.get(place)
        if old is not answer and old != answer:  # most are the same object, and comparing fields takes longer
            _save_answer(connection, form, desk, place, answer, now)
    for place in before.keys() - draft.answers.keys():
        _remove_answer(connection, form, desk, place, now)
    _save_report(connection, form, desk, draft, state, now)
    if _position(desk.draft) != _position(draft):
        connection.execute(_MOVE, {"person": desk.person_id, **_position(draft)})


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
            connection.execute(_NEW_ITEM, row | {"removed_at": None if item in new else now})
        for item in new:
            if item not in old and item not in fresh:
                connection.execute(_REMOVE, {"item": item, "removed_at": None})
        for item in set(old) - set(new):
            connection.execute(_REMOVE, {"item": item, "removed_at": now})


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
        connection.execute(_NEW_ANSWER, key | values)
        return
    connection.execute(_SET_ANSWER, _named(key) | values)
    change = key | {"old": to_json(old.value), "new": values["value"], "by": desk.person_id, "at": now}
    connection.execute(_NEW_CHANGE, change)


def _remove_answer(connection: Connection, form: Form, desk: Desk, place: Place, now: datetime) -> None:
    key = _key(form, desk, place)
    connection.execute(_DROP_ANSWER, _named(key))
    old = to_json(desk.draft.answers[place].value)
    connection.execute(_NEW_CHANGE, key | {"old": old, "new": None, "by": desk.person_id, "at": now})


def _key(form: Form, desk: Desk, place: Place) -> dict[str, object]:
    report_id = desk.profile_id if form.of_company(place.question) else desk.report_id
    return {"report_id": report_id, "item_id": place.item, "question": place.question}


def _named(key: dict[str, object]) -> dict[str, object]:
    """The key as parameters of a WHERE; the names of columns mean new values."""
    return {f"the_{name}": value for name, value in key.items()}


def _save_report(connection: Connection, form: Form, desk: Desk, draft: Draft, state: str, now: datetime) -> None:
    """The period of the report stands in its own column, where UNIQUE keeps it single."""
    values: dict[str, object] = {}
    keys = (Place("data_umum.periode_yang_dilaporkan"), Place("data_umum.tahun"))
    if any(desk.draft.answers.get(key) != draft.answers.get(key) for key in keys):
        name, year = (draft.answers[key].value if key in draft.answers else None for key in keys)
        period = form.scheme.named(str(name), year) if isinstance(year, int) else None
        values["period"] = f"{form.scheme.name}:{period.key}" if period else None
    if desk.draft.answers != draft.answers:
        values |= {"updated_at": now, "state": state}
    if values:
        connection.execute(_TOUCH, {"report": desk.report_id, **values})
