"""Numbers that look wrong are pointed at, and never block; a healthy report is left in peace."""

from decimal import Decimal

import pytest

from conversations.answers import Place
from conversations.draft import Draft
from conversations.warnings import PAST_AMOUNTS, PAST_ITEMS
from tests.owner import load
from tests.scenario_draft import changed, draft_of, found, given, one, seen, with_past


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


def test_a_product_in_two_units_is_compared_in_kilograms_too() -> None:
    draft = draft_of("tempe")
    for group, unit, amount in (
        ("kapasitas_produksi", "satuan_asli", "maks_per_bulan"),
        ("produksi", "satuan", "jumlah_satuan_asli"),
    ):
        item, draft = draft.next_item(group), draft.with_item(group)
        for key, said in {"produk": "Tempe kedelai", unit: "Gram", amount: 1_000_000}.items():
            draft = given(draft, f"{group}.{key}", said, item)
    item = draft.items["produksi"][1]
    draft = given(draft, "produksi.nilai", "9 juta", item)
    assert found(draft) == ()
    assert (
        "dibuat 22.870 Kilogram" in one(given(draft, "produksi.jumlah_satuan_asli", 10_000_000, item)).words.plain()
    )


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
    assert one(changed(draft, "produksi.jumlah_kg", 13_600)).kind == "berat"
    warning = one(changed(draft, "produksi.jumlah_kg", 28_600))
    assert (warning.kind, warning.place.question) == ("berat", "produksi.jumlah_kg")
    assert "28.600 Bungkus dengan berat 0,45 kg per Bungkus mestinya 12.870 kg, tetapi tertulis 28.600 kg" in (
        warning.words.plain()
    )
    assert one(changed(draft, "kapasitas_produksi.kapasitas_kg", 1_674)).place.question.startswith("kapasitas")


def test_a_weight_and_an_amount_of_fifteen_digits_are_doubted_in_full() -> None:
    draft = changed(draft_of("tempe"), "kapasitas_produksi.berat_per_satuan", "999.999.999.999.999")
    draft = changed(draft, "produksi.jumlah_satuan_asli", 999_999_999_999_999)
    draft = changed(draft, "produksi.jumlah_kg", 13_500)
    assert any(
        "mestinya 999.999.999.999.998.000.000.000.000.001 kg" in warning.words.plain() for warning in found(draft)
    )


def test_kilograms_rounded_to_the_last_gram_are_no_misfit() -> None:
    draft = changed(draft_of("tempe"), "kapasitas_produksi.berat_per_satuan", "0,005")
    draft = changed(draft, "produksi.jumlah_satuan_asli", 3)
    assert seen(draft).known[Place("produksi.jumlah_kg", draft.items["produksi"][0])] == Decimal("0.02")
    assert found(draft) == ()


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
    no_machines = draft._replace(items={**draft.items, "mesin": ()})
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
    later = with_past(changed(draft_of("tempe"), "produksi.jumlah_satuan_asli", 40_000), {"listrik.nilai": 100}, {})
    assert [warning.kind for warning in found(later)] == ["kapasitas", "x1000"]


def test_an_empty_report_has_nothing_to_doubt() -> None:
    assert found(Draft()) == ()
    assert found(given(Draft(), "data_umum.berproduksi", "Tidak")) == ()
