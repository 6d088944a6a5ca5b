"""An imported list of codes: kept once, searched the way owners type, and never half of it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from benchmarks.search import found, made_list
from storage.code_search import CodeIndex, CodeLine
from storage.code_tables import Code, CodeList
from storage.codes import Taken, search_codes, take_list, title_of, warm
from storage.database import connect
from storage.schema import upgrade

LINES = (
    CodeLine("0901.10.10", "Minuman dari biji. > Lain-lain"),
    CodeLine("1701.20.10", "Gula dari nira. > Nira aren > Dicetak"),
    CodeLine("1701.20.20", "Gula dari nira. > Nira kelapa > Dicetak"),
    CodeLine("1701.20.30", "Gula dari nira. > Nira kelapa > Cair, dalam wadah 500 ml"),
    CodeLine("1902.30.00", "Makanan kering dari umbi. > Singkong diiris dan digoreng"),
    CodeLine("6912.00.10", "Peralatan dapur dari tanah liat. > Cobek"),
    CodeLine("6912.00.90", "Peralatan dapur dari tanah liat. > Lain-lain"),
)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        take_list(connection, "hs", "2022", LINES)
    with engine.connect() as connection:
        yield connection


def codes(connection: Connection, text: str) -> list[str]:
    return [line.code for line in search_codes(connection, "hs", text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cobek", "6912.00.10"),
        ("cobek tanah liat", "6912.00.10"),
        ("COBÉK", "6912.00.10"),
        ("coebk tnah liad", "6912.00.10"),
        ("gula nira aren", "1701.20.10"),
        ("aren gula", "1701.20.10"),
        ("glua nirra kelpa ciar", "1701.20.30"),
        ("gula kelapa 500", "1701.20.30"),
        ("singk", "1902.30.00"),
        ("singkong goreng", "1902.30.00"),
        ("singgkonkg", "1902.30.00"),
        ("1902", "1902.30.00"),
        ("6912.00.9", "6912.00.90"),
        ("69 12 00 10", "6912.00.10"),
    ],
)
def test_words_as_owners_type_them_find_the_line(typed: str, first: str) -> None:
    assert CodeIndex(LINES).search(typed, 10)[0].code == first


@pytest.mark.parametrize("typed", ["", "   ", "?!", "sepeda motor", "600", "zzzzzzzz", "9999", "\x00", "🍃"])
def test_what_the_list_does_not_hold_finds_nothing(typed: str) -> None:
    assert CodeIndex(LINES).search(typed, 10) == ()


@pytest.mark.parametrize("typed", ["gula nira", "17"])
def test_no_more_lines_come_than_were_asked_for(typed: str) -> None:
    assert len(CodeIndex(LINES).search(typed, 3)) == 3
    assert len(CodeIndex(LINES).search(typed, 2)) == 2


def test_a_line_comes_back_with_its_title(connection: Connection) -> None:
    assert search_codes(connection, "hs", "cobek")[0] == LINES[5]
    assert title_of(connection, "hs", "6912.00.10") == LINES[5].title
    assert title_of(connection, "hs", "0000.00.00") is None


def test_without_a_list_nothing_is_found(connection: Connection) -> None:
    assert search_codes(connection, "kbli", "cobek") == ()
    assert title_of(connection, "kbli", "10391") is None


def test_a_list_of_an_edition_that_the_form_does_not_ask_for_is_not_searched(connection: Connection) -> None:
    take_list(connection, "hs", "2027", [CodeLine("1234.56.78", "Sepeda")])
    assert codes(connection, "sepeda") == []
    assert title_of(connection, "hs", "1234.56.78") is None


def test_the_same_list_again_changes_nothing(connection: Connection) -> None:
    assert take_list(connection, "hs", "2022", LINES) == Taken(new=0, changed=0, same=7, left=0)
    assert connection.execute(select(func.count()).select_from(Code)).scalar_one() == 7


def test_a_newer_list_changes_titles_adds_lines_and_keeps_what_it_no_longer_names(connection: Connection) -> None:
    assert codes(connection, "cobek")
    newer = (CodeLine("6912.00.10", "Ulekan"), CodeLine("6912.00.20", "Kendi"), *LINES[:5])
    assert take_list(connection, "hs", "2022", newer) == Taken(new=1, changed=1, same=5, left=1)
    assert codes(connection, "cobek") == []
    assert codes(connection, "ulekan kendi") == ["6912.00.10", "6912.00.20"]
    assert title_of(connection, "hs", "6912.00.90") == LINES[6].title
    assert take_list(connection, "hs", "2022", [CodeLine("6912.00.20", "Gentong")]) == Taken(0, 1, 0, 7)
    assert codes(connection, "gentong") == ["6912.00.20"]


def test_a_list_that_another_process_imports_is_searched_at_once(
    connection: Connection, engine: Engine, database_url: str
) -> None:
    assert codes(connection, "kendi") == []
    connection.rollback()
    other = connect(database_url)
    with other.begin() as theirs:
        take_list(theirs, "hs", "2022", [CodeLine("6912.00.20", "Kendi")])
    other.dispose()
    with engine.begin() as later:
        assert codes(later, "kendi") == ["6912.00.20"]


def test_an_import_that_is_taken_back_is_not_searched(connection: Connection) -> None:
    connection.rollback()
    take_list(connection, "hs", "2022", [CodeLine("6912.00.20", "Kendi")])
    assert codes(connection, "kendi") == ["6912.00.20"]
    connection.rollback()
    assert codes(connection, "kendi") == []


def test_the_index_is_made_once_and_serves_the_next_search(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm(connection)
    monkeypatch.setattr("storage.codes.CodeIndex", None)
    assert codes(connection, "cobek") == ["6912.00.10"]


REFUSED = (
    insert(Code).values(scheme="hs", edition="2022", code="6912.00.10", title="Ulekan"),
    insert(Code).values(scheme="hs", edition="2022", code="6912.00.20", title=""),
    insert(Code).values(scheme="hs", edition="2017", code="6912.00.10", title="Ulekan"),
    insert(CodeList).values(scheme="isic", edition="2022", revision="0" * 32),
    insert(CodeList).values(scheme="kbli", edition="dua ribu", revision="0" * 32),
    insert(CodeList).values(scheme="hs", edition="2022", revision="0" * 32),
)


def test_the_database_itself_refuses_what_must_not_be(connection: Connection) -> None:
    for refused in REFUSED:
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(refused)


def test_a_number_is_never_a_misspelt_number() -> None:
    index = CodeIndex([CodeLine("10001", "Botol 500 ml"), CodeLine("10002", "Botol kaca")])
    assert [line.code for line in index.search("botl 600", 10)] == ["10002", "10001"]


def test_of_lines_with_the_same_words_the_shorter_comes_first() -> None:
    index = CodeIndex([CodeLine("10001", "Tepung beras ketan"), CodeLine("10002", "Tepung ketan")])
    assert [line.code for line in index.search("tepung ketan", 10)] == ["10002", "10001"]


def test_in_11000_lines_the_right_one_is_among_the_first_ten_with_a_typo_in_every_word() -> None:
    for kind in found(made_list()):
        assert kind.hits >= 0.95, kind
