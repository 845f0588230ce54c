"""Heads required against heads there."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage import Requirement, Shortage, stretches
from bot.domain.coverage_supply import Post, Presence
from bot.domain.intervals import Interval, merge
from tests.domain.coverage_examples import NINE, hours, needs, one, posts, there

EIGHT = [there("A B")] * 4 + [there("C")] * 4


def test_enough_heads_in_total_and_for_each_queue_are_still_too_few_for_two_of_them_together() -> None:
    found = one(EIGHT, [needs("A", 3), needs("B", 3)])
    assert found.shortages == (Shortage(posts("A B"), 6, 4),)
    assert (found.short, found.shortages[0].heads) == (2, 2)
    assert found.serving() == {Post("A"): 2, Post("B"): 2}
    all_of_them = [each.shortages for each in stretches(EIGHT, [needs("A", 3), needs("B", 3), needs("C", 2)])]
    assert all_of_them == [(Shortage(posts("A B"), 6, 4),), ()]


def test_new_hires_count_by_how_far_they_have_learned() -> None:
    team = [there("voice")] * 12 + [there("voice", heads=0.3)] * 4
    (short,) = one(team, [needs("voice", 14)]).shortages
    assert (short.required, short.there, short.heads) == (14, 13.2, 0.8)


def test_two_skills_do_not_make_two_people() -> None:
    found = one([there("voice chat")], [needs("voice", 1), needs("chat", 1)])
    assert found.short == 1
    assert found.serving() == {Post("voice"): 0.5, Post("chat"): 0.5}


def test_what_is_short_apart_is_named_apart() -> None:
    people = [there("A"), there("B"), there("A B", end=0.25)]
    found = stretches(people, [needs("A", 2), needs("B", 3)])
    assert [each.shortages for each in found] == [
        (Shortage(posts("A B"), 5, 3),),
        (Shortage(posts("A"), 2, 1), Shortage(posts("B"), 3, 1)),
    ]


def test_a_language_is_a_post_of_its_own_within_a_queue() -> None:
    voice, german = Post("voice"), Post("voice", "german")
    plan = [needs("voice", 2), Requirement(german, NINE, hours(0, 8).length, (1,))]
    speaker = Presence(hours(0, 8), frozenset({voice, german}))
    assert one([there("voice")] * 2 + [speaker], plan).shortages == ()
    assert one([there("voice"), speaker, speaker], plan).shortages == ()
    assert one([there("voice"), speaker], plan).shortages == (Shortage(frozenset({voice, german}), 3, 2),)


def test_adjacent_shifts_are_no_gap_and_leave_no_edge() -> None:
    assert [each.interval for each in stretches([there("A", 0, 4), there("A", 4, 8)], [needs("A", 1)])] == [
        hours(0, 8)
    ]


def test_who_comes_a_minute_late_leaves_just_that_minute_open() -> None:
    minute = 1 / 60
    found = stretches([there("A", 0, 4), there("A", 4 + minute, 8)], [needs("A", 1)])
    assert [(each.interval, each.short) for each in found] == [
        (hours(0, 4), 0),
        (hours(4, 4 + minute), 1),
        (hours(4 + minute, 8), 0),
    ]


def test_where_nothing_is_known_nothing_is_said_and_zero_is_known() -> None:
    plan = [needs("A", None, 0, 2, None, step=1), needs("A", 1, start=6, step=1)]
    found = stretches([there("A")], plan)
    assert [(each.interval, each.required(Post("A")), each.short) for each in found] == [
        (hours(1, 2), 0, 0),
        (hours(2, 3), 2, 1),
        (hours(6, 7), 1, 0),
    ]
    assert stretches([there("A")], []) == ()


def test_a_plan_goes_on_with_the_next_in_whatever_order_they_come() -> None:
    found = stretches([], [needs("A", 2, start=4, step=4), needs("A", 1, step=4)])
    assert [(each.interval, each.short) for each in found] == [(hours(0, 4), 1), (hours(4, 8), 2)]


def test_steps_last_as_long_as_they_say_across_a_clock_change_and_start_at_an_instant() -> None:
    midnight = datetime(2026, 10, 25, tzinfo=ZoneInfo("Europe/Berlin"))
    (night,) = stretches([], [Requirement(Post("A"), midnight, timedelta(hours=1), (None, *[1.0] * 4))])
    assert night.interval == Interval(
        datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 3, tzinfo=UTC)
    )
    with pytest.raises(ValueError, match="aware"):
        Requirement(Post("A"), midnight.replace(tzinfo=None), timedelta(hours=1), (1.0,))


def test_a_queue_whose_plan_is_not_known_does_not_hide_that_of_another() -> None:
    found = stretches([there("A B")], [needs("A", 2), needs("B", None, 1, step=4)])
    assert [(each.interval, each.required(Post("B")), each.short) for each in found] == [
        (hours(0, 4), None, 1),
        (hours(4, 8), 1, 2),
    ]


def test_spare_is_who_can_leave_and_no_queue_be_shorter() -> None:
    found = one([there("A")] * 3 + [there("A B")] * 2, [needs("A", 2), needs("B", 1)])
    assert (found.spare(posts("A")), found.spare(posts("A B")), found.spare(posts("B"))) == (2, 1, 0)


def test_who_cannot_help_where_heads_are_missing_is_spare_elsewhere() -> None:
    found = one([there("A B"), there("B"), there("B")], [needs("A", 2), needs("B", 1)])
    assert (found.short, found.spare(posts("B")), found.spare(posts("A B"))) == (1, 1, 0)


def test_nobody_is_spare_who_may_be_needed_where_nothing_is_known() -> None:
    found = one([there("A")] * 2 + [there("A mail")] * 2, [needs("A", 1)])
    assert (found.spare(posts("A")), found.spare(posts("A mail"))) == (2, 0)


def test_nine_queues_that_share_people_are_counted_as_exactly() -> None:
    names = "A B C D E F G H I"
    found = one([there(names), there("A B"), there("A B")], [needs(name, 1) for name in names.split()])
    assert [(each.posts, each.required, each.there) for each in found.shortages] == [
        (posts("C D E F G H I"), 7, 1)
    ]
    assert found.spare(posts(names)) == 0
    enough = one([there(names)] * 9 + [there("A B")] * 2, [needs(name, 1) for name in names.split()])
    assert (enough.short, enough.spare(posts("A B")), enough.spare(posts(names))) == (0, 2, 2)


_people = st.lists(
    st.tuples(st.sampled_from(["A", "B", "A B", "B C", "A B C"]), st.integers(0, 20), st.integers(1, 12)),
    max_size=8,
)
_plans = st.lists(st.sampled_from([None, 0, 0.5, 1, 2]), min_size=1, max_size=24)


@given(_people, _plans, _plans)
def test_at_every_instant_the_counts_are_those_of_who_is_there(
    people: list[tuple[str, int, int]], first: list[float | None], second: list[float | None]
) -> None:
    presences = [there(names, start, start + length) for names, start, length in people]
    found = stretches(presences, [needs("A", *first, step=1), needs("B", *second, step=1)])
    for hour in range(24):
        now = hours(hour, hour + 1)
        here = [each for each in presences if each.interval.overlaps(now)]
        want = {name: heads[hour] if hour < len(heads) else None for name, heads in (("A", first), ("B", second))}
        known = {name: heads for name, heads in want.items() if heads is not None}
        sets = [set(), *({name} for name in known), set(known)]
        lacking = max(
            sum(known[name] for name in chosen) - sum(bool(posts(" ".join(chosen)) & each.posts) for each in here)
            for chosen in sets
        )
        assert sum(each.short for each in found if each.interval.overlaps(now)) == pytest.approx(lacking)


@given(_people, _plans)
def test_stretches_of_a_pool_are_in_order_and_neighbours_differ(
    people: list[tuple[str, int, int]], plan: list[float | None]
) -> None:
    found = stretches(
        [there(names, start, start + length) for names, start, length in people], [needs("A", *plan, step=1)]
    )
    known = merge(hours(hour, hour + 1) for hour, heads in enumerate(plan) if heads is not None)
    assert merge(each.interval for each in found) == known
    for one_, next_ in pairwise(found):
        assert one_.interval.end <= next_.interval.start
        if one_.interval.end == next_.interval.start:
            assert (one_.needs, one_.known, one_.crew) != (next_.needs, next_.known, next_.crew)
