"""Four owners do whatever people do, in any order, while Telegram and the bot fail around them; after every update
the promises are checked against the rows of the database (machine.py, oracle.py)."""

import asyncio
import gc
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from traceback import format_exc
from typing import Any, ClassVar

import pytest
import structlog
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from structlog import DropEvent
from structlog.typing import EventDict

from tests.chat import Chat
from tests.machine import Street
from tests.owner import Owner as Filler
from tests.owner import load
from tests.sizes import NIGHTLY, size
from tests.street import COMMANDS, FILES, FORGED, JUNK, NUMBERS, WORDS, Hurried, act, pressing
from tests.street_staff import ANSWERS, QUESTIONS

PARTS = size(1, 100)  # a night in one piece would fill the memory of Hypothesis, and keep one core of several busy
UPDATES = {"sqlite": size(3_000, 10_000), "postgresql": size(600, 1_000)}  # in each part
EXAMPLES, STEPS = size(10, 50), 100  # of a piece, of an example
PHASES = (Phase.generate, *(() if os.environ.get("QUICK") else (Phase.shrink,)))

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
        self.runner.run(self.street.is_torn_down())
        self.runner.close()
        rmtree(self.folder)
        gc.collect()

    def settle(self, **how: bool) -> None:
        self.runner.run(self.street.settle(**how))

    def act(self, person: int, what: tuple[str, Any]) -> bool:
        """Let a person do something; False where it cannot be done now."""
        people = self.street.people
        return act(self.street.telegram, people[person], people[person - 1], *what)

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

    @rule(person=people, question=st.sampled_from(QUESTIONS), back=st.booleans())
    def asks_staff(self, person: int, question: str, back: bool) -> None:
        self.act(person, ("says", "/petugas"))
        self.settle()
        for face, words in (("Ya, tanya petugas", question), ("Kirim", "/lanjut" if back else "")):
            if press := pressing(self.street.people[person], face):
                self.act(person, press)
                self.settle()
            if words:
                self.act(person, ("says", words))
                self.settle()

    @rule(person=people, answer=st.sampled_from(ANSWERS), back=st.booleans())
    def staff_answer(self, person: int, answer: str, back: bool) -> None:
        owner = self.street.people[person]
        with self.street.engine.connect() as connection:
            answered = self.street.staff.answers(connection, owner.user_id, owner.mark, answer)
        if answered:
            self.settle()
        if answered and back and self.act(person, ("says", "/lanjut")):
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
def home(tmp_path: Path, back_end: str) -> Iterator[None]:
    """The street as it is at the beginning of every example."""
    assert back_end
    Machine.handled = 0
    structlog.configure(processors=[_remember])
    with asyncio.Runner(loop_factory=Hurried) as runner:
        Machine.home = runner.run(_moved_in(tmp_path / "home"))
    gc.collect()
    gc.freeze()
    gc.disable()  # what an example leaves over is collected at its end: a tenth of the time
    yield
    gc.enable()
    gc.unfreeze()
    del Machine.home
    structlog.reset_defaults()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_people_do_the_promises_hold(part: int, back_end: str) -> None:
    profile = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None, phases=PHASES,
        derandomize=False,  # which Hypothesis turns on where CI is set: all pieces would be alike
        suppress_health_check=list(HealthCheck), print_blob=True,
    )  # fmt: skip
    for piece in count():  # how many updates an example brings is known only afterwards
        if Machine.handled >= UPDATES[back_end]:
            break
        run_state_machine_as_test(Machine if NIGHTLY else seed(part + piece)(Machine), settings=profile)
