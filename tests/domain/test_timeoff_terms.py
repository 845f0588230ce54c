from datetime import date

import pytest

from bot.domain.timeoff_accrual import Employment, Granted
from bot.domain.timeoff_patterns import contract, read_pattern
from bot.domain.timeoff_terms import Terms, day_length, read_month_day

TODAY = date(2026, 9, 28)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("01-01", (1, 1)),
        ("04-06", (4, 6)),
        ("02-28", (2, 28)),
        ("02-29", None),
        ("12-31", None),
        ("13-01", None),
        ("6 apr", None),
        ("", None),
    ],
)
def test_a_leave_year_begins_on_a_day_that_every_month_has(text: str, read: tuple[int, int] | None) -> None:
    assert read_month_day(text) == read


def test_days_of_the_settings_are_the_persons_own() -> None:
    part_time = read_pattern("mon-wed 7.5")
    assert part_time
    terms = Terms(weeks=5.6, most_days=28, held_most=30, carried_most=4, notice_days=30, month=4, day=6)
    plan = terms.plan(Employment(date.min, None, (part_time,)), TODAY, TODAY, by_itself=True)
    assert plan.entitlement is not None
    # RULES: 3 days × 5.6 weeks are 16.8 days, 126 hours at 7.5.
    assert plan.entitlement.yearly(part_time) == 126 * 60
    assert (plan.entitlement.held_most, plan.ends.carried_most) == (30 * 450, 4 * 450)
    assert plan.entitlement.year_of(TODAY).first == terms.year_of(TODAY).first == date(2026, 4, 6)
    assert (plan.entitlement.granted, plan.ends.notice_days) == (Granted.AT_ONCE, 30)


def test_nothing_comes_by_itself_before_somebody_says_how_much() -> None:
    employment = Employment(date.min, None, (contract(None),))
    assert Terms().plan(employment, TODAY, TODAY, by_itself=True).entitlement is None
    assert Terms(weeks=5).plan(employment, TODAY, TODAY, by_itself=False).entitlement is None


def test_somebody_is_told_early_enough_for_it_to_lapse() -> None:
    assert Terms(warning_days=10, notice_days=30).told_ahead == 30
    assert Terms(warning_days=60, notice_days=30).told_ahead == 60
    assert Terms(warning_days=10).told_ahead == 10


def test_a_day_is_what_is_worked_on_one() -> None:
    assert day_length((contract(37 * 60),), TODAY) == 444
    assert day_length((contract(0),), TODAY) == 480
