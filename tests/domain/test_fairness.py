"""What a shift is besides work, by the clocks of whoever works it."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.fairness import Burden, Hardship, hardships
from tests.domain.rules_examples import BERLIN, shift

NONE: frozenset[date] = frozenset()


@pytest.mark.parametrize(
    ("start", "end", "night"),
    [(22, 30, True), (18, 24.5, False), (18, 25, True), (3, 11, True), (4, 12, False), (9, 17, False)],
)
def test_three_hours_between_ten_and_six_make_a_night(start: float, end: float, night: bool) -> None:
    found = hardships(shift(0, start, end).interval, BERLIN, NONE)
    assert (Hardship.NIGHT in found) is night


def test_a_short_part_that_lies_in_the_night_altogether_is_a_night() -> None:
    assert hardships(shift(0, 23, 25).interval, BERLIN, NONE) == {Hardship.NIGHT}


def test_a_weekend_is_told_by_the_day_on_which_a_shift_starts() -> None:
    assert hardships(shift(5, 9, 17).interval, BERLIN, NONE) == {Hardship.WEEKEND}
    assert Hardship.WEEKEND not in hardships(shift(4, 22, 30).interval, BERLIN, NONE)
    assert Hardship.WEEKEND in hardships(shift(6, 22, 30).interval, BERLIN, NONE)


def test_days_are_those_where_the_worker_is() -> None:
    late = shift(4, 20, 23).interval
    assert hardships(late, BERLIN, NONE) == frozenset()
    assert Hardship.WEEKEND in hardships(late, ZoneInfo("Asia/Tokyo"), NONE)


def test_a_holiday_is_told_by_its_date() -> None:
    assert Hardship.HOLIDAY in hardships(shift(0, 9, 17).interval, BERLIN, frozenset({date(2026, 11, 16)}))
    assert hardships(shift(1, 9, 17).interval, BERLIN, frozenset({date(2026, 11, 16)})) == frozenset()


def test_the_last_minute_is_less_than_a_day_before() -> None:
    work = shift(2, 9, 17).interval
    assert hardships(work, BERLIN, NONE, work.start - timedelta(hours=24)) == frozenset()
    assert hardships(work, BERLIN, NONE, work.start - timedelta(hours=23)) == {Hardship.LAST_MINUTE}


def test_a_night_over_the_clock_change_counts_by_the_clocks() -> None:
    night = shift(-23, 22, 30).interval
    assert night.length == timedelta(hours=9)
    assert hardships(night, BERLIN, NONE) == {Hardship.NIGHT, Hardship.WEEKEND}


def test_a_burden_counts_what_is_asked_for() -> None:
    had = Burden({Hardship.NIGHT: 14, Hardship.WEEKEND: 3})
    assert had.of({Hardship.NIGHT}) == 14
    assert had.of({Hardship.NIGHT, Hardship.WEEKEND}) == 17
    assert had.of({Hardship.HOLIDAY}) == had.of(()) == 0
