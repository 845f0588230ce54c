"""What a leave year brings: pro rata to the day, and without a minute lost to rounding."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timeoff_accrual import (
    UK_MOST_DAYS,
    UK_WEEKS,
    Credit,
    Employment,
    Entitlement,
    Granted,
    LeaveYear,
    after_months,
    credits_due,
    earned,
)
from bot.domain.timeoff_hours import Pattern

YEAR = LeaveYear(date(2026, 1, 1))
BEFORE = date(2020, 5, 1)
FULL_TIME = (Pattern.even(40 * 60),)
# Thirty days of eight hours: 14,400 minutes a year.
AT_ONCE = Entitlement(Fraction(6))
MONTHLY = Entitlement(Fraction(6), Granted.MONTHLY)
NONE: tuple[Credit, ...] = ()


def year_of(entitlement: Entitlement, employment: Employment) -> int:
    return earned(entitlement, employment, YEAR, YEAR.last)


def credited(entitlement: Entitlement, employment: Employment, through: date = YEAR.last) -> tuple[Credit, ...]:
    return credits_due(entitlement, employment, YEAR, NONE, YEAR.first, through)


def test_uk_leave_for_three_days_a_week_is_126_hours() -> None:
    three_days = Pattern.even(3 * 450, range(3))
    uk = Entitlement(UK_WEEKS, most_days=UK_MOST_DAYS)
    assert year_of(uk, Employment(BEFORE, patterns=(three_days,))) == 126 * 60
    assert uk.yearly(three_days) / 450 == Fraction(168, 10)


def test_uk_leave_is_28_days_at_most() -> None:
    uk = Entitlement(UK_WEEKS, most_days=UK_MOST_DAYS)
    five, six = (Employment(BEFORE, patterns=(Pattern.even(days * 480, range(days)),)) for days in (5, 6))
    assert year_of(uk, five) == year_of(uk, six) == 28 * 480


def test_all_of_it_is_there_as_the_year_begins() -> None:
    assert credited(AT_ONCE, Employment(BEFORE, patterns=FULL_TIME)) == (Credit(YEAR.first, 14_400),)


def test_or_a_month_s_share_as_each_month_ends() -> None:
    found = credited(MONTHLY, Employment(BEFORE, patterns=FULL_TIME))
    assert [each.day.month for each in found] == list(range(1, 13))
    assert found[0] == Credit(date(2026, 1, 31), 1224)  # 14,400 × 31 / 365 = 1,223.01…, rounded up
    assert found[-1].day == date(2026, 12, 31)
    assert sum(each.minutes for each in found) == 14_400


def test_who_starts_and_who_leaves_within_the_year_earns_for_their_days() -> None:
    starter = Employment(date(2026, 10, 20), patterns=FULL_TIME)
    assert credited(AT_ONCE, starter) == (Credit(date(2026, 10, 20), 2880),)  # 73 of 365 days
    leaver = Employment(BEFORE, date(2026, 3, 14), FULL_TIME)
    assert credited(AT_ONCE, leaver) == (Credit(YEAR.first, 2880),)
    assert [each.day for each in credited(MONTHLY, leaver)] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 14),
    ]


def test_who_is_not_employed_in_the_year_earns_nothing() -> None:
    assert credited(AT_ONCE, Employment(date(2027, 1, 1), patterns=FULL_TIME)) == ()
    assert credited(MONTHLY, Employment(BEFORE, date(2025, 12, 31), FULL_TIME)) == ()


def test_each_day_earns_by_the_contract_of_that_day() -> None:
    half_time = Pattern.even(20 * 60, since=date(2026, 10, 20))
    assert year_of(AT_ONCE, Employment(BEFORE, patterns=(half_time, *FULL_TIME))) == 14_400 - 1440


def test_a_departure_that_becomes_known_takes_back_what_was_credited_too_much() -> None:
    leaver = Employment(BEFORE, date(2026, 3, 14), FULL_TIME)
    today = date(2026, 2, 10)
    assert credits_due(AT_ONCE, leaver, YEAR, [Credit(YEAR.first, 14_400)], today, today) == (
        Credit(today, 2880 - 14_400),
    )
    late = date(2026, 4, 1)
    assert credits_due(AT_ONCE, leaver, YEAR, [Credit(YEAR.first, 14_400)], late, late) == (
        Credit(date(2026, 3, 14), 2880 - 14_400),
    )


def test_who_never_began_has_everything_taken_back() -> None:
    gone = Employment(BEFORE, date(2025, 12, 31), FULL_TIME)
    today = date(2026, 1, 20)
    assert credits_due(AT_ONCE, gone, YEAR, [Credit(YEAR.first, 14_400)], today, today) == (
        Credit(YEAR.first, -14_400),
    )


def test_months_that_were_missed_are_made_up_on_their_own_days() -> None:
    employment = Employment(BEFORE, patterns=FULL_TIME)
    january, *_ = every = credited(MONTHLY, employment)
    today = date(2026, 4, 2)
    assert credits_due(MONTHLY, employment, YEAR, [january], today, today) == tuple(every[1:3])


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2026, 4, 5), date(2025, 4, 6), date(2026, 4, 5)),
        (date(2026, 4, 6), date(2026, 4, 6), date(2027, 4, 5)),
    ],
)
def test_a_leave_year_begins_when_the_workspace_says(on: date, first: date, last: date) -> None:
    year = Entitlement(Fraction(6), month=4, day=6).year_of(on)
    assert (year.first, year.last) == (first, last)


def test_months_later_than_the_end_of_a_month_is_the_end_of_one() -> None:
    assert after_months(date(2027, 12, 31), 2) == date(2028, 2, 29)


days_of_the_year = st.integers(0, 364).map(lambda number: YEAR.first + timedelta(number))
weeks = st.integers(1, 700).map(lambda number: Fraction(number, 100))
patterns = st.lists(
    st.tuples(days_of_the_year, st.integers(1, 3000)), min_size=1, max_size=3, unique_by=lambda each: each[0]
).map(lambda all_of: tuple(Pattern.even(weekly, since=since) for since, weekly in all_of))
employments = st.builds(
    Employment,
    st.one_of(st.just(BEFORE), days_of_the_year),
    st.one_of(st.none(), days_of_the_year),
    patterns,
)
entitlements = st.builds(
    Entitlement, weeks, st.sampled_from(Granted), month=st.integers(1, 12), day=st.integers(1, 28)
)


@given(weeks, employments)
def test_monthly_credits_come_to_what_one_credit_is(share: Fraction, employment: Employment) -> None:
    at_once, monthly = (
        sum(each.minutes for each in credited(Entitlement(share, granted), employment)) for granted in Granted
    )
    assert at_once == monthly == year_of(Entitlement(share), employment)


@given(entitlements, employments, employments, st.lists(days_of_the_year, min_size=1, max_size=4).map(sorted))
def test_whatever_becomes_known_and_whenever_the_credits_come_to_what_is_earned(
    entitlement: Entitlement, known: Employment, truth: Employment, runs: list[date]
) -> None:
    year = entitlement.year_of(YEAR.first)
    so_far: list[Credit] = []
    for number, day in enumerate([*runs, year.last]):
        employment = known if number < len(runs) // 2 else truth
        so_far += credits_due(entitlement, employment, year, so_far, day, max(day, year.first))
        assert not credits_due(entitlement, employment, year, so_far, day, max(day, year.first))
    so_far += credits_due(entitlement, truth, year, so_far, year.last, year.last)
    assert sum(each.minutes for each in so_far) == earned(entitlement, truth, year, year.last)
    assert all(year.first <= each.day <= year.last for each in so_far)


@given(weeks, employments, days_of_the_year)
def test_rounding_gives_less_than_a_minute_and_takes_none(
    share: Fraction, employment: Employment, through: date
) -> None:
    exact = Fraction()
    for number in range((through - YEAR.first).days + 1):
        day = YEAR.first + timedelta(number)
        in_force = [each for each in employment.patterns if each.since <= day]
        if in_force and employment.first <= day <= (employment.last or date.max):
            weekly = max(in_force, key=lambda each: each.since).weekly_minutes
            exact += share * weekly * Fraction(1, 365)
    assert 0 <= earned(Entitlement(share), employment, YEAR, through) - exact < 1
