"""What people are told of a gap, and what they were told already."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage_gaps import Gap, Least
from bot.domain.coverage_news import Accepted, Became, Known, News, compare, is_accepted, is_worse, rung
from tests.domain.coverage_examples import NINE, gap, hours

ONE, TWO = UUID(int=1), UUID(int=2)
BEFORE = NINE - timedelta(days=2)


def became(told: Gap, *found: Gap) -> list[Became]:
    return [each.became for each in compare([Known(ONE, told)], found, BEFORE)]


def test_a_gap_that_nobody_knows_of_is_new() -> None:
    assert compare([], [gap((1, 2, 1))], BEFORE) == (News(Became.NEW, None, gap((1, 2, 1))),)


@pytest.mark.parametrize(
    ("now", "change"),
    [
        (gap((1, 3, 2)), Became.SAME),
        (gap((1, 3, 3)), Became.GROWN),
        (gap((1, 4, 2)), Became.GROWN),
        (gap((0, 2, 2)), Became.GROWN),
        (gap((1, 3, 1)), Became.SHRUNK),
        (gap((1, 2, 2)), Became.SHRUNK),
        (gap((1, 3, 2.2)), Became.SAME),
        (gap((1, 3.1, 2)), Became.SAME),
    ],
)
def test_a_gap_grows_and_shrinks_by_what_is_worth_a_word(now: Gap, change: Became) -> None:
    assert compare([Known(ONE, gap((1, 3, 2)))], [now], BEFORE) == (News(change, ONE, now),)


def test_what_grows_little_by_little_is_told_in_the_end() -> None:
    told = gap((1, 3, 2))
    assert [became(told, gap((1, 3, heads))) for heads in (2.2, 2.4, 2.6)] == [
        [Became.SAME],
        [Became.SAME],
        [Became.GROWN],
    ]


def test_what_shrinks_and_comes_back_is_not_told_twice() -> None:
    told = gap((1, 3, 2))
    assert [became(told, now) for now in (gap((1, 3, 1)), told)] == [[Became.SHRUNK], [Became.SAME]]


def test_a_gap_without_anything_left_is_filled_and_another_time_is_another_gap() -> None:
    assert became(gap((1, 2, 1))) == [Became.FILLED]
    assert became(gap((1, 2, 1)), gap((2, 3, 1))) == [Became.FILLED, Became.NEW]
    assert became(gap((1, 2, 1)), gap((1, 2, 1), names="voice")) == [Became.FILLED, Became.NEW]


def test_a_gap_that_is_filled_in_the_middle_stays_one() -> None:
    (news,) = compare([Known(ONE, gap((1, 5, 1)))], [gap((1, 2, 1)), gap((4, 5, 1))], BEFORE)
    assert news == News(Became.SHRUNK, ONE, gap((1, 2, 1), (4, 5, 1)))
    assert news.gap
    assert news.gap.times == (hours(1, 2), hours(4, 5))


def test_two_gaps_that_grow_together_are_one_and_the_other_says_which() -> None:
    whole = gap((1, 6, 1))
    found = compare([Known(ONE, gap((1, 2, 1))), Known(TWO, gap((3, 6, 1)))], [whole], BEFORE)
    assert found == (News(Became.MERGED, ONE, into=TWO), News(Became.GROWN, TWO, whole))


def test_time_that_passes_makes_no_gap_smaller_and_ends_it_at_last() -> None:
    known = [Known(ONE, gap((0, 4, 2)))]
    at_two = NINE + timedelta(hours=2)
    assert compare(known, [gap((0, 4, 2))], at_two) == (News(Became.SAME, ONE, gap((2, 4, 2))),)
    assert compare(known, [], NINE + timedelta(hours=4)) == (News(Became.OVER, ONE),)
    assert compare(known, [], at_two) == (News(Became.FILLED, ONE),)


def test_an_accepted_risk_is_silent_until_it_expires_or_gets_worse() -> None:
    until = NINE - timedelta(days=1)
    accepted = [Accepted(gap((1, 3, 2)), until)]
    assert is_accepted(gap((1, 3, 2)), accepted, BEFORE)
    assert is_accepted(gap((1, 3, 1)), accepted, until - timedelta(microseconds=1))
    assert not is_accepted(gap((1, 3, 2)), accepted, until)
    assert not is_accepted(gap((1, 3, 3)), accepted, BEFORE)
    assert not is_accepted(gap((1, 4, 2)), accepted, BEFORE)
    assert not is_accepted(gap((1, 3, 2), names="voice"), accepted, BEFORE)
    assert is_accepted(gap((1, 3, 2)), [Accepted(gap((1, 3, 2)))], NINE + timedelta(days=9))


@pytest.mark.parametrize(
    ("before", "warned"),
    [
        (timedelta(days=8), None),
        (timedelta(days=7), timedelta(days=7)),
        (timedelta(days=2), timedelta(days=2)),
        (timedelta(hours=5), timedelta(days=2)),
        (timedelta(hours=4), timedelta(hours=4)),
        (-timedelta(hours=1), timedelta(hours=4)),
    ],
)
def test_a_gap_is_warned_of_at_the_last_time_that_has_come(before: timedelta, warned: timedelta | None) -> None:
    ahead = [timedelta(hours=4), timedelta(days=7), timedelta(days=2)]
    assert rung(NINE, NINE - before, ahead) == warned


_gaps = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 4), st.sampled_from([1.0, 2.0, 2.5])), min_size=1, max_size=4
).map(lambda parts: [gap((start, start + length, heads)) for start, length, heads in parts])


@given(_gaps, _gaps)
def test_each_known_gap_is_told_of_once_and_nothing_found_is_lost(old: list[Gap], found: list[Gap]) -> None:
    known = [Known(UUID(int=number), each) for number, each in enumerate(old, 1)]
    news = compare(known, found, BEFORE)
    assert [each.id for each in news if each.id] == [each.id for each in known]
    told = [part for each in news if each.gap for part in each.gap.parts]
    assert set(told) == {part for each in found for part in each.parts}


@given(_gaps)
def test_what_was_told_is_the_same_when_looked_at_again(found: list[Gap]) -> None:
    (single, *_) = found
    assert became(single, single) == [Became.SAME]
    assert not is_worse(single, single, Least(0.001, timedelta(microseconds=1)))
