"""Days as people list them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.day_list import (
    MOST,
    BadDays,
    DayIsOver,
    NoSuchDay,
    TooManyDays,
    UnclearDay,
    WithHours,
    ranges,
    read_days,
)
from bot.domain.when import Reading
from tests.domain.rules_examples import BERLIN

READING = Reading(datetime(2026, 11, 2, 12, tzinfo=UTC), BERLIN)  # a Monday
TODAY = READING.today


def read(text: str) -> list[str]:
    return [f"{day:%b %-d}" for day in read_days(text, READING)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("dec 24, jan 1", ["Dec 24", "Jan 1"]),
        ("jan 1\ndec 24; dec 24", ["Dec 24", "Jan 1"]),
        ("Thu, Dec 24, 2026, jan 1", ["Dec 24", "Jan 1"]),
        ("24.12. bis 26.12., fri", ["Nov 6", "Dec 24", "Dec 25", "Dec 26"]),
        ("Thu, Dec 31, 2026 – Fri, Jan 1, 2027\n", ["Dec 31", "Jan 1"]),
        ("this week", ["Nov 2", "Nov 3", "Nov 4", "Nov 5", "Nov 6", "Nov 7", "Nov 8"]),
        ("oct 30 2026 to nov 3 2026", ["Nov 2", "Nov 3"]),
        ("", []),
        (" , ;\n", []),
    ],
)
def test_days_and_ranges_between_commas_or_on_lines_are_read(text: str, days: list[str]) -> None:
    assert read(text) == days


@pytest.mark.parametrize(
    ("text", "refused", "typed"),
    [
        ("dec 24, whenever", NoSuchDay, "whenever"),
        ("feb 30", NoSuchDay, "feb 30"),
        ("dec 24\nnext fri", UnclearDay, "next fri"),
        ("dec 24 9-12", WithHours, "dec 24 9-12"),
        ("dec 24, friday evening", WithHours, "friday evening"),
        ("yesterday", DayIsOver, "yesterday"),
        ("next year", NoSuchDay, "next year"),
        ("jan 1 2027 to dec 31 2027", TooManyDays, "jan 1 2027 to dec 31 2027"),
        ("jan 1 to mar 1, apr 1 to jun 1", TooManyDays, "apr 1 to jun 1"),
    ],
)
def test_what_is_no_list_of_days_is_named(text: str, refused: type[BadDays], typed: str) -> None:
    with pytest.raises(refused) as bad:
        read_days(text, READING)
    assert (type(bad.value), bad.value.typed) == (refused, typed)


def test_why_a_day_does_not_exist_and_what_an_unclear_one_may_mean_is_known() -> None:
    with pytest.raises(NoSuchDay) as none:
        read_days("feb 30", READING)
    assert none.value.short
    with pytest.raises(UnclearDay) as unclear:
        read_days("next fri", READING)
    assert [each.first for each in unclear.value.choices] == [date(2026, 11, 6), date(2026, 11, 13)]


@given(st.sets(st.integers(0, 300), max_size=MOST))
def test_ranges_are_the_days_again_and_read_as_such(offsets: set[int]) -> None:
    days = [TODAY + timedelta(each) for each in sorted(offsets)]
    found = ranges(days)
    assert [first + timedelta(each) for first, last in found for each in range((last - first).days + 1)] == days
    assert all(later[0] - earlier[1] > timedelta(1) for earlier, later in pairwise(found))
    assert read_days("\n".join(f"{first}..{last}" for first, last in found), READING) == tuple(days)
