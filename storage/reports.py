"""Drafts to rows (saving.py) and back: the only places that know both, and the only ones that write answers and items.
Plain functions of one connection inside one transaction; they commit nothing and know no channel."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select
from sqlmodel import SQLModel

from conversations.answers import Answer as DraftAnswer
from conversations.answers import Place, Source, from_json
from conversations.draft import Draft, Focus
from conversations.route import Walk
from storage.arrivals import OF_PERSON, desk_row
from storage.past import past
from storage.saving import save
from storage.tables import Answer, Item

__all__ = ["Desk", "load", "save"]


class Desk(NamedTuple):
    """What lies before a person: who they are (None before consent), their firm's profile, the open report, its draft,
    the language. Ids are row ids, 0 where there is no row yet. `interrupted`, `talks_to`: see Person. `blocked`: they had
    blocked us. `revision` is the firm's when the answers were read, `walk` what the last turn made of them. `state` and
    `touched_at` are those of the report's row."""

    draft: Draft
    person_id: int | None = None
    company_id: int = 0
    profile_id: int = 0
    report_id: int = 0
    locale: str = "id"
    interrupted: bool = False
    talks_to: str | None = None
    revision: int = 0
    walk: Walk | None = None
    blocked: bool = False
    state: str = ""
    touched_at: datetime | None = None


# Statements are made once: building one for each call costs three times its execution.
_ANSWER, _ITEM = (
    SQLModel.metadata.tables[model.__tablename__]  # type: ignore[index]  # SQLModel gives its name at run time
    for model in (Answer, Item)
)
_ANSWERS = select(*(_ANSWER.c[name] for name in ("question", "item_id", "value", "source", "message_id"))).where(
    _ANSWER.c.report_id.in_([bindparam("profile"), bindparam("report")])
)
_ITEMS = (
    select(_ITEM.c.group, _ITEM.c.id, _ITEM.c.removed_at)
    .where(_ITEM.c.report_id == bindparam("report"))
    .order_by(_ITEM.c.position)
)
_SPOKEN = "locale", "interrupted", "talks_to", "blocked", "state", "touched_at"
_SOURCES = {source.value: source for source in Source}


def load(connection: Connection, chat_id: int, report_id: int | None = None, kept: Desk | None = None) -> Desk:
    """The desk of the person with this chat, with their open report or the one named (which must be of their firm);
    an empty one for somebody unknown. Answers and items are not read again where `kept`, a desk of this chat from
    before, still has them all. Call it under the lock of the chat."""
    row = desk_row(connection, chat_id, report_id)
    if row is None:
        return Desk(Draft())
    person_id, locale, talks_to, interrupted, blocked_at, *position = row[: len(OF_PERSON)]
    company_id, profile_id, report_id, revision, state, touched_at = row[len(OF_PERSON) :]
    shown, misses, tries, focus = here = _here(*position)
    spoken = locale, bool(interrupted), talks_to, blocked_at is not None, state, touched_at
    same = (person_id, company_id, report_id, revision)
    if kept and (kept.person_id, kept.company_id, kept.report_id, kept.revision) == same:
        draft = kept.draft
        if (draft.shown, draft.misses, draft.tries, draft.focus) != here:
            draft = draft._replace(shown=shown, misses=misses, tries=tries, focus=focus)
        elif (kept.locale, kept.interrupted, kept.talks_to, kept.blocked, kept.state, kept.touched_at) == spoken:
            return kept
        return kept._replace(draft=draft, **dict(zip(_SPOKEN, spoken, strict=True)))
    items, made = _items(connection, report_id)
    draft = Draft(
        identity=str(report_id),
        answers=_answers(connection, profile_id, report_id),
        items=items,
        made=made,
        past=past(connection, company_id, report_id),
        shown=shown,
        misses=misses,
        tries=tries,
        focus=focus,
    )
    told = dict(zip(_SPOKEN, spoken, strict=True))
    return Desk(draft, person_id, company_id, profile_id, report_id, revision=revision, **told)


def _here(
    question: str | None, item: str, misses: int, tries: list[str] | None, focus: Any
) -> tuple[Place | None, int, tuple[str, ...], Focus | None]:
    """Where the person is: `shown`, `misses`, `tries`, and `focus` of the draft."""
    return Place(question, item) if question else None, misses, tuple(tries or ()), _focus(focus)


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
