"""Countries as owners write them: everyday names, English names, one typo, and several at once."""

import pytest

from conversations.countries import COUNTRIES, Country, find_country, read_countries, suggest_countries


def names(countries: tuple[Country, ...]) -> list[str]:
    return [country.nama for country in countries]


@pytest.mark.parametrize(
    ("typed", "iso2"),
    [
        ("Jepang", "JP"),
        ("JAPAN", "JP"),
        (" jepang. ", "JP"),
        ("Cina", "CN"),
        ("china", "CN"),
        ("RRC", "CN"),
        ("Tiongkok", "CN"),
        ("amerika", "US"),
        ("USA", "US"),
        ("AS", "US"),
        ("United States", "US"),
        ("Inggris", "GB"),
        ("uk", "GB"),
        ("Korea", "KR"),
        ("korsel", "KR"),
        ("Korea Utara", "KP"),
        ("Holland", "NL"),
        ("Belanda", "NL"),
        ("arab", "SA"),
        ("Saudi", "SA"),
        ("Dubai", "AE"),
        ("emirat", "AE"),
        ("taiwan", "TW"),
        ("Hongkong", "HK"),
        ("hong kong", "HK"),
        ("Cote d'Ivoire", "CI"),
        ("Germany", "DE"),
        ("Perancis", "FR"),
        ("indonesia", "ID"),
    ],
)
def test_a_country_is_known_by_every_name_owners_use(typed: str, iso2: str) -> None:
    found = find_country(typed)
    assert found is not None
    assert found.iso2 == iso2


@pytest.mark.parametrize(
    ("typed", "iso2"),
    [("Jepng", "JP"), ("Belnada", "NL"), ("malasia", "MY"), ("Singapure", "SG"), ("Ostralia", "AU")],
)
def test_one_wrong_letter_still_finds_the_country(typed: str, iso2: str) -> None:
    found = find_country(typed)
    assert found is not None
    assert found.iso2 == iso2


@pytest.mark.parametrize("typed", ["iraj", "kongo", "bali", "Wakanda", "", "...", "Eropa", "Afrika"])
def test_nothing_is_guessed_where_no_country_or_several_are_near(typed: str) -> None:
    assert find_country(typed) is None


def test_two_countries_equally_near_are_both_suggested() -> None:
    assert set(names(suggest_countries("iraj"))) == {"Irak", "Iran"}
    assert set(names(suggest_countries("kongo"))[:2]) == {"Kongo - Brazzaville", "Kongo - Kinshasa"}


def test_suggestions_never_exceed_the_limit() -> None:
    assert len(suggest_countries("kepulauan", limit=3)) == 3
    assert len(suggest_countries("kepulauan")) == 6


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Jepang, Korea dan Belanda", ["Jepang", "Korea Selatan", "Belanda"]),
        ("jepang korea utara belanda", ["Jepang", "Korea Utara", "Belanda"]),
        ("ke Jepang, cina / China\nTaiwan", ["Jepang", "Tiongkok", "Taiwan"]),
        ("Trinidad dan Tobago dan Jepang", ["Trinidad dan Tobago", "Jepang"]),
        ("Korea Sealtan serta Jepng", ["Korea Selatan", "Jepang"]),
        ("", []),
    ],
)
def test_pak_budi_names_all_his_export_countries_in_one_message(typed: str, expected: list[str]) -> None:
    found = read_countries(typed)
    assert not isinstance(found, str)
    assert names(found) == expected


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("Jepang, Wakanda", "wakanda"),
        ("Jepang dan Negeri Awan, Belanda", "negeri awan"),
        ("Jepang Selatan", "selatan"),
        ("kongo dan Jepang", "kongo"),
        ("Jepang 60", "60"),
    ],
)
def test_a_word_that_is_no_country_is_named_and_never_dropped(typed: str, unknown: str) -> None:
    assert read_countries(typed) == unknown


def test_a_whole_letter_is_no_list_of_countries() -> None:
    assert read_countries("Jepang " * 500) == "Jepang Jepang Jepang Jepang Jepang Jepan"


def test_every_code_and_every_name_stands_for_one_country() -> None:
    assert len({country.iso2 for country in COUNTRIES}) == len(COUNTRIES) > 240
    for country in COUNTRIES:
        for name in (country.nama, *country.aliases):
            assert find_country(name) == country, name
