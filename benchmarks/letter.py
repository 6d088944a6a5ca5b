"""What the statement letter with its annex costs with the typesetter warm, and a search for a KBLI by product words."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.crowd import MOMENT
from benchmarks.plays import SITI, begun
from bot.letter_file import letter_pdf
from conversations.answers import Place
from conversations.draft import Draft
from conversations.form import Form
from conversations.products import search_products
from conversations.route import walk
from conversations.statement import statement
from storage.database import connect
from storage.reports import load

WORDS = (
    "keripik singkong",
    "tempe",
    "kripik pisang cokelt",
    "seragam sekolah",
    "kopi bubuk",
    "mebel jati",
    "bakso",
    "batik",
)
MATERIALS = 50


@dataclass(frozen=True)
class Papers:
    """Medians in ms: the letter of the scenario, the same report with 50 raw materials; search in µs."""

    letter: float
    materials: float
    search: float


async def papers(scenario: str) -> Papers:
    """Play the scenario to its end, then print its letter over and over."""
    with TemporaryDirectory() as folder:
        async with begun(scenario, Path(folder)) as (world, owner):
            await owner.fills_in()
            engine = connect(world.database_url)
            with engine.begin() as connection:
                draft = load(connection, SITI).draft
            engine.dispose()
    form, many = owner.form, with_materials(draft, MATERIALS)
    found = walk(form, many, MOMENT.date())
    assert len(found.draft.items["bahan_baku"]) == MATERIALS
    search = _median(lambda: [search_products(words) for words in WORDS], 50) / len(WORDS) * 1000
    return Papers(_letter(form, draft), _letter(form, many), search)


def with_materials(draft: Draft, count: int) -> Draft:
    """The draft with its first raw material as often as that."""
    first = draft.items["bahan_baku"][0]
    fields = {place.question: answer for place, answer in draft.answers.items() if place.item == first}
    while len(draft.items["bahan_baku"]) < count:
        item = draft.next_item("bahan_baku")
        draft = draft.with_item("bahan_baku")
        draft = draft._replace(answers={**draft.answers, **{Place(key, item): fields[key] for key in fields}})
    return draft


def _letter(form: Form, draft: Draft) -> float:
    today = MOMENT.date()
    return _median(lambda: letter_pdf(statement(walk(form, draft, today), today)), 20)


def _median(work: Callable[[], object], times: int) -> float:
    """In ms, after one run that is not counted."""
    work()
    took = []
    for _ in range(times):
        begun_ = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun_) * 1000)
    return median(took)
