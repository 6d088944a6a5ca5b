"""The calendar of reports: two periods a year, their names, their windows, and which ones have ended."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.draft import Draft
from conversations.periods import Part, Period, Scheme, long_date, scheme
from conversations.route import walk
from conversations.sections import laporan_produksi

SEMESTER = scheme()


def first_half() -> Period:
    found = SEMESTER.period("2026-1")
    assert found
    return found


def test_the_first_half_is_called_as_siinas_calls_it_and_reported_in_july() -> None:
    period = first_half()
    assert (period.name, period.list_name, period.data_name) == (
        "Januari - Juni 2026", "Semester Ganjil Tahun 2026", "Semester 1 2026")  # fmt: skip
    assert (period.start, period.end, period.months) == (date(2026, 1, 1), date(2026, 6, 30), 6)
    assert period.window == (date(2026, 7, 1), date(2026, 7, 31))


def test_the_second_half_is_reported_in_january_of_the_next_year() -> None:
    period = SEMESTER.named("Juli - Desember", 2026)
    assert period
    assert (period.list_name, period.data_name, period.key) == (
        "Semester Genap Tahun 2026", "Semester 2 2026", "2026-2")  # fmt: skip
    assert (period.end, period.window) == (date(2026, 12, 31), (date(2027, 1, 1), date(2027, 1, 31)))


@pytest.mark.parametrize(("day", "latest"), [
    (date(2026, 6, 30), "2025-2"), (date(2026, 7, 1), "2026-1"), (date(2026, 12, 31), "2026-1"),
    (date(2027, 1, 1), "2026-2")])  # fmt: skip
def test_a_period_has_ended_on_the_day_after_its_last(day: date, latest: str) -> None:
    assert SEMESTER.ended(day, 1)[0].key == latest


@given(st.dates(date(2019, 1, 1), date(2060, 12, 31)), st.integers(1, 6))
def test_the_last_periods_are_in_order_without_gap_and_none_is_before_2019(day: date, count: int) -> None:
    periods = SEMESTER.ended(day, count)
    assert len(periods) <= count
    assert all(period.end < day and period.year >= 2019 for period in periods)
    assert all(later.start - earlier.end == timedelta(1) for later, earlier in pairwise(periods))
    assert all(SEMESTER.period(period.key) == period for period in periods)


@pytest.mark.parametrize("key", ["", "2026", "2026-3", "2026-0", "x-1", "2026-1 "])
def test_what_is_no_key_of_a_period_gives_none(key: str) -> None:
    assert SEMESTER.period(key) is None


@pytest.mark.parametrize("name", ["harian", "../semester", ""])
def test_a_calendar_that_is_not_there_is_refused_naming_those_that_are(name: str) -> None:
    with pytest.raises(LookupError, match="known: semester"):
        scheme(name)


def test_dates_are_written_as_in_a_letter() -> None:
    assert long_date(date(2026, 8, 1)) == "1 Agustus 2026"


def test_a_scheme_of_four_quarters_is_data_and_the_form_takes_it() -> None:
    quarters = tuple(Part(n, 3 * n - 2, 3 * n, f"Triwulan {n}", f"Triwulan {n}", f"Triwulan {n}", 3 * n % 12 + 1, n == 4)
                     for n in range(1, 5))  # fmt: skip
    form = laporan_produksi(Scheme("triwulan", 2027, quarters))
    scope = walk(form, Draft(), date(2027, 4, 1)).scope()
    options = form.by_key["data_umum.periode_yang_dilaporkan"].options(scope)
    assert [option.value for option in options] == ["Triwulan 1 2027"]
    assert form.scheme.ended(date(2027, 4, 1), 1)[0].months == 3
