"""The list of breakages is in step with the program: each safeguard stands where it says, each test has its name."""

import pytest

from tests.breakages import BREAKAGES
from tests.breakages.breakage import Breakage
from tests.process import ROOT


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda breakage: breakage.what)
def test_each_safeguard_stands_once_and_is_watched_over_by_tests_that_exist(breakage: Breakage) -> None:
    assert (ROOT / breakage.file).read_text().count(breakage.stands) == 1
    assert breakage.stands != breakage.instead
    for test in breakage.noticed_by:
        file, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / "tests" / file).read_text()


def test_there_are_at_least_twenty_and_no_two_alike() -> None:
    assert len({breakage.what for breakage in BREAKAGES}) == len(BREAKAGES) >= 20
