"""PLN tariffs as they are read off a meter, a bill or a token slip."""

import pytest

from conversations.tariffs import TARIFFS, find_tariff, suggest_tariffs


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("R1 1300", "R-1/1.300 VA"),
        ("r-1/1.300va", "R-1/1.300 VA"),
        ("R-1/1,300 VA", "R-1/1.300 VA"),
        ("token R1 1300 va", "R-1/1.300 VA"),
        ("rumah tangga 2200", "R-1/2.200 VA"),
        ("R2 3500", "R-2/3.500 VA"),
        ("b1 5500", "B-1/5.500 VA"),
        ("bisnis 2.200", "B-1/2.200 VA"),
        ("b2 6,6 kva", "B-2/6.600 VA"),
        ("B-2/6.600 VA", "B-2/6.600 VA"),
        ("industri 10600 va", "I-1/10.600 VA"),
        ("i2 33 kva", "I-2/33.000 VA"),
        ("900 subsidi", "R-1/900 VA"),
        ("900 nonsubsidi", "R-1/900 VA-RTM"),
        ("R1M/900VA", "R-1/900 VA-RTM"),
        ("tidak pakai pln", "Tidak memakai PLN"),
        ("ga pake listrik", "Tidak memakai PLN"),
        ("genset", "Tidak memakai PLN"),
        ("tidak pakai PLN, genset 5000 watt", "Tidak memakai PLN"),
        ("gak tau", "Tidak tahu"),
        ("tidak tahu listriknya berapa", "Tidak tahu"),
    ],
)
def test_a_tariff_is_stored_in_one_form_however_it_is_typed(typed: str, stored: str) -> None:
    assert find_tariff(typed) == stored


@pytest.mark.parametrize(
    ("typed", "possible"),
    [
        ("1300", ("R-1/1.300 VA", "B-1/1.300 VA", "I-1/1.300 VA")),
        ("token 1300 va", ("R-1/1.300 VA", "B-1/1.300 VA", "I-1/1.300 VA")),
        ("tidak tahu, 1300", ("R-1/1.300 VA", "B-1/1.300 VA", "I-1/1.300 VA")),
        ("3 phase 16500 va", ("R-3/16.500 VA", "B-2/16.500 VA", "I-2/16.500 VA")),
        ("R2, dayanya tidak tahu", ("R-2/3.500 VA", "R-2/4.400 VA", "R-2/5.500 VA")),
        ("rumah tangga 900", ("R-1/900 VA", "R-1/900 VA-RTM")),
        ("r1", ("R-1/450 VA", "R-1/900 VA", "R-1/900 VA-RTM", "R-1/1.300 VA", "R-1/2.200 VA")),
    ],
)
def test_several_possible_tariffs_are_offered_and_none_is_guessed(typed: str, possible: tuple[str, ...]) -> None:
    assert find_tariff(typed) is None
    assert suggest_tariffs(typed) == possible


@pytest.mark.parametrize("typed", ["", "5", "pakai PLN", "Rp 200.000", "500 ribu", "1300 atau 2200"])
def test_what_is_no_tariff_gives_nothing(typed: str) -> None:
    assert find_tariff(typed) is None
    assert suggest_tariffs(typed) == ()


def test_every_tariff_of_the_list_is_read_back_as_itself() -> None:
    for tariff in TARIFFS:
        assert find_tariff(tariff.nama) == tariff.nama
        assert suggest_tariffs(tariff.nama) == (tariff.nama,)
