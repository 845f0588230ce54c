"""Who is left on a queue when somebody else comes for somebody."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intervals import Interval, merge
from bot.domain.swaps_coverage import Head, left_behind

NINE = datetime(2026, 11, 6, 9, tzinfo=UTC)


def hours(start: float, end: float) -> Interval:
    return Interval(NINE + timedelta(hours=start), NINE + timedelta(hours=end))


def test_heads_are_counted_for_each_part_in_which_they_stay_the_same() -> None:
    heads = [Head(hours(0, 8), 1, 0.5), Head(hours(4, 12), 1, 1)]
    found = left_behind(heads, hours(0, 8), "mail", 2)
    assert [(each.interval, each.before, each.after) for each in found] == [
        (hours(0, 4), 1, 0.5),
        (hours(4, 8), 2, 1.5),
    ]
    assert {(each.queue, each.floor) for each in found} == {("mail", 2)}


def test_who_hands_over_to_the_next_at_the_same_instant_leaves_no_gap() -> None:
    heads = [Head(hours(0, 4), 1, 1), Head(hours(4, 8), 1, 1)]
    assert [each.interval for each in left_behind(heads, hours(0, 8), "mail", 0)] == [hours(0, 8)]


def test_a_queue_that_nobody_is_on_has_no_heads() -> None:
    [found] = left_behind([], hours(0, 8), "mail", 1)
    assert (found.before, found.after) == (0, 0)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9), st.sampled_from([0, 0.5, 1])), max_size=8))
def test_the_parts_are_the_whole_and_each_counts_who_is_there(people: list[tuple[int, int, float]]) -> None:
    heads = [Head(hours(start, start + length), 1, after) for start, length, after in people]
    within = hours(5, 15)
    found = left_behind(heads, within, "mail", 0)
    assert merge(each.interval for each in found) == (within,)
    for each in found:
        there = [head for head in heads if head.interval.contains(each.interval.start)]
        assert each.before == len(there)
        assert each.after == sum(head.after for head in there)
