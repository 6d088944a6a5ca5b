"""Kabupaten, kota and provinces as owners name the place of their workshop."""

import pytest

from conversations.regions import PROVINCES, REGIONS, find_province, find_region, suggest_regions


@pytest.mark.parametrize(
    ("typed", "name", "province", "zone"),
    [
        ("tulungagung", "Kabupaten Tulungagung", "Jawa Timur", "WIB"),
        ("kab tulung agung", "Kabupaten Tulungagung", "Jawa Timur", "WIB"),
        ("Kab. Tulungagung, Jawa Timur", "Kabupaten Tulungagung", "Jawa Timur", "WIB"),
        ("tulungagng", "Kabupaten Tulungagung", "Jawa Timur", "WIB"),
        ("kota bandung", "Kota Bandung", "Jawa Barat", "WIB"),
        ("bandung barat", "Kabupaten Bandung Barat", "Jawa Barat", "WIB"),
        ("banjar jabar", "Kota Banjar", "Jawa Barat", "WIB"),
        ("jogja", "Kota Yogyakarta", "Daerah Istimewa Yogyakarta", "WIB"),
        ("solo", "Kota Surakarta", "Jawa Tengah", "WIB"),
        ("jaksel", "Kota Administrasi Jakarta Selatan", "Daerah Khusus Ibukota Jakarta", "WIB"),
        ("Kabupaten Aceh Tengah", "Kabupaten Aceh Tengah", "Aceh", "WIB"),
        ("denpasar", "Kota Denpasar", "Bali", "WITA"),
        ("palangkaraya", "Kota Palangka Raya", "Kalimantan Tengah", "WIB"),
        ("baubau", "Kota Bau Bau", "Sulawesi Tenggara", "WITA"),
        ("raja ampat", "Kabupaten Raja Ampat", "Papua Barat Daya", "WIT"),
        ("merauke", "Kabupaten Merauke", "Papua Selatan", "WIT"),
    ],
)
def test_a_place_gives_its_full_name_province_and_zone(typed: str, name: str, province: str, zone: str) -> None:
    found = find_region(typed)
    assert found is not None
    assert (found.name, found.province, found.zone) == (name, province, zone)


@pytest.mark.parametrize("place", ["Bandung", "Kediri", "Malang", "Sorong", "Jayapura"])
def test_a_name_shared_by_kota_and_kabupaten_is_asked_back_with_both(place: str) -> None:
    assert find_region(place.lower()) is None
    first, second, *_ = suggest_regions(place.lower())
    assert {first.name, second.name} == {f"Kabupaten {place}", f"Kota {place}"}


@pytest.mark.parametrize("typed", ["", "x", "kota", "lombok", "papua", "Kab. Surabaya", "Wakanda"])
def test_nothing_is_guessed_where_no_place_or_several_fit(typed: str) -> None:
    assert find_region(typed) is None


def test_the_province_behind_a_name_narrows_the_suggestions() -> None:
    assert {region.province for region in suggest_regions("semarang jateng")} == {"Jawa Tengah"}


def test_jakarta_offers_its_six_and_a_large_province_offers_none() -> None:
    assert len(suggest_regions("jakarta")) == 6
    assert suggest_regions("jawa timur") == ()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("jatim", "Jawa Timur"),
        ("Provinsi Jawa Tmur", "Jawa Timur"),
        ("DIY", "Daerah Istimewa Yogyakarta"),
        ("dki", "Daerah Khusus Ibukota Jakarta"),
        ("ntt", "Nusa Tenggara Timur"),
        ("papua", "Papua"),
        ("papua barat daya", "Papua Barat Daya"),
        ("sumatra utara", "Sumatera Utara"),
    ],
)
def test_a_province_is_known_by_its_short_name(typed: str, name: str) -> None:
    found = find_province(typed)
    assert found is not None
    assert found.name == name


def test_java_alone_is_no_province() -> None:
    assert find_province("jawa") is None


def test_there_are_38_provinces_and_514_places_each_found_by_its_own_name() -> None:
    assert len({province.name for province in PROVINCES}) == len(PROVINCES) == 38
    assert len({region.name for region in REGIONS}) == len(REGIONS) == 514
    assert {region.province for region in REGIONS} == {province.name for province in PROVINCES}
    for province in PROVINCES:
        assert find_province(province.name) == province
    for region in REGIONS:
        assert find_region(region.name) == region


def test_the_three_zones_hold_18_12_and_8_provinces() -> None:
    zones = [province.zone for province in PROVINCES]
    assert (zones.count("WIB"), zones.count("WITA"), zones.count("WIT")) == (18, 12, 8)
