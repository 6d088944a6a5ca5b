"""How owners' numbers are read, written and spelled: a table of what they type, and what holds for every number."""

import csv
import random
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.numbers import (
    Doubtful,
    Exact,
    Reason,
    Unreadable,
    read_quantity,
    read_rupiah,
    read_whole,
    rupiah,
    spell,
    write,
)

Answer = Exact | Doubtful | Unreadable
READERS: dict[str, Callable[[str], Answer]] = {
    "rupiah": read_rupiah,
    "quantity": read_quantity,
    "whole": read_whole,
}
with (Path(__file__).parent / "data" / "angka.csv").open(encoding="utf-8", newline="") as table:
    ROWS = [(row["kind"], row["input"], row["expected"]) for row in csv.DictReader(table, delimiter=";")]
AMOUNTS = st.integers(0, 10**15) | st.integers(0, 10**6) | st.integers(0, 5).map(lambda zeros: 10 ** (3 * zeros))


def in_table_style(answer: Answer) -> str:
    """`18500000`, `~20 kg` (taken as exact), `?10|15 kg` (asks back), `!EMPTY` (refused)."""
    if isinstance(answer, Unreadable):
        return f"!{answer.reason.name}"
    unit = f" {answer.unit}" if answer.unit else ""
    if isinstance(answer, Doubtful):
        return "?" + "|".join(map(str, answer.readings)) + unit
    return ("~" if answer.about else "") + str(answer.value) + unit


def unescaped(text: str) -> str:
    """`\\u3000` in the table stands for that character: invisible ones would be lost in an editor."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize(("kind", "typed", "expected"), ROWS)
def test_every_line_of_the_table_is_read_as_it_says(kind: str, typed: str, expected: str) -> None:
    assert in_table_style(READERS[kind](unescaped(typed))) == expected


def test_the_table_covers_every_reason_and_at_least_300_ways_of_typing() -> None:
    assert len(ROWS) == len({(kind, typed) for kind, typed, _ in ROWS}) >= 300
    assert {expected[1:] for *_, expected in ROWS if expected[0] == "!"} == {reason.name for reason in Reason}


@given(AMOUNTS)
def test_a_written_amount_is_read_as_itself(n: int) -> None:
    assert read_rupiah(rupiah(n)) == read_rupiah(f"Rp {write(n)},-") == Exact(Decimal(n))
    assert read_quantity(write(n)) == Exact(Decimal(n))
    if not 0 < n < 1000:
        assert read_rupiah(write(n)) == read_rupiah(str(n)) == Exact(Decimal(n))


@given(AMOUNTS)
def test_a_spelled_amount_is_read_as_itself(n: int) -> None:
    assert read_rupiah(f"{spell(n)} rupiah") == Exact(Decimal(n))
    assert read_rupiah(f"Rp{spell(n).upper()}") == Exact(Decimal(n))
    assert read_quantity(spell(n)) == Exact(Decimal(n))


@given(st.integers(0, 10**17))
def test_a_written_quantity_of_two_decimals_is_read_as_itself(hundredths: int) -> None:
    quantity = Decimal(hundredths).scaleb(-2)
    assert read_quantity(write(quantity)) == Exact(quantity)
    assert read_quantity(f"{write(quantity)} kg") == Exact(quantity, "kg")


@given(st.integers(1, 999))
def test_a_bare_small_amount_is_never_taken_without_asking(n: int) -> None:
    assert read_rupiah(str(n)) == Doubtful((Decimal(n), Decimal(n * 1000), Decimal(n * 1000000)))


def significant(digits: str) -> str:
    return re.sub("[^0-9]", "", digits).strip("0")


PIECES = (
    "satu dua lima belas puluh ratus ribu juta miliar triliun m k rb jt setengah koma goceng gocap selawe 1 5 12 "
    "500 1.500 1,500 15,6 0,5 000 . , - – / Rp ,- kg pak lusin sekilo ½ 1/2 1/3 sekitar an rupiah sampai ya e ^ ٣ % \0"
)
SIGNS = "0123456789.,-/ jtrbkmeRp½²\u3000\u200b\n\0\ud800٣"


def test_a_hundred_thousand_random_texts_neither_raise_nor_give_a_number_that_was_not_written() -> None:
    """What holds for any text: values stay in bounds, a button's text is read as just that value, and where only
    digits and marks were typed no reading has other digits than those typed."""
    chance = random.Random(2026)  # noqa: S311 - the same texts in every run, no secret
    pieces = PIECES.split()
    readers = list(READERS.values())
    for turn in range(100_000):
        if turn % 2:
            text = "".join(chance.choices(SIGNS, k=chance.randint(0, 12)))
        else:
            text = chance.choice(["", " "]).join(chance.choices(pieces, k=chance.randint(1, 6)))
        read = readers[turn % 3]
        answer = read(text)
        if isinstance(answer, Unreadable):
            continue
        values = answer.readings if isinstance(answer, Doubtful) else (answer.value,)
        assert len(set(values)) == len(values) <= 4, text
        for value in values:
            assert 0 <= value <= 10**15, text
            assert value == round(value, 2 if read is read_quantity else 0), text
            button = f"{write(value)} {answer.unit or ''}" if read is not read_rupiah else rupiah(int(value))
            assert in_table_style(read(button)) == in_table_style(Exact(value, answer.unit)), text
            if isinstance(answer, Exact) and re.fullmatch(r"[0-9., ]*", text):
                assert significant(write(value)) == significant(text), text


@pytest.mark.parametrize(
    "piece",
    ["9", "1,", "1.", "1 ", "1/", "-", " ", "a", "dua ", "dua", "se", "ya ", "5 juta ", "5m", "\u3000", "½", "Rp"],
)
def test_4096_characters_of_anything_are_refused_without_being_parsed(piece: str) -> None:
    for read in READERS.values():
        answer = read((piece * 4096)[:4096])
        assert isinstance(answer, Unreadable)
        assert len(answer.rest) <= 400


@pytest.mark.parametrize(
    ("n", "written"),
    [
        (0, "0"),
        (999, "999"),
        (18500000, "18.500.000"),
        (10**15, "1.000.000.000.000.000"),
        (Decimal("15.60"), "15,6"),
        (Decimal("0.45"), "0,45"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("7800.00"), "7.800"),
        (Decimal("-1234.5"), "-1.234,5"),
        (Decimal("999999999999999.99"), "999.999.999.999.999,99"),
    ],
)
def test_numbers_are_written_the_indonesian_way(n: int | Decimal, written: str) -> None:
    assert write(n) == written


def test_rupiah_stand_right_before_the_amount() -> None:
    assert rupiah(18500000) == "Rp18.500.000"
    assert rupiah(-5000) == "-Rp5.000"


@pytest.mark.parametrize(
    ("n", "spelled"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (101000, "seratus satu ribu"),
        (18500000, "delapan belas juta lima ratus ribu"),
        (1000000, "satu juta"),
        (10**9, "satu miliar"),
        (10**12, "satu triliun"),
        (10**15, "seribu triliun"),
    ],
)
def test_amounts_are_spelled_as_on_a_receipt(n: int, spelled: str) -> None:
    assert spell(n) == spelled


@pytest.mark.parametrize("n", [-1, 10**15 + 1])
def test_an_amount_that_no_field_takes_is_our_mistake_and_says_so(n: int) -> None:
    with pytest.raises(ValueError, match="refuse the amount"):
        spell(n)


def test_a_number_that_is_none_is_our_mistake_and_says_so() -> None:
    with pytest.raises(ValueError, match="check amounts"):
        write(Decimal("NaN"))
