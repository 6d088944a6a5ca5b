"""KBLI codes found by the words on a workshop's own sign, misspelt as they come."""

import re

import pytest

from conversations.products import PRODUCTS, kbli_title, search_products


def codes(text: str) -> list[str]:
    return [product.kbli for product in search_products(text)]


def test_the_list_holds_at_least_150_products_and_codes_of_five_digits() -> None:
    assert len({product.kbli for product in PRODUCTS}) >= 150
    assert len({word for product in PRODUCTS for word in product.kata}) >= 1000
    for product in PRODUCTS:
        assert re.fullmatch(r"(1[0-9]|2[0-9]|3[0-3])\d{3}", product.kbli), product
        assert product.hs is None or re.fullmatch(r"\d{4}\.\d\d\.\d\d", product.hs), product
        assert product.judul.strip() == product.judul != ""
        assert len(set(product.kata)) == len(product.kata), product


def test_a_code_has_one_title() -> None:
    for product in PRODUCTS:
        assert kbli_title(product.kbli) == product.judul
    assert kbli_title("99999") is None
    assert kbli_title("10391") == "Tempe kedelai"


def test_every_word_of_the_list_finds_its_own_code_among_the_first_three() -> None:
    for product in PRODUCTS:
        for word in product.kata:
            assert product.kbli in codes(word)[:3], word


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("kripik", "10794"),
        ("kripik singkong pedas balado", "10794"),
        ("krupuk", "10794"),
        ("emping mlinjo", "10794"),
        ("mabel", "31001"),
        ("konfeksi", "14111"),
        ("tempeh", "10391"),
        ("tempe kedele", "10391"),
        ("sambel", "10772"),
        ("gula areng", "10722"),
        ("kopi bubug", "10761"),
        ("jammu", "21022"),
        ("ikan asing", "10211"),
        ("trasi", "10295"),
        ("kue kring", "10710"),
        ("bihum", "10740"),
        ("minyak klapa", "10422"),
        ("yogurth", "10590"),
        ("batek tulis", "13134"),
        ("jilbap", "14131"),
        ("sepatoe", "15201"),
        ("sendal", "15201"),
        ("anyaman bamboo", "16291"),
        ("pager besi", "25111"),
        ("kenalpot", "30912"),
        ("bata mera", "23921"),
        ("gentengg", "23922"),
        ("pavingblok", "23953"),
        ("grabah", "23932"),
        ("kapor", "23942"),
        ("kosmetic", "20232"),
        ("prcetakan", "18111"),
        ("maenan anak", "32402"),
        ("angklun", "32201"),
        ("perhiasan perag", "32112"),
        ("prahu", "30111"),
    ],
)
def test_a_misspelt_product_finds_its_code_among_the_first_three(typed: str, code: str) -> None:
    assert code in codes(typed)[:3]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("usaha pembuatan roti rumahan", "10710"),
        ("singkong keripik", "10794"),
        ("isi ulang air minum", "11052"),
        ("batubata", "23921"),
        ("jualan donat kentang", "10710"),
        ("las pagar dan teralis", "25111"),
    ],
)
def test_extra_words_and_word_order_do_not_matter(typed: str, code: str) -> None:
    assert codes(typed)[0] == code


def test_each_code_is_offered_once_and_at_most_as_many_as_asked() -> None:
    assert len(codes("kue")) == len(set(codes("kue"))) <= 6
    assert len(search_products("mesin", limit=2)) == 2


@pytest.mark.parametrize("typed", ["", "xyzzy", "?!", "a"])
def test_words_that_are_no_product_offer_nothing(typed: str) -> None:
    assert search_products(typed) == ()
