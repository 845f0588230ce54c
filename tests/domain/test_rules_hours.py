"""Hours per day, week and period, and days in a row."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.jurisdictions import Jurisdiction
from bot.domain.rules import MEASURES, Day, Effect, RuleId, Unit, Week
from bot.domain.rules_work import NotTheirs, Person, Piece, Work
from bot.domain.wallclock import days, span
from tests.domain.rules_examples import (
    ANA,
    BERLIN,
    MICROSECOND,
    MONDAY,
    NEW_YORK,
    SUNDAY,
    change,
    found,
    policy_of,
    shift,
    stretched,
    unhurried,
)

WEEK = [shift(day, 9, 17) for day in range(5)]
HOUR = timedelta(hours=1)


def test_a_us_week_from_sunday_has_forty_hours_and_the_next_six() -> None:
    """38 h worked, then Saturday 22:00 to Sunday 06:00: no overtime; a minute more would be."""
    cara = Person(ANA.id, NEW_YORK)
    worked = [shift(day, 9, 18 if day < 4 else 11, NEW_YORK) for day in range(5)]
    night = shift(5, 22, 30, NEW_YORK)
    made = change(worked, [night], person=cara, first_weekday=SUNDAY)
    assert made.after.weeks == {date(2026, 11, 15): 40 * HOUR, date(2026, 11, 22): 6 * HOUR}
    us = policy_of(Jurisdiction.US, SUNDAY)
    assert found(made, us) == ()
    longer = stretched(night, start=-MICROSECOND)
    [finding] = found(change(worked, [longer], person=cara, first_weekday=SUNDAY), us)
    assert (finding.rule, finding.effect, finding.limit) == (RuleId.OVERTIME, Effect.REVIEW, 40)
    assert finding.about == Week(date(2026, 11, 15))


@pytest.mark.parametrize(("evening", "hours"), [(datetime(2026, 3, 28, 22), 7), (datetime(2026, 10, 24, 22), 9)])
def test_the_night_on_which_clocks_change_counts_seven_or_nine_hours(evening: datetime, hours: int) -> None:
    night = Piece(span(evening, evening.replace(day=evening.day + 1, hour=6), BERLIN))
    policy = policy_of(hours_per_week={"limit": 6.5})
    [finding] = found(change([], [night]), policy, RuleId.HOURS_PER_WEEK)
    assert finding.value == hours


def test_a_night_counts_on_both_of_its_days() -> None:
    policy = policy_of(hours_per_day={"limit": 10})
    [finding] = found(change([shift(1, 12, 18)], [shift(0, 22, 30)]), policy)
    assert (finding.about, finding.value, finding.unit) == (Day(date(2026, 11, 17)), 12, Unit.HOURS)


def test_hours_per_day_at_the_limit_are_right_and_a_microsecond_more_is_not() -> None:
    policy = policy_of(hours_per_day={"limit": 8})
    assert found(change([], [shift(0, 9, 17)]), policy) == ()
    assert len(found(change([], [stretched(shift(0, 9, 17), end=MICROSECOND)]), policy)) == 1


def test_who_is_over_the_limit_already_is_not_blamed_for_the_same_hours() -> None:
    policy = policy_of(hours_per_week={"limit": 30})
    assert found(change(WEEK, [shift(5, 9, 17)], [WEEK[0]]), policy) == ()
    [finding] = found(change(WEEK, [shift(5, 8, 17)], [WEEK[0]]), policy, RuleId.HOURS_PER_WEEK)
    assert finding.value == 41


def test_the_average_reaches_back_as_far_as_the_schedule() -> None:
    """Four weeks are known: three of 45 hours, and one of 57 or a little more."""
    weeks = [shift(7 * week + day, 9, 18) for week in range(4) for day in range(5)]
    extra = shift(26, 8, 20)
    policy = policy_of(Jurisdiction.EU)
    assert found(change(weeks, [extra]), policy, RuleId.HOURS_ROLLING) == ()
    [finding] = found(change(weeks, [stretched(extra, end=HOUR)]), policy, RuleId.HOURS_ROLLING)
    assert finding.value == 48.25


def test_an_average_above_forty_eight_hours_is_denied() -> None:
    weeks = [shift(7 * week + day, 8, 17.6) for week in range(20) for day in range(5)]
    made = change(weeks, [shift(19 * 7 + 5, 9, 13)])
    [finding] = found(made, policy_of(Jurisdiction.EU), RuleId.HOURS_ROLLING)
    assert finding.value == pytest.approx(48 + 4 / 17)
    assert (finding.limit, finding.effect) == (48, Effect.DENY)
    assert finding.about == days(MONDAY + timedelta(weeks=3), MONDAY + timedelta(weeks=20, days=-1), BERLIN)


def test_an_average_of_forty_eight_hours_exactly_is_right() -> None:
    weeks = [shift(7 * week + day, 8, 17.6) for week in range(20) for day in range(5)]
    made = change(weeks, [shift(19 * 7 + 5, 8, 17.6)], [weeks[-1]])
    assert found(made, policy_of(Jurisdiction.EU), RuleId.HOURS_ROLLING) == ()


def test_a_week_below_the_share_of_the_contract_is_told() -> None:
    policy = policy_of(minimum_weekly_hours={"limit": 80, "effect": "review"})
    assert found(change(WEEK, lost=[WEEK[0]]), policy) == ()
    [finding] = found(change(WEEK, lost=WEEK[:2]), policy)
    assert (finding.value, finding.limit, finding.unit, finding.about) == (60, 80, Unit.PERCENT, Week(MONDAY))


def test_a_share_of_hours_is_compared_without_rounding_errors() -> None:
    policy = policy_of(minimum_weekly_hours={"limit": 29})
    worked = [shift(0, 0, 11.6), shift(1, 0, 8)]
    assert found(change(worked, lost=[worked[1]]), policy) == ()


def test_the_seventh_day_in_a_row_is_told_with_the_days_it_joins() -> None:
    policy = policy_of(consecutive_days={"limit": 6})
    worked = [shift(day, 9, 17) for day in (0, 1, 2, 4, 5, 6)]
    [finding] = found(change(worked, [shift(3, 9, 17)]), policy, RuleId.CONSECUTIVE_DAYS)
    assert (finding.value, finding.unit) == (7, Unit.DAYS)
    assert finding.about == days(MONDAY, date(2026, 11, 22), BERLIN)
    assert found(change(worked, [shift(8, 9, 17)]), policy, RuleId.CONSECUTIVE_DAYS) == ()


def test_five_nights_are_five_days_in_a_row() -> None:
    policy = policy_of(consecutive_days={"limit": 5})
    nights = [shift(day, 22, 30) for day in range(4)]
    assert found(change(nights, [shift(4, 22, 30)]), policy, RuleId.CONSECUTIVE_DAYS) == ()


def test_a_run_of_days_that_only_moves_is_not_worse() -> None:
    policy = policy_of(consecutive_days={"limit": 3})
    assert found(change(WEEK, [shift(5, 9, 17)], [WEEK[0]]), policy, RuleId.CONSECUTIVE_DAYS) == ()


def test_a_part_of_a_shift_can_be_given() -> None:
    made = change(WEEK, lost=[shift(0, 12, 15)])
    assert made.after.pieces[:2] == (shift(0, 9, 12), shift(0, 15, 17))
    assert made.after.weeks == {MONDAY: 37 * HOUR}


def test_what_somebody_does_not_work_cannot_be_given() -> None:
    with pytest.raises(NotTheirs):
        change(WEEK, lost=[shift(0, 16, 18)])


worked_pieces = st.lists(
    st.builds(
        lambda day, start, length: shift(day, start, start + length),
        st.integers(0, 20),
        st.integers(0, 23),
        st.integers(1, 10),
    ),
    max_size=12,
)


@unhurried
@given(worked_pieces, worked_pieces, st.data())
def test_a_change_is_what_the_whole_schedule_says(
    before: list[Piece], gained: list[Piece], data: st.DataObject
) -> None:
    lost = data.draw(st.lists(st.sampled_from(before), unique=True)) if before else []
    kept = list(before)
    for piece in lost:
        kept.remove(piece)
    assert change(before, gained, lost).after == Work.of([*kept, *gained], BERLIN)


@unhurried
@given(worked_pieces, st.data())
def test_the_same_hours_for_another_queue_are_no_worse(before: list[Piece], data: st.DataObject) -> None:
    assume(before)
    tight = policy_of(
        daily_rest={"limit": 24},
        weekly_rest={"limit": 168},
        hours_per_day={"limit": 0},
        hours_per_week={"limit": 0},
        hours_rolling={"limit": 0, "weeks": 3},
        minimum_weekly_hours={"limit": 100},
        consecutive_days={"limit": 0},
        overtime={"limit": 0},
    )
    lost = data.draw(st.sampled_from(before))
    gained = replace(lost, queue="billing")
    assert found(change(before, [gained], [lost]), tight, *(set(MEASURES) - {RuleId.MINIMUM_NOTICE})) == ()


@unhurried
@given(worked_pieces, worked_pieces, st.randoms())
def test_findings_do_not_depend_on_the_order_of_pieces(
    before: list[Piece], gained: list[Piece], random: Random
) -> None:
    policy = policy_of(
        Jurisdiction.EU,
        hours_per_day={"limit": 8},
        hours_per_week={"limit": 30},
        consecutive_days={"limit": 3},
        minimum_notice={"limit": 24 * 60},
    )
    shuffled = list(before), list(gained)
    for each in shuffled:
        random.shuffle(each)
    assert found(change(*shuffled), policy) == found(change(before, gained), policy)


@unhurried
@given(worked_pieces, st.data())
def test_equal_shifts_leave_the_total_as_it_was(before: list[Piece], data: st.DataObject) -> None:
    disjoint = [piece for number, piece in enumerate(before) if not _touched(piece, before[:number])]
    assume(disjoint)
    lost = data.draw(st.sampled_from(disjoint))
    gained = stretched(lost, start=timedelta(days=40), end=timedelta(days=40))
    made = change(disjoint, [gained], [lost])
    assert sum(made.after.weeks.values(), timedelta()) == sum(made.before.weeks.values(), timedelta())


def _touched(piece: Piece, others: list[Piece]) -> bool:
    return any(piece.interval.overlaps(other.interval) for other in others)
