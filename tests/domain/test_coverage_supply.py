"""Who is there, for what, and for how much."""

from datetime import date

import pytest

from bot.domain.coverage_supply import Post, Presence, RampStep, heads_of, posts_for, present
from tests.domain.coverage_examples import hours, posts, there

RAMP = [RampStep(8, 0.6), RampStep(4, 0.3)]


@pytest.mark.parametrize(
    ("day", "heads"),
    [(date(2026, 11, 2), 0.3), (date(2026, 11, 29), 0.3), (date(2026, 11, 30), 0.6), (date(2026, 12, 28), 1)],
)
def test_a_new_hire_counts_for_more_as_weeks_go_by(day: date, heads: float) -> None:
    assert heads_of(1.0, date(2026, 11, 2), RAMP, day) == heads


def test_a_hybrid_counts_for_the_share_of_their_time_and_a_new_one_for_a_part_of_that() -> None:
    assert heads_of(0.6, None, RAMP, date(2026, 11, 2)) == 0.6
    assert heads_of(0.6, date(2026, 11, 1), RAMP, date(2026, 11, 2)) == pytest.approx(0.18)


def test_absences_breaks_and_training_are_taken_out_of_a_shift() -> None:
    breaks = [hours(2, 2.25), hours(4, 5), hours(4.5, 6), hours(9, 10)]
    found = present([there("voice")], breaks)
    assert [each.interval for each in found] == [hours(0, 2), hours(2.25, 4), hours(6, 8)]


def test_who_is_away_all_day_is_not_there() -> None:
    assert present([there("voice")], [hours(-1, 9)]) == ()


def test_somebody_on_two_shifts_at_once_is_there_once_for_both_queues() -> None:
    found = present([there("voice", 0, 4), there("chat", 2, 6, heads=0.5)])
    assert found == (
        Presence(hours(0, 2), posts("voice"), 1),
        Presence(hours(2, 4), posts("voice chat"), 1),
        Presence(hours(4, 6), posts("chat"), 0.5),
    )


def test_a_shift_of_no_queue_is_for_all_that_its_person_has_the_skills_for() -> None:
    german = Post("voice", "german")
    takes = {
        Post("voice"): {"voice"},
        german: {"voice", "german"},
        Post("mail"): {"mail"},
        Post("door"): set[str](),
    }
    assert posts_for("voice", {"voice", "mail"}, takes) == {Post("voice")}
    assert posts_for("voice", {"voice", "german"}, takes) == {Post("voice"), german}
    assert posts_for(None, {"voice", "mail"}, takes) == {Post("voice"), Post("mail"), Post("door")}
    assert posts_for("mail", {"voice"}, takes) == frozenset()
