"""Reports of the scenarios as drafts, every amount as its owner typed it, and the warnings that they get."""

from datetime import date
from decimal import Decimal
from typing import Any

from conversations.answers import Answer, Place, Source, Value
from conversations.choices import Ticks
from conversations.draft import Draft, Past
from conversations.numbers import write
from conversations.questions import Question, Read
from conversations.route import Walk, walk
from conversations.sections import laporan_produksi
from conversations.warnings import SoftWarning, warnings
from tests.owner import load

FORM = laporan_produksi()
TODAY = date(2026, 7, 6)
WEIGHT = "kapasitas_produksi.berat_per_satuan"


def given(draft: Draft, question: str, said: object, item: str = "") -> Draft:
    """The draft with what an owner typed there; `said` is text or a number."""
    asked: Question = FORM.by_key[question]
    number = isinstance(said, int | Decimal) and not question.endswith(("tahun", "tahun_pembelian"))
    text = write(said) if isinstance(said, int | Decimal) and number else str(said)
    read = asked.read(text, walk(FORM, draft, TODAY).scope(item))
    assert isinstance(read, Read), f"{question}: {text}"
    return draft.with_answer(Place(question, item), Answer(read.value, Source.TYPED))


def told(scenario: dict[str, Any], question: str) -> Any:
    found: Any = scenario
    for part in question.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def draft_of(name: str) -> Draft:
    """The report of a scenario, every amount as its owner typed it; weights are told once, kilograms computed."""
    scenario = load(name)
    draft = Draft(identity=name)
    before = scenario["data_umum"].get("periode_sebelumnya")
    draft = given(draft, "data_umum.pernah_lapor", "Ya" if before else "Tidak")
    draft = given(draft, "investasi.milik_sendiri", "Milik sendiri")
    for section in FORM.sections:
        for row in scenario.get(section.key, []) if section.repeat else [scenario]:
            draft = draft.with_item(section.key) if section.repeat else draft
            item = draft.items[section.key][-1] if section.repeat else ""
            for question in section.questions:
                said = told(row, question.key.rpartition(".")[2] if item else question.key)
                if question.key == WEIGHT:
                    weights = {made["produk"]: made["_berat_kg_per_satuan"] for made in scenario["produksi"]}
                    said = weights[row["produk"]].replace(".", ",")
                elif item and question.computed and question.key not in {"produksi.nilai", "produksi.satuan"}:
                    continue
                if said is None or isinstance(said, list) or isinstance(question, Ticks):
                    continue
                draft = given(draft, question.key, said, item)
    return settled(draft)


def settled(draft: Draft) -> Draft:
    """With what follows from the answers, as a turn would keep it."""
    for place, value in walk(FORM, draft, TODAY).derived.items():
        if value is not None:
            draft = draft.with_answer(place, Answer(value, Source.COMPUTED))
    return draft


def seen(draft: Draft) -> Walk:
    return walk(FORM, settled(draft), TODAY)


def found(draft: Draft) -> tuple[SoftWarning, ...]:
    return warnings(seen(draft))


def changed(draft: Draft, question: str, said: object, row: int = 0) -> Draft:
    group = question.partition(".")[0]
    item = draft.items[group][row] if group in draft.items else ""
    return given(draft, question, said, item)


def one(draft: Draft) -> SoftWarning:
    """The only warning there is."""
    (warning,) = found(draft)
    return warning


def with_past(draft: Draft, amounts: dict[str, int], items: dict[str, tuple[dict[str, Value], ...]]) -> Draft:
    return draft._replace(past=(Past("2025-2", amounts, items), Past("2025-1")))
