"""Drafts to rows and back: the only place that knows both. Plain functions of one connection inside one
transaction; they commit nothing and know no channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import col

from conversations.answers import Answer as DraftAnswer
from conversations.answers import Place, Source, Value, from_json, to_json
from conversations.draft import Draft, Focus, Past
from conversations.form import Form
from conversations.warnings import PAST_AMOUNTS, PAST_ITEMS
from storage.tables import Answer, AnswerChange, Item, Person, Report

_LETTER = "surat_pernyataan.nomor"


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before a person: who they are (None before consent), their firm's profile, the report that is
    open, its draft, and the language. Ids are row ids, 0 where there is no row yet."""

    draft: Draft
    person_id: int | None = None
    company_id: int = 0
    profile_id: int = 0
    report_id: int = 0
    locale: str = "id"


def load(connection: Connection, chat_id: int, report_id: int | None = None) -> Desk:
    """The desk of the person with this chat, with their open report or the one named (which must be of their firm);
    an empty one for somebody unknown."""
    table = Person.__table__  # type: ignore[attr-defined]  # SQLModel declares it at run time
    person = connection.execute(select(table).where(table.c.chat_id == chat_id)).mappings().first()
    if person is None or person["open_report_id"] is None:
        return Desk(Draft())
    report_id = report_id or person["open_report_id"]
    report = Report.__table__  # type: ignore[attr-defined]
    company_id = connection.execute(select(report.c.company_id).where(report.c.id == report_id)).scalar_one()
    profile_id = connection.execute(
        select(report.c.id).where(report.c.company_id == company_id, report.c.kind == "perusahaan")
    ).scalar_one()
    items, made = _items(connection, report_id)
    shown = Place(person["shown_question"], person["shown_item"]) if person["shown_question"] else None
    draft = Draft(
        identity=str(report_id),
        answers=_answers(connection, (profile_id, report_id)),
        items=items,
        made=made,
        focus=_focus(person["focus"]),
        shown=shown,
        misses=person["misses"],
        past=_past(connection, company_id, report_id),
    )
    return Desk(draft, person["id"], company_id, profile_id, report_id, person["locale"])


def _answers(connection: Connection, report_ids: tuple[int, ...]) -> dict[Place, DraftAnswer]:
    table = Answer.__table__  # type: ignore[attr-defined]
    columns = (table.c.question, table.c.item_id, table.c.value, table.c.source, table.c.message_id)
    rows = connection.execute(select(*columns).where(table.c.report_id.in_(report_ids)))
    return {
        Place(question, item): DraftAnswer(from_json(value), Source(source), message_id)
        for question, item, value, source, message_id in rows
    }


def _items(connection: Connection, report_id: int) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    table = Item.__table__  # type: ignore[attr-defined]
    rows = connection.execute(
        select(table.c.group, table.c.id, table.c.removed_at)
        .where(table.c.report_id == report_id)
        .order_by(table.c.position)
    )
    items: dict[str, tuple[str, ...]] = {}
    made: dict[str, int] = {}
    for group, item, removed_at in rows:
        made[group] = made.get(group, 0) + 1
        if removed_at is None:
            items[group] = (*items.get(group, ()), item)
    return items, made


def _focus(data: Mapping[str, str] | None) -> Focus | None:
    if not data:
        return None
    place = Place(data["question"], data["item"]) if data["question"] else None
    return Focus(data["section"], place)


def _past(connection: Connection, company_id: int, report_id: int) -> tuple[Past, ...]:
    """The firm's other reports that have a period, with the amounts that may not shrink."""
    table = Report.__table__  # type: ignore[attr-defined]
    reports = connection.execute(
        select(table.c.id, table.c.period).where(
            table.c.company_id == company_id, table.c.id != report_id, table.c.period.is_not(None)
        )
    ).all()
    if not reports:
        return ()
    numbers = [number for number, _ in reports]
    removed = set(
        connection.execute(
            select(col(Item.id)).where(col(Item.report_id).in_(numbers), col(Item.removed_at).is_not(None))
        ).scalars()
    )
    amounts: dict[int, dict[str, int | Decimal]] = {number: {} for number in numbers}
    rows: dict[int, dict[str, dict[str, dict[str, Value]]]] = {number: {} for number in numbers}
    letters: dict[int, str] = {}
    answers = connection.execute(
        select(col(Answer.report_id), col(Answer.item_id), col(Answer.question), col(Answer.value)).where(
            col(Answer.report_id).in_(numbers), col(Answer.question).in_((*PAST_AMOUNTS, *PAST_ITEMS, _LETTER))
        )
    )
    for number, item, question, stored in answers:
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


def save(connection: Connection, form: Form, desk: Desk, draft: Draft, state: str, now: datetime) -> None:
    """Write what differs between the desk's draft and `draft`. The desk must have its rows."""
    _save_items(connection, desk, draft, now)
    before = desk.draft.answers
    for place, answer in draft.answers.items():
        if before.get(place) != answer:
            _save_answer(connection, form, desk, place, answer, now)
    for place in before.keys() - draft.answers.keys():
        _remove_answer(connection, form, desk, place, now)
    _save_report(connection, form, desk, draft, state, now)
    old, new = desk.draft, draft
    if (old.focus, old.shown, old.misses) != (new.focus, new.shown, new.misses):
        connection.execute(update(Person).where(col(Person.id) == desk.person_id).values(**_position(new)))


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
            connection.execute(insert(Item).values(row | ({} if item in new else {"removed_at": now})))
        for item in new:
            if item not in old and item not in fresh:
                connection.execute(update(Item).where(col(Item.id) == item).values(removed_at=None))
        for item in set(old) - set(new):
            connection.execute(update(Item).where(col(Item.id) == item).values(removed_at=now))


def _save_answer(
    connection: Connection, form: Form, desk: Desk, place: Place, answer: DraftAnswer, now: datetime
) -> None:
    report_id = desk.profile_id if form.of_company(place.question) else desk.report_id
    key = {"report_id": report_id, "item_id": place.item, "question": place.question}
    values = {
        "value": to_json(answer.value),
        "source": answer.source.value,
        "by": desk.person_id,
        "at": now,
        "message_id": answer.message_id,
    }
    old = desk.draft.answers.get(place)
    if old is None:
        connection.execute(insert(Answer).values(key | values))
        return
    where = [getattr(Answer, name) == value for name, value in key.items()]
    connection.execute(update(Answer).where(*where).values(values))
    change = key | {"old": to_json(old.value), "new": values["value"], "by": desk.person_id, "at": now}
    connection.execute(insert(AnswerChange).values(change))


def _remove_answer(connection: Connection, form: Form, desk: Desk, place: Place, now: datetime) -> None:
    report_id = desk.profile_id if form.of_company(place.question) else desk.report_id
    key = {"report_id": report_id, "item_id": place.item, "question": place.question}
    connection.execute(delete(Answer).where(*(getattr(Answer, name) == value for name, value in key.items())))
    old = to_json(desk.draft.answers[place].value)
    connection.execute(insert(AnswerChange).values(key | {"old": old, "new": None, "by": desk.person_id, "at": now}))


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
        connection.execute(update(Report).where(col(Report.id) == desk.report_id).values(values))
