"""A street of four owners and one bot that stays awake between their acts, dies where a test says so, and is checked
after every update. What people do is in street.py, what must hold is worked out in oracle.py."""

import asyncio
import pickle
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from shutil import copytree
from typing import Any, ClassVar

from bot.app import client, running
from bot.callbacks import Callbacks
from bot.demo.request import StandInRequest
from bot.demo.telegram import Call
from bot.demo.telegram_params import Json
from bot.pacing import Pacing
from conversations.engine import take
from conversations.messages import Go, InGroup
from conversations.replies import Command
from storage.database import connect
from storage.reports import Desk, load
from tests import oracle
from tests.chat import TOKEN, World
from tests.street import FORM, Deathbed, Owner, amount_shown, asked, line_of, near, plain, same, sender, words_of
from tests.street_staff import STAFF, StaffRoom

CALLBACKS = Callbacks(FORM)
SORRY = "ada gangguan di pihak kami"
HARMLESS = ("message is not modified", "query is too old", "TOPIC_NOT_MODIFIED")
PEOPLE = ((1001, "sarizq"), (1002, "rinizq"), (1003, "budizq"), (1004, "watizq"))
FIRST_DAY = datetime(2026, 7, 3, 2, tzinfo=UTC)


class Street:
    """The owners, Telegram, the bot and its database in `folder`; `old` is a street whose past is taken over."""

    mistakes: ClassVar[list[str]] = []

    def __init__(self, folder: Path, old: "Street | None" = None) -> None:
        self.now: datetime = old.now if old else FIRST_DAY
        self.folder = folder
        self.telegram = Deathbed(TOKEN, lambda: self.now, after=10_000 if old else 0)
        self.people = [Owner(*one) for one in PEOPLE]
        for owner in self.people:
            self.telegram.join(owner.user_id, owner.mark)
        if old:
            copytree(old.folder, folder, dirs_exist_ok=True)
            self.people, chats = pickle.loads(old.past)  # noqa: S301 - written by ourselves, below
            vars(self.telegram).update(chats)
        self.staff = StaffRoom(self.telegram)
        self.url: str = World.database_in(folder, old.url if old else "")
        self.engine = connect(self.url)
        self.waiting: list[Json] = []
        self.applied: set[int] = set()
        self.last: Json | None = None
        self.handled, self._offset, self._time = 0, 0, 0.0
        self._rows = self.read() if old else {}
        self._checked: dict[int, tuple[Any, ...]] = {}
        self.lines: list[str] = []
        self._stack = AsyncExitStack()

    @cached_property
    def past(self) -> bytes:
        """The people and their chats, for the streets that take them over; a deep copy takes five times as long."""
        return pickle.dumps((self.people, {name: vars(self.telegram)[name] for name in ("chats", "users", "files")}))

    async def wakes(self) -> None:
        """The bot starts."""
        bot = client(TOKEN, "http://127.0.0.1", lambda: StandInRequest(self.telegram))
        pacing = Pacing(lambda: self._time, self._sleep, limited=False)
        life = running(bot, self.url, self.folder / "files", clock=lambda: self.now, pacing=pacing, staff=STAFF)
        self.bot = await self._stack.enter_async_context(life)
        await self.bot.rest()

    async def falls(self) -> None:
        """The bot ends; what it had given to the database is written, as the disk would have it."""
        stack, self._stack = self._stack, AsyncExitStack()
        await stack.aclose()

    async def goes(self) -> None:
        """The street is closed for good."""
        await self.falls()
        self.engine.dispose()

    async def is_torn_down(self) -> None:
        """Closed, and its database with it."""
        await self.goes()
        World.drop_database(self.url)

    async def _sleep(self, seconds: float) -> None:
        self._time += seconds

    async def settle(self, swap: bool = False, together: bool = False) -> None:
        """Everything that waits is handled and checked; a bot that dies comes back and is handed it again."""
        while fresh := await self.telegram.updates.fetch(self._offset, 100, 0):
            self._offset = max(raw["update_id"] for raw in fresh) + 1
            self.waiting += [raw for raw in fresh if raw not in self.waiting]
        if swap:
            self.waiting.reverse()
        while self.waiting:
            several = self.waiting if together else self.waiting[:1]
            if await self._handle(several):
                self.waiting = self.waiting[len(several) :]
                self.last = several[-1]
            else:
                self.lines.append("    --- the bot dies and comes back ---")
                self.telegram.dies_in = 0
                await self.wakes()

    async def _handle(self, several: list[Json]) -> bool:
        """Hand updates of different people to the bot at once and check what came of it; False: it died."""
        before = self._rows
        self.lines += [line_of(raw) for raw in several]
        questions = {owner.user_id: owner.question[1] for owner in self.people}
        first = len(self.telegram.log)
        ends = await asyncio.gather(*map(self.bot.handle, several), return_exceptions=True)
        died = any(isinstance(end, asyncio.CancelledError) for end in ends)
        await (self.falls() if died else self.bot.rest())  # what it writes is written, what it passes on has arrived
        calls = self.telegram.log[first:]
        after = self._rows = self.read()
        for owner in self.people:
            mine = [call for call in calls if call.params.get("chat_id") == owner.user_id]
            for call in mine:
                owner.sees(call)
                self.lines.append(f"    {'' if call.delivered else '(lost) '}{plain(words_of(call))}")
            raw = next((raw for raw in several if sender(raw) == owner.user_id), None)
            self.check_privacy(owner, mine)
            old, new = before.get(owner.user_id), after.get(owner.user_id)
            if raw is None:
                spoken_to = owner.user_id in self.staff.answered and not oracle.changed(old, new)
                self.that(spoken_to or (not mine and old == new), f"P9: something changed for {owner.mark}")
            else:
                self.check(owner, raw, mine, old, new, questions[owner.user_id], died)
        self.staff.answered.clear()
        self.that(not (wrong := self.staff.wrong()), wrong)
        for end in ends:
            self.that(end is None or died, f"P13: {end!r}")
        for call in calls:
            refused = call.answer.get("error_code") == 400
            words = str(call.answer.get("description"))
            self.that(not refused or any(known in words for known in HARMLESS), f"refused: {words} {call.params}")
        self.handled += len(several)
        if not died:
            self.applied |= {raw["update_id"] for raw in several}
        return not died

    def read(self) -> dict[int, oracle.Kept]:
        """All rows, by chat."""
        with self.engine.begin() as connection:
            return oracle.read(connection)

    def that(self, holds: bool, promise: str) -> None:
        """Fail with the conversation where it does not hold."""
        if not holds:
            raise AssertionError("\n".join([*self.lines[-30:], "", promise, *self.mistakes[-1:]]))

    def check_privacy(self, owner: Owner, calls: list[Call]) -> None:
        """P9: no mark of somebody else in this chat, in no text, face or readable file."""
        for call in calls:
            document = (call.answer.get("result") or {}).get("document") if call.delivered else None
            data = self.telegram.file(document["file_id"]).decode(errors="replace") if document else ""
            for other in self.people:
                strange = other is not owner and other.mark in f"{call.params}{data}".casefold()
                self.that(not strange, f"P9: {owner.mark} sees {other.mark}")

    def check(self, owner: Owner, raw: Json, calls: list[Call], old: oracle.Kept | None, new: oracle.Kept | None,
              question: str, died: bool) -> None:  # fmt: skip
        """P2, P4, P5, P6, P9 and P13 for the one who did something."""
        said = [call for call in calls if call.delivered or HARMLESS[0] in str(call.answer.get("description"))]
        forbidden = any(call.answer.get("error_code") == 403 for call in calls)
        answered = bool(said) or died or forbidden or "my_chat_member" in raw
        self.that(
            answered, f"P2: no answer {[call.answer.get('description') for call in calls if not call.delivered]}"
        )
        texts = "\n".join(plain(words_of(call)) for call in said)
        self.that(SORRY not in texts, "P13: the bot apologises")
        different = oracle.changed(old, new)
        if raw["update_id"] in self.applied:
            self.that(not different and (not old or not new or old.items == new.items), f"P2: twice {different}")
        if new is None or (old and old.report != new.report):
            return
        for key in different:
            self.that(self._may_change(raw, key, old, question), f"P4: {key} changed")
        if not died and not forbidden:
            self.check_amounts(different, texts)
        self.check_checklist(owner, new)

    def _may_change(self, raw: Json, key: oracle.Key, old: oracle.Kept | None, question: str) -> bool:
        """P4: whether an update may change this answer, for all that was shown."""
        name = key[2]
        if old is None:
            word = raw.get("message", {}).get("text", "") == "Setuju"  # what a stranger was shown is stored nowhere
            return name == "persetujuan.setuju" and (bool(question) or word)
        before = old.answers.get(key)
        if name == "pengiriman.perbaiki" and before is not None:
            return True  # what is mended leaves it, whichever question that was
        if query := raw.get("callback_query"):
            pressed = CALLBACKS.decode(query["data"])
            own = {0, old.profile, old.report}
            if pressed is None or pressed.report_id not in own or isinstance(pressed.effect, Go):
                return False
            effect = pressed.effect
            target = effect.group if isinstance(effect, InGroup) else getattr(effect, "place", ("peringatan",))[0]
            return near(target, name) or (before is not None and before.source == "later" and same(target, name))
        if message := raw.get("edited_message"):
            came = {q for (_, _, q), row in old.answers.items()
                    if row.message_id == message["message_id"]}  # fmt: skip
            return any(name == q or name in oracle.ALONG.get(q, ()) for q in came)
        if raw.get("message", {}).keys() & {"photo", "document"}:  # files belong to papers, whatever is asked
            return near("surat_pernyataan.scan", name) or near("pengiriman.bukti", name)
        text = raw.get("message", {}).get("text", "")
        what = asked(question)
        if what is None or text.startswith("/"):
            return False
        section, one, _ = what
        target = one.key if one else section.key
        return near(target, name) or len(text.splitlines()) > 1

    def check_amounts(self, different: dict[oracle.Key, Any], texts: str) -> None:
        """P6: the number in the row is the number in the sentence."""
        lines = [line for line in texts.splitlines() if line.startswith(("✓ ", "Terisi sendiri: "))]
        shown = {amount_shown(line.replace(" menjadi ", " — ").rpartition(" — ")[2]) for line in lines}
        for (_, _, name), (_, row) in different.items():
            number = oracle.amount(row.data) if row else None
            kept_back = name in oracle.ALONG["produksi.nilai"] | oracle.ALONG["data_umum.periode_yang_dilaporkan"]
            if number is not None and row and row.source in ("typed", "button", "edited") and not kept_back:
                self.that(number in shown, f"P6: {name} is {number}, shown {shown}")

    def check_checklist(self, owner: Owner, kept: oracle.Kept) -> None:
        """P5: /periksa, asked on a copy of what is stored; what the bot has in memory says the same. What is asked about
        is the draft and the day: while neither changes, neither does the answer."""
        with self.engine.connect() as connection:
            desk = load(connection, owner.user_id)
            memory = load(connection, owner.user_id, kept=self.bot._desks.get(owner.user_id))
        if _plain(memory) != _plain(desk):  # a branch: to write two desks out takes longer than to check them
            self.that(False, f"memory and database differ: {memory} {desk}")
        asked_about = (desk.draft, kept.answers, kept.items, today := (self.now + timedelta(hours=7)).date())
        if self._checked.get(owner.user_id) == asked_about:
            return
        self._checked[owner.user_id] = asked_about
        turn = take(FORM, desk.draft, Command("periksa"), today)
        self.that(not (wrong := oracle.wrong_checklist(FORM, kept, turn.messages[0].plain())), wrong)


def _plain(desk: Desk) -> Desk:
    """Without what was worked out from it, and without groups that have no items."""
    items = {group: items for group, items in desk.draft.items.items() if items}
    return desk._replace(walk=None, draft=desk.draft._replace(items=items))
