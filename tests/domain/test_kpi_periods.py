from datetime import date

import pytest

from bot.domain.kpi_periods import Cadence, Span, day_of, month_of, period_of, week_of

WEDNESDAY = date(2026, 11, 4)


def test_a_week_begins_on_the_weekday_that_the_workspace_says() -> None:
    assert week_of(WEDNESDAY, 0) == Span(date(2026, 11, 2), date(2026, 11, 9))
    assert week_of(WEDNESDAY, 6) == Span(date(2026, 11, 1), date(2026, 11, 8))
    assert week_of(WEDNESDAY, 0).last == date(2026, 11, 8)


QUARTER = Span(date(2026, 7, 1), date(2026, 10, 1))


def test_the_period_before_months_is_as_many_months_and_before_others_as_many_days() -> None:
    assert month_of(date(2026, 3, 31)).before() == Span(date(2026, 2, 1), date(2026, 3, 1))
    assert month_of(date(2026, 1, 9)).before() == month_of(date(2025, 12, 1))
    assert QUARTER.before() == Span(date(2026, 4, 1), date(2026, 7, 1))
    assert QUARTER.after() == Span(date(2026, 10, 1), date(2027, 1, 1))
    leap = Span(date(2024, 1, 1), date(2025, 1, 1))
    assert leap.before() == Span(date(2023, 1, 1), date(2024, 1, 1))
    assert leap.before().after() == leap
    assert week_of(WEDNESDAY, 0).before() == week_of(date(2026, 10, 28), 0)
    assert Span(date(2026, 11, 2), date(2026, 11, 5)).before() == Span(date(2026, 10, 30), date(2026, 11, 2))


def test_last_year_is_the_months_of_the_same_names_or_the_same_weekdays() -> None:
    assert month_of(date(2024, 2, 29)).year_before() == month_of(date(2023, 2, 1))
    assert QUARTER.year_before() == Span(date(2025, 7, 1), date(2025, 10, 1))
    assert week_of(WEDNESDAY, 0).year_before() == week_of(date(2025, 11, 5), 0)
    assert day_of(WEDNESDAY).year_before().starts.weekday() == WEDNESDAY.weekday()


@pytest.mark.parametrize(("cadence", "length"), [(Cadence.DAILY, 1), (Cadence.WEEKLY, 7), (Cadence.MONTHLY, 30)])
def test_each_cadence_has_the_period_that_a_day_lies_in(cadence: Cadence, length: int) -> None:
    span = period_of(WEDNESDAY, cadence, 0)
    assert WEDNESDAY in list(span.days())
    assert span.length == length == len(list(span.days()))


def test_a_period_without_a_day_is_none() -> None:
    with pytest.raises(ValueError, match="no day lies"):
        Span(WEDNESDAY, WEDNESDAY)
