"""Who could have time off because more are there than are needed, and who is asked first."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage_effect import Effect
from bot.domain.coverage_supply import Hand, Post, Presence
from bot.domain.coverage_surplus import Leaver, at_work, in_turn, is_at_work, leaves_enough, when_to_go
from tests.domain.coverage_examples import NINE, hours

HOUR = timedelta(hours=1)
EARLY = NINE - 2 * HOUR


def test_somebody_goes_before_the_end_of_a_shift_or_comes_after_its_beginning_and_not_in_the_middle() -> None:
    shift = [hours(0, 8)]
    assert when_to_go(shift, hours(6, 10), HOUR, EARLY) == hours(6, 8)
    assert when_to_go(shift, hours(-1, 2), HOUR, EARLY) == hours(0, 2)
    assert when_to_go(shift, hours(3, 5), HOUR, EARLY) is None
    assert when_to_go(shift, hours(7.5, 10), HOUR, EARLY) is None
    assert when_to_go([hours(0, 8), hours(12, 12.5)], hours(7.5, 14), HOUR, EARLY) == hours(12, 12.5)


def test_what_is_over_and_what_comes_too_suddenly_does_not_count() -> None:
    now = NINE + 6.2 * HOUR
    assert when_to_go([hours(0, 8)], hours(5, 8), HOUR, now) == hours(6.5, 8)
    assert when_to_go([hours(0, 8)], hours(5, 8), 2 * HOUR, now) is None
    assert when_to_go([hours(0, 8)], hours(5, 8), HOUR, NINE + 8 * HOUR) is None


def test_who_is_away_for_a_part_of_their_shift_goes_before_that_if_at_all() -> None:
    ana = Hand(
        UUID(int=1), (Presence(hours(0, 4), frozenset()), Presence(hours(4, 8), frozenset())), (hours(7, 8),)
    )
    assert at_work(ana) == (hours(0, 7),)
    assert when_to_go(at_work(ana), hours(6, 8), HOUR, EARLY) == hours(6, 7)
    assert is_at_work([ana], ana.id, hours(3, 7))
    assert not is_at_work([ana], ana.id, hours(6, 8))
    assert not is_at_work([], ana.id, hours(6, 7))


def leaver(number: int, gone: float = 0, hard: int = 0, asked: float | None = None) -> Leaver:
    last = NINE + asked * HOUR if asked is not None else None
    return Leaver(UUID(int=number), hours(6, 8), gone * HOUR, hard, last)


def test_who_has_gone_least_comes_first_then_who_had_it_hardest_then_who_was_asked_longest_ago() -> None:
    people = [leaver(1, gone=2), leaver(2, asked=1), leaver(3), leaver(4, hard=3), leaver(5, asked=0)]
    assert [each.id.int for each in in_turn(people)] == [4, 3, 5, 2, 1]


HEADS = st.integers(0, 20).map(lambda each: each / 4)


@given(HEADS, HEADS, HEADS)
def test_nobody_goes_who_would_be_missing(required: float, before: float, after: float) -> None:
    effect = Effect(hours(0, 1), Post("mail"), before, after, required)
    was, is_now = max(0.0, required - before), max(0.0, required - after)
    assert leaves_enough([effect]) == (is_now <= was or after >= before)
