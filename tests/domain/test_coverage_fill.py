"""The open shifts that would fill a gap."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage_fill import LONGEST, Stand, from_now, needed, stands
from bot.domain.coverage_gaps import Gap, Part
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval
from tests.domain.coverage_examples import NINE, gap, hours, posts

BILLING = Post("billing")
HOUR = timedelta(hours=1)


def of_billing(*intervals: Interval) -> tuple[Stand, ...]:
    return tuple(Stand(BILLING, each) for each in intervals)


def test_each_head_that_is_missing_is_one_shift_for_as_long_as_it_is() -> None:
    assert stands(gap((5, 6, 1), (6, 7, 2), (7, 8, 1))) == of_billing(hours(5, 8), hours(6, 7))
    assert stands(gap((5, 7, 0.5))) == of_billing(hours(5, 7))
    assert stands(gap((5, 7, 1.2))) == of_billing(hours(5, 7), hours(5, 7))


def test_what_is_offered_already_is_not_offered_twice() -> None:
    short = gap((5, 8, 2))
    assert stands(short, [("billing", hours(0, 8))]) == of_billing(hours(5, 8))
    assert stands(short, [("billing", hours(5, 6)), ("voice", hours(5, 8))]) == of_billing(
        hours(5, 8), hours(6, 8)
    )
    assert stands(short, [("billing", hours(5, 8))] * 2) == ()


def test_a_short_one_is_as_long_as_is_worth_coming_for_and_a_long_one_is_for_several() -> None:
    assert stands(gap((5, 5.5, 1)), least=HOUR) == of_billing(hours(5, 6))
    assert stands(gap((0, 13, 1))) == of_billing(hours(0, 6.5), hours(6.5, 13))


def test_of_queues_that_are_short_together_it_is_the_one_that_is_short_for_longest() -> None:
    both = Part(hours(5, 6), posts("billing voice"), 4, 3)
    voice = Part(hours(6, 8), posts("voice"), 2, 1)
    assert stands(Gap((both, voice))) == (Stand(Post("voice"), hours(5, 8)),)


def test_a_shift_helps_only_while_heads_are_missing() -> None:
    assert needed(gap((5, 7, 1)), "billing", hours(0, 6)) == hours(5, 6)
    assert needed(gap((5, 7, 1)), "billing", hours(7, 9)) is None
    assert needed(gap((5, 7, 1)), "voice", hours(5, 7)) is None


def test_of_a_gap_that_has_begun_the_rest_is_filled_from_the_next_quarter_on() -> None:
    lead = timedelta(minutes=5)
    assert from_now(gap((0, 2, 1)), NINE - HOUR, lead) == gap((0, 2, 1))
    assert from_now(gap((0, 2, 1)), NINE + timedelta(minutes=20), lead) == gap((0.5, 2, 1))
    assert from_now(gap((0, 2, 1)), NINE + timedelta(minutes=26), lead) == gap((0.75, 2, 1))
    assert from_now(gap((0, 2, 1)), NINE + timedelta(minutes=116), lead) is None


_parts = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 8), st.sampled_from([0.5, 1.0, 2.2, 3.0])), min_size=1, max_size=6
)
_offers = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=4)


@given(_parts, _offers)
def test_what_is_offered_then_covers_all_that_is_missing_and_no_more(
    parts: list[tuple[int, int, float]], offers: list[tuple[int, int]]
) -> None:
    reached, ordered = 0.0, []
    for start, length, short in parts:
        ordered.append((reached + start / 4, reached + (start + length) / 4, short))
        reached += (start + length) / 4
    short_then, open_ = gap(*ordered), [hours(start / 4, (start + length) / 4) for start, length in offers]
    found = stands(short_then, [("billing", each) for each in open_])
    assert all(each.interval.length <= LONGEST for each in found)
    for quarter in range(int(reached * 4)):
        at = NINE + quarter * timedelta(minutes=15)
        wanted = -(-short_then.short_at(at) // 1)
        there = sum(each.contains(at) for each in open_)
        assert sum(each.interval.contains(at) for each in found) == max(0, wanted - there)
