"""Four owners do whatever people do, in any order, while Telegram and the bot fail around them; after every update
the promises are checked against the rows of the database (machine.py, oracle.py)."""

import asyncio
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from traceback import format_exc
from typing import Any, ClassVar

import pytest
import structlog
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from structlog import DropEvent
from structlog.typing import EventDict

from bot.demo.telegram_people import EDITABLE
from tests import oracle
from tests.chat import PNG, Chat
from tests.machine import FORM, Hurried, Owner, Street
from tests.owner import Owner as Filler
from tests.owner import load

UPDATES = int(os.environ.get("UPDATES", 1_000_000 if os.environ.get("NIGHTLY") else 3_000))
STEPS = 100
PHASES = (Phase.generate, *(() if os.environ.get("QUICK") else (Phase.shrink,)))

NUMBERS = ("18,5 juta", "Rp 18.500.000,-", "18500000", "delapan belas juta lima ratus ribu", "0", "3", "4 orang", "1e9", "-5",
           "0,45", "450 gram", "1.5", "1.500", "1,500", "2 lusin", "999.999.999.999.999", "12.345.678.901.234.567", "٣٤",
           "½", "sekitar 7.800", "7.800 kg", "10-20", "40%", "2022", "3.975 per bungkus", "10.500/kg", "5 miliar")  # fmt: skip
WORDS = ("ya", "tidak", "sudah semua", "selesai", "nanti", "lewati", "kembali", "bantuan", "tambah", "Tidak ada", "semua", "1",
         "tidak tahu", "Setuju", "10391", "10391, 10392, 10710", "1201.90.00", "Jepang, Malaysia", "tulungagung", "malang",
         "Januari - Juni 2026", "Juli - Desember 2025", "2025", "Kilogram", "bungkus", "pdam; sumur", "kayu bakar",
         "elpiji dan solar", "R1 1300", "1300", "tempe", "kenapa harus diisi?")  # fmt: skip
JUNK = ("{m} <b>tebal</b> & </i>", '{m} #read("rahasia.txt")', "{m}\x00nol", "{m} \ud83d", "{m} \u202eterbalik\u2066", "{m} {{0}} %s",
        "{m} 😀👨‍👩‍👧", "{m}\n18,5 juta\n3", "...", " ", "\u3164", "{m} https://t.me/x @siapa /hapus", "sandi: {m}",
        "3201234567890123", "{m} " + "😀" * 95, "{m} " + "a," * 2044, "{m} " + "&" * 4000, "<" * 4096, "{m}" + "9" * 4000)  # fmt: skip
COMMANDS = ("/mulai", "/start x", "/lanjut", "/periksa", "/ubah", "/surat", "/data", "/laporan", "/bantuan", "/bantuan kbli {m}",
            "/hapus", "/hapus_ya", "/batal", "/laporan_baru", "/buka:1", "/buka:" + "9" * 30, "/tidakada", "/", "/petugas")  # fmt: skip
FORGED = ("", "x", "0.c..hapus", "1.c..laporan_baru", "0.c..buka:2", "0.c..buka:99999999999999999999999999", "ff.pAAAA..abc",
          "2.k..0", "-1.c..periksa", "2.gAAAA..5", "0.c..\u202e", "é.p..", "1.pq_-1.AAAAAAAAAAAAAAAAAAAAAA.a")  # fmt: skip
MANY = "; ".join(f"{n}{n}" for n in range(1000, 1400))
GIVEN = {"Rupiah": ("18,5 juta", "0", "12.345.678", "99.999.999.999.999"), "Whole": ("3", "0"), "Year": ("2022",), "Percent": ("40",),
         "Quantity": ("7.800", "0,45", "99.999.999.999.999", "1.250,5"), "Country": ("Jepang",), "Tariff": ("R-1/1.300 VA",),
         "Region": ("Kabupaten Tulungagung",), "Unit": ("Bungkus", "{m} ikat"), "PeriodName": ("Januari - Juni 2026",),
         "Text": ("{m} 1", "{m} 2"), "Texts": ("{m} 1, {m} 2", "{m}; " + MANY)}  # fmt: skip
CODES = {5: ("10391", "10391, 10710", ", ".join(map(str, range(10001, 10130)))), 8: ("1201.90.00",)}
FILES = {
    "foto": PNG,
    "surat.pdf": b"%PDF-1.4\n%%EOF",
    "foto.jpg": PNG[:30],
    "kosong.pdf": b"\0",
    "sampah.exe": b"MZ" * 99,
}
STICKER = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9, "is_animated": False,
           "is_video": False}  # fmt: skip

few = st.integers(0, 40)  # back from the newest
acts = st.one_of(
    st.just(("answer", 0)),
    st.just(("answer", 0)),
    st.tuples(st.just("says"), st.sampled_from(NUMBERS + WORDS + JUNK)),
    st.tuples(st.just("says"), st.sampled_from(COMMANDS)),
    st.tuples(st.just("press"), few),
    st.tuples(st.just("press"), few),
    st.tuples(st.just("face"), few),
    st.tuples(st.just("stranger"), few),
    st.tuples(st.just("forge"), st.sampled_from(FORGED)),
    st.tuples(st.just("edit"), st.tuples(st.integers(0, 9), st.sampled_from(NUMBERS + WORDS + JUNK))),
    st.tuples(st.just("file"), st.sampled_from([*FILES, "stiker"])),
)
people = st.integers(0, 3)
faults = st.sampled_from([(429, False), (403, False), (500, False), (502, True), (0, False), (0, True)])


class Machine(RuleBasedStateMachine):
    """One street; every rule is something that happens in it."""

    home: ClassVar[Street]
    handled: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=Hurried)
        self.folder = Path(mkdtemp(prefix="temanlapor-"))
        self.street = Street(self.folder, self.home)
        self.runner.run(self.street.wakes())

    def teardown(self) -> None:
        Machine.handled += self.street.handled
        self.runner.run(self.street.goes())
        self.runner.close()
        rmtree(self.folder)

    def settle(self, **how: bool) -> None:
        self.runner.run(self.street.settle(**how))

    def act(self, person: int, act: tuple[str, Any]) -> bool:
        """Let a person do something; False where it cannot be done now."""
        owner, telegram, (kind, what) = self.street.people[person], self.street.telegram, act
        if owner.blocked:
            return False
        if kind == "answer":
            kind, what = self.sensible(owner)
        if kind == "face" and owner.buttons:
            kind, what = "says", owner.buttons[-1 - what % len(owner.buttons)].face.lstrip("☐☑ ")
        other = self.street.people[person - 1]
        if kind == "says":
            text = what.replace("{m}", owner.mark)[:4096]
            owner.wrote.append(telegram.says(owner.user_id, text))
        elif kind == "press" and owner.buttons:
            button = owner.buttons[-1 - what % len(owner.buttons)]
            telegram.taps(owner.user_id, button.message_id, button.data, unchecked=True)
        elif kind in ("forge", "stranger") and owner.buttons and other.buttons:
            data = what if kind == "forge" else other.buttons[-1 - what % len(other.buttons)].data
            telegram.taps(owner.user_id, owner.buttons[-1].message_id, data, unchecked=True)
        elif kind == "edit" and owner.wrote:
            message = owner.wrote[-1 - what[0] % len(owner.wrote)]
            if telegram.now() - message["date"] > EDITABLE.total_seconds():
                return False
            telegram.edits(owner.user_id, message["message_id"], what[1].replace("{m}", owner.mark))
        elif kind == "file" and what == "stiker":
            telegram.sends_other(owner.user_id, sticker=STICKER)
        elif kind == "file" and what == "foto":
            telegram.sends_photo(owner.user_id, FILES[what])
        elif kind == "file":
            telegram.sends_document(owner.user_id, FILES[what], what, "application/pdf")
        else:
            return False
        return True

    def sensible(self, owner: Owner) -> tuple[str, Any]:
        """What somebody who means well does with the open question."""
        asked = oracle.asked(FORM, owner.question[1])
        below = [button for button in owner.buttons if button.message_id == owner.question[0]]
        if asked is None:
            return "says", "/lanjut"
        _, question, _ = asked
        kind = type(question).__name__
        if kind == "Attachment":
            return "file", "foto"
        given = CODES[getattr(question, "digits", 5)] if kind == "Code" else GIVEN.get(kind)
        if given:
            return "says", given[len(owner.wrote) % len(given)]
        wanted = (
            "Sudah semua" if question is None else "Selesai" if kind == "Ticks" and len(owner.buttons) % 3 else ""
        )
        found = next((b for b in below if b.face.startswith(wanted)), below[0] if below else None)
        return ("press", len(owner.buttons) - 1 - owner.buttons.index(found)) if found else ("says", "/lanjut")

    @initialize()
    def begins(self) -> None:
        self.settle()

    @rule(person=people, act=acts)
    def does(self, person: int, act: tuple[str, Any]) -> None:
        self.act(person, act)
        self.settle()

    @rule(person=people, times=st.integers(2, 8))
    def goes_on_well(self, person: int, times: int) -> None:
        for _ in range(times):
            self.act(person, ("answer", 0))
            self.settle()

    @rule(person=people, act=acts, fault=faults, times=st.integers(1, 3))
    def does_while_telegram_fails(
        self, person: int, act: tuple[str, Any], fault: tuple[int, bool], times: int
    ) -> None:
        code, after = fault
        if self.act(person, act):
            self.street.telegram.fail_next("sendMessage", code, "told to", 3 if code == 429 else None, times, after)
            self.settle()
            self.street.telegram._faults.clear()

    @rule(person=people, act=acts, call=st.integers(1, 4), after=st.booleans())
    def does_and_the_bot_dies(self, person: int, act: tuple[str, Any], call: int, after: bool) -> None:
        if self.act(person, act):
            self.street.telegram.dies_in, self.street.telegram.after = call, after
            self.settle()
            self.street.telegram.dies_in = 0

    @rule()
    def bot_starts_anew(self) -> None:
        self.runner.run(self.street.falls())
        self.runner.run(self.street.wakes())

    @rule(person=people, one=acts, two=acts, swap=st.booleans())
    def does_two_things_at_once(self, person: int, one: Any, two: Any, swap: bool) -> None:
        if self.act(person, one) and self.act(person, two):
            self.settle(swap=swap)
        self.settle()

    @rule(person=people, one=acts, two=acts)
    def two_people_act_at_once(self, person: int, one: Any, two: Any) -> None:
        self.act(person, one)
        self.act((person + 1) % 4, two)
        self.settle(together=True)

    @rule()
    def last_update_comes_again(self) -> None:
        if self.street.last:
            self.street.waiting.append(self.street.last)
            self.settle()

    @rule(person=people, back=few, face=few)
    def ticks_above_and_types(self, person: int, back: int, face: int) -> None:
        owner = self.street.people[person]
        ticks = [button for button in owner.buttons if button.face.startswith(("☐", "☑"))]
        if not ticks or owner.blocked:
            return
        tick = ticks[-1 - back % len(ticks)]
        words = [button.face[2:] for button in ticks if button.message_id == tick.message_id]
        self.act(person, ("press", len(owner.buttons) - 1 - owner.buttons.index(tick)))
        self.settle()
        self.act(person, ("says", words[face % len(words)]))
        self.settle()

    @rule(person=people, act=acts)
    def blocks_the_bot_or_lets_it_in(self, person: int, act: tuple[str, Any]) -> None:
        owner, telegram = self.street.people[person], self.street.telegram
        if owner.blocked:
            telegram.unblocks(owner.user_id)
        else:
            self.act(person, act)
            telegram.blocks(owner.user_id)
        owner.blocked = not owner.blocked
        self.settle()

    @rule(minutes=st.sampled_from([5, 90, 24 * 60, 49 * 60, 40 * 24 * 60, 200 * 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.street.now += timedelta(minutes=minutes)


def _remember(_logger: object, _name: str, event: EventDict) -> EventDict:
    """Keep what the bot logs about its own mistakes, for the conversation of a failure."""
    if event.get("exc_info"):
        Street.mistakes.append(format_exc(limit=-4))
    raise DropEvent


async def _moved_in(folder: Path) -> Street:
    """Sari has not begun, Rini has, Budi is half through, Wati is done."""
    street = Street(folder)
    await street.wakes()
    for owner, until in zip(street.people[1:], ("Sertifikat Halal", "Bagian 5 dari 11", ""), strict=True):
        scenario = load("tempe")
        text = json.dumps(scenario["profil"], default=str).replace("Tempe", f"{owner.mark} Tempe")
        scenario["profil"] = json.loads(text)
        chat = Chat(street, owner.user_id, owner.mark)  # type: ignore[arg-type]  # it settles, like a World
        await chat.says("/mulai")
        await chat.taps("Setuju")
        await Filler(chat, scenario).fills_in(until=until)
    await street.goes()
    return street


@pytest.fixture
def home(tmp_path: Path) -> Iterator[None]:
    structlog.configure(processors=[_remember])
    with asyncio.Runner(loop_factory=Hurried) as runner:
        Machine.home = runner.run(_moved_in(tmp_path / "home"))
    yield
    del Machine.home
    structlog.reset_defaults()


def test_whatever_people_do_the_promises_hold(home: None) -> None:
    profile = settings(
        max_examples=UPDATES // 75 + 1, stateful_step_count=STEPS, derandomize=UPDATES <= 3_000, deadline=None,
        database=None, phases=PHASES, suppress_health_check=list(HealthCheck), print_blob=True,
    )  # fmt: skip
    run_state_machine_as_test(Machine, settings=profile)
    assert Machine.handled >= UPDATES
