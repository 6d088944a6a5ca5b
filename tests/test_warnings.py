"""Numbers that look wrong are pointed at, and never block; a healthy report is left in peace."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from conversations.answers import Answer, Place, Source, Value
from conversations.checklist import missing
from conversations.choices import Ticks
from conversations.draft import Draft, Past
from conversations.numbers import write
from conversations.questions import Question, Read
from conversations.route import Walk, walk
from conversations.sections import laporan_produksi
from conversations.warnings import PAST_AMOUNTS, PAST_ITEMS, SoftWarning, warnings
from tests.owner import load

FORM = laporan_produksi()
TODAY = date(2026, 7, 6)
WEIGHT = "kapasitas_produksi.berat_per_satuan"


@dataclass(frozen=True, slots=True)
class LastReport(Past):
    """An earlier report that brings its items along."""

    items: dict[str, tuple[dict[str, Value], ...]] = field(default_factory=dict)


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
    return replace(draft, past=(LastReport("2025-2", amounts, items), Past("2025-1")))


@pytest.mark.parametrize("name", ["tempe", "kopi", "konveksi"])
def test_a_healthy_report_gets_no_warning(name: str) -> None:
    draft = draft_of(name)
    assert load(name)["diharapkan"]["peringatan"] == []
    assert [warning.words.plain() for warning in found(draft)] == []
    now = seen(draft)
    same = {
        group: tuple(
            {key: now.known[Place(key, item)] for key in PAST_ITEMS if Place(key, item) in now.known} for item in rows
        )
        for group, rows in draft.items.items()
    }
    amounts = {key: value for key in PAST_AMOUNTS if isinstance(value := now.known.get(Place(key)), int)}
    assert found(with_past(draft, amounts, same)) == ()


def test_the_zeros_of_the_guides_own_example_are_doubted_and_block_nothing() -> None:
    draft = draft_of("tempe")
    draft = given(draft, "data_umum.periode_sebelumnya.nilai_mesin", 100_000_000)
    warning = one(given(draft, "data_umum.nilai_mesin", 600_000_000_000))
    assert warning.kind == "mesin_x10"
    assert warning.place == Place("data_umum.nilai_mesin")
    assert warning.words.plain() == (
        "Nilai Mesin: sekarang Rp600.000.000.000, periode lalu Rp100.000.000, bedanya 6.000 kali lipat. Periksa nolnya."
    )
    kept = given(draft, "data_umum.nilai_mesin", 1_000_000_000)
    assert one(kept).kind == "mesin_x10"
    assert missing(seen(kept)) == missing(seen(draft))
    assert found(given(draft, "data_umum.nilai_mesin", 999_000_000)) == ()


def test_other_amounts_are_doubted_from_a_thousand_times() -> None:
    draft = draft_of("tempe")
    assert found(changed(draft, "data_umum.nilai_lainnya", "1,3 miliar")) == ()
    assert one(changed(draft, "data_umum.nilai_lainnya", "14 miliar")).kind == "x1000"
    last = with_past(draft, {"data_umum.modal_kerja": 19_000, "listrik.nilai": 1_600_000}, {})
    warning = one(last)
    assert (warning.kind, warning.place) == ("x1000", Place("data_umum.modal_kerja"))
    assert "sekarang Rp19.000.000, periode lalu Rp19.000, bedanya 1.000 kali" in warning.words.plain()


def test_without_an_earlier_report_nothing_is_compared() -> None:
    draft = draft_of("tempe")
    assert found(replace(draft, past=(Past("2025-2"),))) == ()
    later = LastReport("2026-2", {"data_umum.modal_kerja": 19}, {})
    assert found(replace(draft, past=(later,))) == ()


def test_a_price_ten_times_that_of_last_period_is_doubted_at_its_value() -> None:
    soy: dict[str, Value] = {
        "bahan_baku.nama": "kedelai",
        "bahan_baku.satuan": "Kilogram",
        "bahan_baku.jumlah_dalam_negeri": Decimal(7000),
        "bahan_baku.nilai_dalam_negeri": 7_350_000,
    }
    draft = draft_of("tempe")
    warning = one(with_past(draft, {}, {"bahan_baku": (soy,)}))
    assert (warning.kind, warning.place.question) == ("harga", "bahan_baku.nilai_dalam_negeri")
    assert warning.words.plain().startswith(
        "Kedelai: sekarang Rp10.500 per Kilogram, periode lalu Rp1.050 per Kilogram."
    )
    near = {**soy, "bahan_baku.nilai_dalam_negeri": 7_400_000}
    other_unit = {**soy, "bahan_baku.satuan": "Karung"}
    assert found(with_past(draft, {}, {"bahan_baku": (near, other_unit)})) == ()


def test_an_amount_a_thousand_times_that_of_last_period_is_doubted_even_at_the_same_price() -> None:
    yeast: dict[str, Value] = {
        "bahan_baku.nama": "Ragi tempe",
        "bahan_baku.satuan": "Kilogram",
        "bahan_baku.jumlah_dalam_negeri": Decimal("0.0156"),
        "bahan_baku.nilai_dalam_negeri": 468,
    }
    warning = one(with_past(draft_of("tempe"), {}, {"bahan_baku": (yeast,)}))
    assert (warning.kind, warning.place.question) == ("x1000", "bahan_baku.jumlah_dalam_negeri")
    assert warning.words.plain().startswith("Jumlah dari Dalam Negeri — Ragi tempe: sekarang 15,6 Kilogram")


def test_more_made_than_could_be_made_is_doubted() -> None:
    draft = draft_of("tempe")
    assert found(changed(draft, "produksi.jumlah_satuan_asli", 37_200)) == ()
    warning = one(changed(draft, "produksi.jumlah_satuan_asli", 37_201))
    assert (warning.kind, warning.place.question) == ("kapasitas", "produksi.jumlah_satuan_asli")
    assert "Tempe kedelai: dibuat 37.201 Bungkus, padahal kapasitasnya paling banyak 37.200 Bungkus" in (
        warning.words.plain()
    )


def test_in_another_unit_capacity_is_compared_in_kilograms() -> None:
    draft = changed(draft_of("tempe"), "produksi.satuan", "Papan")
    draft = changed(draft, "produksi.berat_per_satuan", "1,5")
    draft = changed(draft, "produksi.jumlah_satuan_asli", 12_000)
    warning = one(draft)
    assert (warning.kind, warning.place.question) == ("kapasitas", "produksi.jumlah_kg")
    assert "dibuat 18.000 Kilogram, padahal kapasitasnya paling banyak 16.740 Kilogram" in warning.words.plain()


def test_one_product_for_two_purposes_shares_its_capacity() -> None:
    draft = draft_of("konveksi")
    item = draft.next_item("produksi")
    draft = draft.with_item("produksi")
    for key, said in {"produk": "Kaos oblong", "satuan": "Pcs", "jumlah_satuan_asli": 9_001, "nilai": "60 juta",
                      "tujuan_produksi": "Diproduksi untuk kebutuhan sendiri"}.items():  # fmt: skip
        draft = given(draft, f"produksi.{key}", said, item)
    assert "dibuat 39.001 Pcs" in one(draft).words.plain()
    assert found(given(draft, "produksi.tujuan_produksi", "Menggunakan jasa makloon", item)) == ()


def test_kilograms_of_her_own_must_fit_the_weight_of_one_unit() -> None:
    draft = draft_of("tempe")
    assert found(changed(draft, "produksi.jumlah_kg", 13_500)) == ()
    warning = one(changed(draft, "produksi.jumlah_kg", 28_600))
    assert (warning.kind, warning.place.question) == ("berat", "produksi.jumlah_kg")
    assert "28.600 Bungkus dengan berat 0,45 kg per Bungkus mestinya 12.870 kg, tetapi tertulis 28.600 kg" in (
        warning.words.plain()
    )
    assert one(changed(draft, "kapasitas_produksi.kapasitas_kg", 1_674)).place.question.startswith("kapasitas")


def test_kilograms_rounded_to_the_last_gram_are_no_misfit() -> None:
    draft = changed(draft_of("tempe"), "produksi.berat_per_satuan", "0,004")
    assert found(changed(draft, "produksi.jumlah_satuan_asli", 1)) == ()


def test_materials_dearer_than_all_that_was_made_of_them_are_doubted_at_the_dearest() -> None:
    draft = draft_of("tempe")
    assert found(changed(draft, "produksi.nilai", 85_228_000)) == ()
    warning = one(changed(draft, "produksi.nilai", 85_227_999))
    assert (warning.kind, warning.place) == (
        "bahan_mahal",
        Place("bahan_baku.nilai_dalam_negeri", draft.items["bahan_baku"][0]),
    )


def test_cloth_that_the_orderer_of_maklon_provides_is_not_counted_as_bought() -> None:
    draft = changed(draft_of("konveksi"), "bahan_baku.sumber_bahan_baku", "Dibeli sendiri untuk makloon")
    assert one(draft).kind == "bahan_mahal"


def test_materials_wait_until_every_product_has_its_value() -> None:
    draft = changed(draft_of("kopi"), "produksi.nilai", 1_000)
    assert one(draft).kind == "bahan_mahal"
    assert found(draft.without(Place("produksi.nilai", draft.items["produksi"][1]))) == ()


def test_machines_without_electricity_are_doubted_unless_there_is_no_pln() -> None:
    draft = changed(draft_of("tempe"), "listrik.jumlah_kwh", "0")
    warning = one(changed(draft, "listrik.nilai", "0"))
    assert (warning.kind, warning.place) == ("listrik_nol", Place("listrik.jumlah_kwh"))
    assert found(changed(changed(draft, "listrik.nilai", "0"), "listrik.tipe", "Tidak memakai PLN")) == ()
    no_machines = replace(draft, items={**draft.items, "mesin": ()})
    assert found(given(no_machines, "listrik.nilai", "0")) == ()
    assert one(no_machines).kind == "listrik_kwh"


@pytest.mark.parametrize(
    ("paid", "doubted"), [(305_999, True), (306_000, False), (3_060_000, False), (3_060_001, True)]
)
def test_electricity_costs_between_300_and_3000_rupiah_per_kwh(paid: int, *, doubted: bool) -> None:
    kinds = [warning.kind for warning in found(changed(draft_of("tempe"), "listrik.nilai", paid))]
    assert kinds == (["listrik_kwh"] if doubted else [])


def test_a_kept_warning_is_kept_for_just_these_numbers() -> None:
    draft = draft_of("tempe")
    first, again, other = (
        one(changed(draft, "produksi.jumlah_satuan_asli", amount)).fingerprint for amount in (40_000, 40_000, 41_000)
    )
    assert first == again != other
    renamed = changed(changed(draft, "produksi.jumlah_satuan_asli", 40_000), "produksi.spesifikasi", "Bungkus daun")
    assert one(renamed).fingerprint == first


def test_warnings_come_in_the_order_of_the_form() -> None:
    draft = changed(draft_of("tempe"), "listrik.nilai", 1_000)
    draft = changed(draft, "produksi.jumlah_satuan_asli", 40_000)
    draft = changed(draft, "data_umum.nilai_mesin", "1 miliar")
    assert [warning.kind for warning in found(draft)] == ["mesin_x10", "kapasitas", "listrik_kwh"]


def test_an_empty_report_has_nothing_to_doubt() -> None:
    assert found(Draft()) == ()
    assert found(given(Draft(), "data_umum.berproduksi", "Tidak")) == ()
