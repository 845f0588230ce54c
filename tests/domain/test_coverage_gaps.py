"""Gaps as people look at them."""

from datetime import timedelta

from bot.domain.coverage import stretches
from bot.domain.coverage_gaps import Gap, Least, Part, gaps
from bot.domain.coverage_supply import Presence
from tests.domain.coverage_examples import gap, hours, needs, posts, there


def found(people: list[Presence], *heads: float | None, least: Least | None = None) -> list[Gap]:
    return list(gaps(stretches(people, [needs("billing", *heads, step=1)]), least or Least()))


def test_adjacent_intervals_that_are_short_are_one_gap_with_its_worst_named() -> None:
    (billing,) = found([there("billing")], 1, 2, 4, 4, 2, 1)
    assert billing.interval == hours(1, 5)
    assert billing.posts == posts("billing")
    assert billing.worst == Part(hours(2, 4), posts("billing"), 4, 1)
    assert (billing.worst.short, billing.hours) == (3, 8)


def test_a_covered_hour_between_makes_two_gaps() -> None:
    assert [each.interval for each in found([there("billing")], 2, 1, 2)] == [hours(0, 1), hours(2, 3)]


def test_a_shortage_below_the_threshold_is_no_warning() -> None:
    team = [there("billing", heads=0.6)]
    assert found(team, 1, 2, 1) == [gap((1, 2, 1.4), required=2)]
    assert [each.interval for each in found(team, 1, 2, 1, least=Least(0.4))] == [hours(0, 3)]
    assert found(team, 1, 2, 1, least=Least(1.5)) == []


def test_a_gap_shorter_than_the_threshold_is_no_warning_and_one_as_long_is() -> None:
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    assert found([], None, 3, least=Least(length=hour)) == [gap((1, 2, 3), required=3)]
    assert found([], None, 3, least=Least(length=hour + minute)) == []


def test_handing_over_to_the_next_shift_is_no_gap() -> None:
    assert found([there("billing", 0, 4), there("billing", 4, 8)], 1, 1, 1, 1, 1, 1, 1, 1) == []


def test_queues_that_are_short_at_the_same_time_without_sharing_anybody_are_two_gaps() -> None:
    both = gaps(stretches([], [needs("voice", 1), needs("billing", 2)]))
    assert [(each.posts, each.worst.short) for each in both] == [(posts("billing"), 2), (posts("voice"), 1)]


def test_a_gap_stays_one_while_it_spreads_to_a_queue_that_shares_people() -> None:
    people = [there("voice"), there("billing"), there("voice billing", 0, 1), there("voice billing", 2, 3)]
    plan = [needs("voice", 2, step=3), needs("billing", 2, step=3)]
    (shared,) = gaps(stretches(people, plan))
    assert [(each.interval, each.posts) for each in shared.parts] == [
        (hours(0, 1), posts("voice billing")),
        (hours(1, 3 - 1), posts("billing")),
        (hours(1, 3 - 1), posts("voice")),
        (hours(2, 3), posts("voice billing")),
    ]
    assert shared.short_at(hours(1, 2).start) == 2


def test_what_is_past_of_a_gap_is_cut_off() -> None:
    billing = gap((0, 2, 1), (2, 4, 3))
    assert billing.since(hours(1, 9).start) == gap((1, 2, 1), (2, 4, 3))
    assert billing.since(hours(2, 9).start) == gap((2, 4, 3))
    assert billing.since(hours(4, 9).start) is None
