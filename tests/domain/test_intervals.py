"""Half-open intervals keep their laws."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intervals import EmptyInterval, Interval, merge, subtract, total

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def hours(start: float, end: float) -> Interval:
    return Interval(NOON + timedelta(hours=start), NOON + timedelta(hours=end))


intervals = st.tuples(st.integers(0, 48), st.integers(1, 12)).map(lambda pair: hours(pair[0], pair[0] + pair[1]))
several = st.lists(intervals, max_size=8)


def covered(parts: list[Interval] | tuple[Interval, ...]) -> set[int]:
    """The whole hours from noon that the parts cover."""
    return {hour for hour in range(61) for part in parts if part.contains(NOON + timedelta(hours=hour))}


def test_intervals_that_meet_do_not_overlap() -> None:
    assert not hours(-14, -8).overlaps(hours(-8, -4))
    assert hours(-14, -8).intersection(hours(-8, -4)) is None


def test_one_microsecond_is_an_overlap() -> None:
    late = Interval(NOON - timedelta(microseconds=1), NOON + timedelta(hours=1))
    assert hours(-1, 0).overlaps(late)


def test_the_start_is_inside_and_the_end_is_not() -> None:
    assert hours(0, 1).contains(NOON)
    assert not hours(0, 1).contains(NOON + timedelta(hours=1))


def test_an_interval_without_length_is_refused() -> None:
    with pytest.raises(EmptyInterval):
        hours(1, 1)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Interval(datetime(2026, 1, 1), NOON)


@given(several)
def test_merging_keeps_every_instant_and_leaves_gaps_between(parts: list[Interval]) -> None:
    merged = merge(parts)
    assert covered(merged) == covered(parts)
    assert all(one.end < other.start for one, other in pairwise(merged))


@given(intervals, several)
def test_what_is_left_and_what_was_taken_make_the_whole(whole: Interval, parts: list[Interval]) -> None:
    left = subtract(whole, parts)
    taken = [part for part in (whole.intersection(each) for each in parts) if part]
    assert covered(left) == covered([whole]) - covered(parts)
    assert total(left) + total(taken) == whole.length
