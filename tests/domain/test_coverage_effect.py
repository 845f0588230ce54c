"""What a change does to who is left."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage import stretches
from bot.domain.coverage_effect import Effect, effect
from bot.domain.coverage_supply import Post
from bot.domain.swaps_coverage import Head, left_behind
from tests.domain.coverage_examples import hours, needs, there

A, B = Post("A"), Post("B")


def test_who_leaves_a_shared_team_is_missed_where_others_go_to_help() -> None:
    plan = [needs("A", 2), needs("B", 2)]
    before = stretches([there("A B")] * 2 + [there("A"), there("B")], plan)
    after = stretches([there("A B")] * 2 + [there("A"), there("B", 4, 8)], plan)
    assert effect(before, after, hours(2, 6)) == (
        Effect(hours(2, 4), A, 2, 1.5, 2),
        Effect(hours(4, 6), A, 2, 2, 2),
        Effect(hours(2, 4), B, 2, 1.5, 2),
        Effect(hours(4, 6), B, 2, 2, 2),
    )


def test_nothing_is_said_of_times_and_queues_whose_requirement_is_not_known() -> None:
    plan = [needs("A", None, 1, step=4)]
    assert [each.interval for each in effect(stretches([], plan), stretches([there("A")], plan), hours(0, 8))] == [
        hours(4, 8)
    ]


_people = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 9), st.sampled_from([0.0, 0.5, 1.0])), max_size=6)


@given(_people)
def test_on_one_queue_with_one_floor_it_is_what_a_swap_leaves_behind(people: list[tuple[int, int, float]]) -> None:
    within = hours(5, 15)
    plan = [needs("A", 2, start=0, step=24)]
    before = stretches([there("A", start, start + length) for start, length, _ in people], plan)
    after = stretches([there("A", start, start + length, heads) for start, length, heads in people], plan)
    old = left_behind([Head(hours(s, s + length), 1, heads) for s, length, heads in people], within, "A", 2)
    assert [(each.interval, each.before, each.after, each.required) for each in effect(before, after, within)] == [
        (each.interval, each.before, each.after, each.floor) for each in old
    ]
