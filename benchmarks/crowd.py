"""Many owners in the middle of the same report: what one owner did next, to be done by each of a thousand.

One scenario is played through the bot; its draft at the starting point is copied into as many firms of their own.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, insert

from benchmarks.plays import SITI, begun
from benchmarks.wire import Raw, press_update, text_update
from bot.callbacks import Callbacks, Pressed
from conversations.answers import Place, to_json
from conversations.draft import Draft
from conversations.form import Form
from conversations.messages import InGroup, On, Pick, Put, Tick
from storage.database import connect
from storage.reports import Desk, load
from storage.tables import Answer, Company, Item, Membership, Person, Report

MOMENT = datetime(2026, 7, 3, 2, tzinfo=UTC)
FIRST_CHAT = 10_000_001
ANSWERS = 42  # in the draft of each at the start; Telegram and the form have some thirty more acts to come
_MOST_ITEMS = 20


@dataclass(frozen=True)
class Start:
    """The desk where everybody starts, what its owner did from there on, and how many answers stood at each act."""

    form: Form
    desk: Desk
    acts: tuple[Raw, ...]
    answers: tuple[int, ...]


async def start(scenario: str) -> Start:
    """Play the scenario: texts and presses behind the first `ANSWERS` answers are the script, up to the first file."""
    with TemporaryDirectory() as folder:
        async with begun(scenario, Path(folder)) as (world, owner):
            engine = connect(world.database_url)
            desks: list[tuple[int, Desk]] = []
            while " · " in owner.chat.text.split("\n", 1)[0] and not any(_file(raw) for raw in world.raws):
                await owner._answer()
                with engine.begin() as connection:
                    desks.append((len(world.raws), load(connection, SITI)))
            engine.dispose()
            first = next(i for i, (_, desk) in enumerate(desks) if len(desk.draft.answers) >= ANSWERS)
            acts = [raw for raw in world.raws[desks[first][0] :] if not _file(raw)]
            held = {number: len(desk.draft.answers) for number, desk in desks}
            answers = [held.get(desks[first][0] + n, 0) for n in range(1, len(acts) + 1)]
            return Start(owner.form, desks[first][1], tuple(acts), tuple(answers))


def _file(raw: Raw) -> bool:
    return "message" in raw and "text" not in raw["message"]


class Crowd:
    """`size` firms in one database file, each with one owner at the start. Chats are numbered from 0."""

    def __init__(self, begin: Start, database_url: str, size: int) -> None:
        self._start, self.size = begin, size
        self._callbacks = Callbacks(begin.form)
        self._desks: list[Desk] = []
        engine = connect(database_url)
        with engine.begin() as connection:
            self._settle(connection)
        engine.dispose()

    def update(self, number: int, act: int) -> Raw:
        """The raw update by which this owner does that act of the script."""
        raw, chat_id = self._start.acts[act], FIRST_CHAT + number
        if "message" in raw:
            return text_update(chat_id, raw["message"]["text"])
        query = raw["callback_query"]
        return press_update(chat_id, self._pressed(query["data"], self._desks[number]), query["message"])

    def answers(self, database_url: str, number: int) -> int:
        """How many answers this owner has stored."""
        engine = connect(database_url)
        with engine.begin() as connection:
            desk = load(connection, FIRST_CHAT + number)
        engine.dispose()
        return len(desk.draft.answers)

    def _pressed(self, data: str, desk: Desk) -> str:
        found = self._callbacks.decode(data)
        assert isinstance(found, Pressed)
        old, effect = self._start.desk, found.effect
        report = {old.report_id: desk.report_id, old.profile_id: desk.profile_id, 0: 0}[found.report_id]
        if isinstance(effect, InGroup):
            effect = InGroup(effect.action, effect.group, self._item(effect.item, desk))
        elif isinstance(effect, Pick | Put | Tick | On):
            place = Place(effect.place.question, self._item(effect.place.item, desk))
            effect = effect._replace(place=place)
        return self._callbacks.encode(effect, report)

    def _item(self, item: str, desk: Desk) -> str:
        """The id that stands in this owner's draft for an item of the played one."""
        if not item:
            return ""
        for section in self._start.form.sections:
            for made in range(_MOST_ITEMS if section.repeat else 0):
                if _nth(self._start.desk, section.key, made) == item:
                    return _nth(desk, section.key, made)
        raise LookupError(f"no item {item}")

    def _settle(self, connection: Connection) -> None:
        draft, items = self._start.desk.draft, self._items()
        rows: dict[type, list[dict[str, Any]]] = {t: [] for t in (Company, Report, Person, Membership, Item, Answer)}
        by_company = {place: self._start.form.of_company(place.question) for place in draft.answers}
        shown = draft.shown or Place("")
        for number in range(self.size):
            company = number + 1
            desk = Desk(Draft(str(2 * company)), company, company, 2 * company - 1, 2 * company)
            self._desks.append(desk)
            mine = {old: _nth(desk, group, made) for old, (group, made) in items.items()} | {"": ""}
            stamps = {"created_at": MOMENT, "updated_at": MOMENT, "form_version": "1", "state": "mengisi"}
            rows[Company].append({"id": company, "created_at": MOMENT})
            for row, kind in ((desk.profile_id, "perusahaan"), (desk.report_id, "produksi")):
                rows[Report].append({"id": row, "company_id": company, "kind": kind, **stamps})
            rows[Person].append({
                "id": company, "chat_id": FIRST_CHAT + number, "locale": "id", "open_report_id": desk.report_id,
                "shown_question": shown.question, "shown_item": mine.get(shown.item) or self._item(shown.item, desk),
                "misses": 0, "created_at": MOMENT,
            })  # fmt: skip
            rows[Membership].append({"person_id": company, "company_id": company, "role": "pemilik"})
            for old, (group, made) in items.items():
                rows[Item].append({"id": mine[old], "report_id": desk.report_id, "group": group, "position": made})
            for place, answer in draft.answers.items():
                rows[Answer].append({
                    "report_id": desk.profile_id if by_company[place] else desk.report_id, "item_id": mine[place.item],
                    "question": place.question, "value": to_json(answer.value), "source": answer.source.value,
                    "by": company, "at": MOMENT, "message_id": answer.message_id,
                })  # fmt: skip
        for table, values in rows.items():
            if values:
                connection.execute(insert(table), values)

    def _items(self) -> dict[str, tuple[str, int]]:
        draft = self._start.desk.draft
        return {
            _nth(self._start.desk, group, n): (group, n) for group, made in draft.made.items() for n in range(made)
        }


def _nth(desk: Desk, group: str, made: int) -> str:
    """The id of the item that is made in a group after `made` others."""
    return Draft(desk.draft.identity, made={group: made}).next_item(group)
