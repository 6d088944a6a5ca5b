"""Numbers that moved further since last period than a workshop does are pointed at, and never block."""

from decimal import Decimal

import pytest

from conversations.answers import Place, Value
from conversations.checklist import missing
from conversations.draft import Past
from tests.scenario_draft import changed, draft_of, found, given, one, seen, with_past


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
    assert missing(seen(kept)) == missing(seen(draft_of("tempe")))
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
    assert found(draft._replace(past=(Past("2025-2"),))) == ()
    later = Past("2026-2", {"data_umum.modal_kerja": 19}, {})
    assert found(draft._replace(past=(later,))) == ()


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
    assert found(with_past(draft, {}, {"bahan_baku": (near,)})) == ()


@pytest.mark.parametrize(
    "other",
    [
        {"bahan_baku.nama": "Kain katun"},
        {"bahan_baku.satuan": "Rol"},
        {"bahan_baku.sumber_bahan_baku": "Dibeli sendiri untuk produksi sendiri"},
    ],
)
def test_only_the_same_material_in_the_same_unit_for_the_same_purpose_is_compared(other: dict[str, Value]) -> None:
    cloth: dict[str, Value] = {
        "bahan_baku.nama": "Kain cotton combed 30s",
        "bahan_baku.satuan": "Kilogram",
        "bahan_baku.sumber_bahan_baku": "Disediakan perusahaan lain untuk makloon",
        "bahan_baku.jumlah_dalam_negeri": Decimal(6000),
        "bahan_baku.nilai_dalam_negeri": 6_600_000,
    }
    draft = draft_of("konveksi")
    assert one(with_past(draft, {}, {"bahan_baku": (cloth,)})).kind == "harga"
    assert found(with_past(draft, {}, {"bahan_baku": ({**cloth, **other},)})) == ()


def test_the_latest_report_before_this_one_counts() -> None:
    older, newer = (
        Past("2025-1", {"data_umum.modal_kerja": 19}),
        Past("2025-2", {"data_umum.modal_kerja": 19_000_000}),
    )
    for past in ((older, newer), (newer, older)):
        assert found(draft_of("tempe")._replace(past=past)) == ()


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
