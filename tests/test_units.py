"""The units owners type, and what one is in another: by weight, by volume, by the piece, or not at all."""

from decimal import Decimal

import pytest

from conversations.units import UNITS, find_unit, in_unit, kilograms_of_one


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kg", "Kilogram"),
        (" KG. ", "Kilogram"),
        ("kilo", "Kilogram"),
        ("Kilogram", "Kilogram"),
        ("kilogrm", "Kilogram"),
        ("kwintal", "Kuintal"),
        ("bungkuss", "Bungkus"),
        ("bungus", "Bungkus"),
        ("meterpersegi", "Meter persegi"),
        ("m²", "Meter persegi"),
        ("dus", "Karton"),
        ("sak", "Karung"),
        ("gros", "Gross"),
        ("biji", "Pcs"),
    ],
)
def test_a_unit_is_found_by_name_by_what_people_say_and_with_one_typo(typed: str, name: str) -> None:
    unit = find_unit(typed)
    assert unit is not None
    assert unit.name == name


@pytest.mark.parametrize("typed", ["", "barang", "lebar", "rak", "kf", "tandan", "leter", "bngks bsr"])
def test_a_word_that_is_no_unit_or_could_be_two_is_left_to_the_owner(typed: str) -> None:
    assert find_unit(typed) is None


def test_every_name_and_alias_leads_to_its_own_unit() -> None:
    for unit in UNITS:
        assert all(find_unit(word) is unit for word in (unit.name, *unit.aliases)), unit


def test_dozens_scores_gross_and_reams_are_known() -> None:
    assert {unit.name: unit.count for unit in UNITS if unit.count} == {
        "Lusin": 12,
        "Kodi": 20,
        "Gross": 144,
        "Rim": 500,
    }


@pytest.mark.parametrize(
    ("value", "word", "unit", "expected"),
    [
        ("3", "lusin", "Pcs", "36"),
        ("3", "lusin", "Botol", "36"),
        ("2", "kodi", "Lembar", "40"),
        ("1", "gros", "Lusin", "12"),
        ("2", "rim", "Lembar", "1000"),
        ("36", "pcs", "Lusin", "3"),
        ("5", "buah", "Pcs", "5"),
        ("2", "kuintal", "Kilogram", "200"),
        ("1.5", "ton", "Kilogram", "1500"),
        ("5", "ons", "Kilogram", "0.5"),
        ("250", "gram", "Kilogram", "0.25"),
        ("7800", "kg", "Ton", "7.8"),
        ("500", "ml", "Liter", "0.5"),
        ("2", "m3", "Liter", "2000"),
        ("7.8", "kg", "Kilogram", "7.8"),
        ("7.8", "KILO", "Kilogram", "7.8"),
        ("7.8", None, "Bungkus", "7.8"),
        ("4", "tandan", "Tandan", "4"),
        ("450", "kwh", "kWh", "450"),
    ],
)
def test_a_quantity_is_brought_into_the_unit_of_the_question(
    value: str, word: str | None, unit: str, expected: str
) -> None:
    assert in_unit(Decimal(value), word, unit) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "word", "unit"),
    [
        ("3", "sak", "Kilogram"),
        ("3", "bungkus", "Kilogram"),
        ("3", "kg", "Bungkus"),
        ("3", "liter", "Kilogram"),
        ("3", "lusin", "Kilogram"),
        ("1", "rim", "Pcs"),
        ("37", "pcs", "Lusin"),
        ("3", "botol", "Kaleng"),
        ("3", "kg", "Tandan"),
        ("3", "tandan", "Kilogram"),
    ],
)
def test_what_cannot_be_converted_exactly_is_not_converted(value: str, word: str, unit: str) -> None:
    assert in_unit(Decimal(value), word, unit) is None


def test_only_units_of_weight_have_a_weight_of_their_own() -> None:
    assert kilograms_of_one("Kilogram") == 1
    assert kilograms_of_one("Ton") == 1000
    assert kilograms_of_one("Gram") == Decimal("0.001")
    assert kilograms_of_one("ons") == Decimal("0.1")
    assert all(kilograms_of_one(name) is None for name in ("Bungkus", "Karung", "Liter", "Pcs", "tandan"))
