"""What a change does to who is left."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage import stretches
from bot.domain.coverage_effect import Effect, effect, summaries, worth_a_word
from bot.domain.coverage_gaps import Least
from bot.domain.coverage_supply import Post
from bot.domain.intervals import merge
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


def test_a_shortage_of_less_than_is_worth_a_word_or_for_less_long_is_left_out() -> None:
    few, many, short = (
        Effect(hours(0, 2), A, 2, 1.6, 2),
        Effect(hours(2, 2.5), A, 2, 1.5, 2),
        Effect(hours(2.5, 2.6), A, 2, 1, 2),
    )
    other = Effect(hours(3, 3.1), B, 2, 1, 2)
    assert list(worth_a_word([few, many, short, other], Least())) == [many, short]


_people = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 9), st.sampled_from([0.0, 0.5, 1.0])), max_size=6)


@given(_people)
def test_on_one_queue_each_part_counts_who_is_there_before_and_after(people: list[tuple[int, int, float]]) -> None:
    within = hours(5, 15)
    plan = [needs("A", 2, start=0, step=24)]
    before = stretches([there("A", start, start + length) for start, length, _ in people], plan)
    after = stretches([there("A", start, start + length, heads) for start, length, heads in people], plan)
    found = effect(before, after, within)
    assert merge(each.interval for each in found) == (within,)
    for each in found:
        now = [heads for s, length, heads in people if hours(s, s + length).contains(each.interval.start)]
        assert (each.before, each.after, each.required) == (len(now), sum(now), 2)


def test_a_change_is_summed_up_by_how_it_is_for_the_longest_and_at_worst() -> None:
    plan = [needs("A", 2, 2, 3, 2, step=2), needs("B", 1, step=8)]
    team = [there("A"), there("A"), there("A", 4, 6), there("B")]
    left = effect(stretches(team, plan), stretches(team[1:], plan), hours(0, 8))
    (changed, same) = summaries(left)
    assert (changed.post, changed.interval) == (A, hours(0, 8))
    assert (changed.usual.before, changed.usual.after, changed.usual.required) == (2, 1, 2)
    assert changed.worst == changed.usual
    assert (same.post, same.changes, same.usual) == (B, False, Effect(hours(0, 8), B, 1, 1, 1))
    team[2] = there("A", 6, 8)
    (changed, _) = summaries(effect(stretches(team, plan), stretches(team[1:], plan), hours(0, 8)))
    assert changed.worst == Effect(hours(4, 6), A, 2, 1, 3)


def test_times_in_which_nothing_changes_are_left_out_of_the_sum() -> None:
    plan = [needs("A", 2, step=8)]
    (found,) = summaries(effect(stretches([there("A")], plan), stretches([there("A", 0, 6)], plan), hours(0, 8)))
    assert (found.interval, found.usual.after) == (hours(6, 8), 0)
