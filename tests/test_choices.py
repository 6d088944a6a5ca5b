"""Choosing in words: typos, other words for the same, and never a guess between two."""

from datetime import date
from itertools import combinations

import pytest

from conversations.choices import Choice, Ticks, match
from conversations.draft import Draft
from conversations.keyboards import token
from conversations.problems import Problem
from conversations.questions import Option, Question, Read, fold
from conversations.route import walk
from conversations.sections import laporan_produksi

FORM = laporan_produksi()
SCOPE = walk(FORM, Draft(), date(2026, 7, 3)).scope()
LISTS = [question for question in FORM.questions() if isinstance(question, Choice | Ticks) and question.choices]


def taken(key: str, text: str) -> object:
    """What the text stores, None where it is refused."""
    found = FORM.by_key[key].read(text, SCOPE)
    return found.value if isinstance(found, Read) else None


@pytest.mark.parametrize("text", ["ya", "Ya.", "IYA", "y", "betul", "ada", "sudah"])
def test_yes_is_understood_as_people_write_it(text: str) -> None:
    assert taken("produksi.diekspor", text) == "Ya"


@pytest.mark.parametrize("text", ["tidak", "Tidak!", "enggak", "gak", "nggak", "ndak", "belum", "tdk", "tidk"])
def test_no_is_understood_as_people_write_it(text: str) -> None:
    assert taken("produksi.diekspor", text) == "Tidak"


@pytest.mark.parametrize("text", ["mungkin", "ya tidak", "", "?", "tidak tahu apa", "0", "3", "99"])
def test_what_is_neither_is_not_guessed(text: str) -> None:
    assert taken("produksi.diekspor", text) is None


def test_a_number_picks_by_its_place_in_the_list() -> None:
    assert taken("mesin.status_kepemilikan", "2") == "Sewa"
    assert taken("data_khusus.tingkat_pendidikan", "4") == "SMA/Sederajat"


@pytest.mark.parametrize(("text", "value"), [
    ("sma", "SMA/Sederajat"), ("smk", "SMA/Sederajat"), ("sd", "SD/Sederajat"), ("mts", "SMP/Sederajat"),
    ("sarjana", "D4/S1"), ("D4/S1", "D4/S1"), ("S1", "S1"), ("d3", "D3"), ("tidak sekolh", "Tidak sekolah"),
])  # fmt: skip
def test_schools_are_known_by_their_short_names_and_a_more_exact_word_is_kept(text: str, value: str) -> None:
    assert taken("data_khusus.tingkat_pendidikan", text) == value


@pytest.mark.parametrize(("text", "value"), [
    ("sumur, pdam", ("air_tanah", "perusahaan_penyedia_air")), ("sungai dan sumur", ("air_tanah", "air_permukaan")),
    ("tidak ada", ()), ("-", ()), ("sumur & sumur", ("air_tanah",)),
])  # fmt: skip
def test_several_are_read_from_one_text_in_the_order_of_the_list(text: str, value: tuple[str, ...]) -> None:
    assert taken("air_baku.sumber", text) == value


def test_a_word_that_is_not_in_the_list_is_named_and_nothing_of_the_text_is_taken() -> None:
    found = FORM.by_key["air_baku.sumber"].read("sumur, teh botol", SCOPE)
    assert isinstance(found, Problem)
    assert "teh botol" in found.words.plain()


def test_sizes_with_a_comma_are_no_list_of_two() -> None:
    assert taken("bahan_bakar_pelumas.ukuran_elpiji", "5,5 kg dan 12 kg") == ("5,5 kg", "12 kg")
    assert taken("bahan_bakar_pelumas.ukuran_elpiji", "tidak ada") is None


@pytest.mark.parametrize("question", LISTS, ids=lambda question: question.key)
def test_each_option_is_taken_by_its_own_words_and_by_each_other_word_for_it(question: Question) -> None:
    assert isinstance(question, Choice | Ticks)
    for option in question.choices:
        for word in (option.face, option.value, *option.aliases):
            found = match(word, question.choices)
            assert found, word
            assert found.value == option.value, word


@pytest.mark.parametrize("question", LISTS, ids=lambda question: question.key)
def test_no_two_options_share_a_word_or_the_mark_on_their_buttons(question: Question) -> None:
    assert isinstance(question, Choice | Ticks)
    for one, other in combinations(question.choices, 2):
        assert not {fold(w) for w in (one.face, *one.aliases)} & {fold(w) for w in (other.face, *other.aliases)}
        assert token(one) != token(other)


def test_between_two_close_words_none_is_taken() -> None:
    assert match("mesin pemotong", (Option("Mesin pemotong a"), Option("Mesin pemotong b"))) is None
    oven, scale = Option("Oven gas"), Option("Timbangan digital")
    assert match("timbangan digtal", (oven, scale)) == scale
