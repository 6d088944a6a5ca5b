"""Names found word by word, and the order in which they are offered."""

from conversations.search import Finder

SNACKS = Finder((name, name) for name in ("keripik", "tepung singkong", "keripik singkong", "singkong", "es krim"))


def test_the_name_that_explains_most_of_the_text_comes_first() -> None:
    assert SNACKS.search("keripik singkong pedas", 6)[0] == "keripik singkong"
    assert SNACKS.search("singkong", 6)[0] == "singkong"


def test_a_name_with_little_in_common_is_not_offered() -> None:
    places = Finder((name, name) for name in ("kota raja", "kota bima", "kota tual", "kota batu"))
    assert places.search("kota bima", 6) == ("kota bima",)


def test_the_beginning_of_a_word_is_enough() -> None:
    assert SNACKS.search("kerip", 6) == ("keripik", "keripik singkong")


def test_a_word_written_in_two_is_still_that_word() -> None:
    assert SNACKS.search("sing kong mentah", 6)[0] == "singkong"


def test_longer_words_bear_two_wrong_letters_and_short_ones_none() -> None:
    assert SNACKS.search("kripikk", 6)[0] == "keripik"
    assert SNACKS.search("as", 6) == ()


def test_the_same_name_of_two_things_finds_neither_and_nears_both() -> None:
    places = Finder([("Bandung", "kota"), ("Bandung", "kabupaten")])
    assert places.find("bandung") is None
    assert places.near("bandung") == ("kota", "kabupaten")


def test_accents_case_spaces_and_marks_do_not_count() -> None:
    assert Finder([("Côte d’Ivoire", 1)]).find("COTE-D IVOIRE") == 1


def test_an_empty_text_finds_nothing() -> None:
    assert SNACKS.find("") is None
    assert SNACKS.search("", 6) == ()
