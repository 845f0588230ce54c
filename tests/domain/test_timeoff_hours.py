"""What a leave costs, day by day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intervals import Interval, total
from bot.domain.timeoff_hours import (
    Cost,
    DayCost,
    EndMissing,
    Holidays,
    NoPattern,
    Pattern,
    WhichHalf,
    Working,
    cost,
    holidays_taken,
)
from bot.domain.wallclock import days, span
from bot.domain.when import DayPart, When
from bot.domain.worktime import by_day

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Pattern.even(40 * 60)
# Christmas Eve 2026 is a Thursday.
EVE, CHRISTMAS, NEW_YEAR = date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)
DECEMBER = date(2026, 12, 1), date(2026, 12, 31)


def shift(day: date, start: str, end: str) -> Interval:
    begins, ends = (datetime.combine(day, time.fromisoformat(each)) for each in (start, end))
    return span(begins, ends if ends > begins else ends + timedelta(1), BERLIN)


def office(*, holidays: frozenset[date] = frozenset(), half: frozenset[date] = frozenset()) -> Working:
    return Working(BERLIN, (OFFICE,), holidays=Holidays(holidays, half))


def rostered(*shifts: Interval, within: tuple[date, date] = DECEMBER, **more: Holidays) -> Working:
    return Working(BERLIN, (OFFICE,), shifts, within, **more)


def by_date(found: Cost) -> dict[date, float]:
    """Hours of each day."""
    return {each.day: each.minutes / 60 for each in found.days}


def test_weekends_cost_nothing_to_who_works_from_monday_to_friday() -> None:
    found = cost(When(EVE, date(2027, 1, 2)), office())
    expected = (24, 25, 28, 29, 30, 31)
    assert by_date(found) == {**{date(2026, 12, day): 8.0 for day in expected}, NEW_YEAR: 8.0}
    assert found.minutes == 56 * 60
    assert found.away == (days(EVE, date(2027, 1, 2), BERLIN),)


def test_public_holidays_are_not_deducted() -> None:
    found = cost(When(EVE, date(2027, 1, 2)), office(holidays=frozenset({CHRISTMAS, NEW_YEAR})))
    assert found.minutes == 40 * 60
    assert CHRISTMAS not in by_date(found)


def test_public_holidays_are_deducted_for_those_rostered_on_them() -> None:
    working = rostered(shift(CHRISTMAS, "08:00", "14:00"), holidays=Holidays(frozenset({CHRISTMAS})))
    assert by_date(cost(When(EVE, CHRISTMAS), working)) == {CHRISTMAS: 6.0}


def test_half_of_a_half_holiday_is_free() -> None:
    working = office(half=frozenset({EVE}))
    assert by_date(cost(When(EVE, EVE), working)) == {EVE: 4.0}
    assert by_date(cost(When(EVE, EVE, part=DayPart.MORNING), working)) == {EVE: 4.0}
    assert cost(When(EVE, EVE, part=DayPart.AFTERNOON), working).days == ()


def test_of_a_half_holiday_an_odd_minute_is_free() -> None:
    assert Holidays(half=frozenset({EVE})).free(EVE, 451) == 226


def test_the_roster_counts_where_there_is_one_and_the_pattern_beyond_it() -> None:
    working = rostered(shift(date(2026, 12, 30), "08:00", "18:00"))
    found = cost(When(date(2026, 12, 29), NEW_YEAR), working)
    assert found.days == (DayCost(date(2026, 12, 30), 600, True), DayCost(NEW_YEAR, 480, False))


def test_the_pattern_in_force_on_the_day_counts() -> None:
    half_time = Pattern.even(20 * 60, since=NEW_YEAR)
    found = cost(When(date(2026, 12, 31), NEW_YEAR), Working(BERLIN, (half_time, OFFICE)))
    assert by_date(found) == {date(2026, 12, 31): 8.0, NEW_YEAR: 4.0}


def test_a_day_of_which_nothing_is_known_is_refused_by_name() -> None:
    with pytest.raises(NoPattern) as refused:
        cost(When(EVE, EVE), Working(BERLIN))
    assert refused.value.day == EVE


def test_half_a_day_is_half_of_the_work_whenever_it_begins() -> None:
    late = shift(EVE, "14:00", "22:00")
    first = cost(When(EVE, EVE, part=DayPart.MORNING), rostered(late))
    second = cost(When(EVE, EVE, part=DayPart.AFTERNOON), rostered(late))
    assert by_date(first) == by_date(second) == {EVE: 4.0}
    assert first.away == (shift(EVE, "14:00", "18:00"),)
    assert second.away == (shift(EVE, "18:00", "22:00"),)


def test_half_a_day_of_a_split_shift_ends_where_half_the_work_is_done() -> None:
    split = rostered(shift(EVE, "08:00", "10:00"), shift(EVE, "14:00", "18:00"))
    assert cost(When(EVE, EVE, part=DayPart.MORNING), split).away == (
        shift(EVE, "08:00", "10:00"),
        shift(EVE, "14:00", "15:00"),
    )
    assert cost(When(EVE, EVE, part=DayPart.AFTERNOON), split).away == (shift(EVE, "15:00", "18:00"),)


def test_half_a_day_without_a_roster_ends_at_noon() -> None:
    found = cost(When(EVE, EVE, part=DayPart.AFTERNOON), office())
    assert (by_date(found), found.away) == ({EVE: 4.0}, (shift(EVE, "12:00", "00:00"),))


def test_it_has_to_be_said_which_half_and_until_when() -> None:
    with pytest.raises(WhichHalf):
        cost(When(EVE, EVE, part=DayPart.HALF), office())
    with pytest.raises(EndMissing):
        cost(When(EVE, EVE, time(13)), office())


def test_hours_cost_what_of_them_is_worked() -> None:
    asked = When(EVE, EVE, time(13), time(17))
    assert by_date(cost(asked, office())) == {EVE: 4.0}
    assert by_date(cost(asked, rostered(shift(EVE, "06:00", "14:30")))) == {EVE: 1.5}
    assert cost(asked, office(holidays=frozenset({EVE}))).days == ()
    assert cost(asked, office()).away == (shift(EVE, "13:00", "17:00"),)


def test_hours_on_several_days_are_counted_on_each() -> None:
    found = cost(When(date(2026, 12, 22), EVE, time(15), time(17)), office())
    assert by_date(found) == {date(2026, 12, day): 2.0 for day in (22, 23, 24)}


def test_more_hours_than_a_day_has_cost_the_day() -> None:
    assert by_date(cost(When(EVE, EVE, time(6), time(20)), office())) == {EVE: 8.0}


def test_who_works_nights_is_asked_about_the_night_that_ends_on_the_first_day() -> None:
    nights = rostered(*(shift(date(2026, 12, day), "22:00", "06:00") for day in (23, 24)))
    eve_night, christmas_night = nights.roster
    found = cost(When(EVE, EVE), nights)
    assert found.asks == eve_night
    assert by_date(found) == {EVE: 8.0}
    assert found.away == (Interval(eve_night.end, christmas_night.end),)


def test_the_night_that_ends_on_the_first_day_is_part_of_it_if_it_is_meant() -> None:
    nights = rostered(*(shift(date(2026, 12, day), "22:00", "06:00") for day in (23, 24)))
    found = cost(When(EVE, EVE), nights, eve=True)
    assert found.asks is None
    assert by_date(found) == {date(2026, 12, 23): 8.0, EVE: 8.0}
    assert found.away == (Interval(nights.roster[0].start, nights.roster[1].end),)


def test_nobody_is_asked_about_work_that_ended_at_midnight() -> None:
    assert cost(When(EVE, EVE), rostered(shift(date(2026, 12, 23), "16:00", "00:00"))).asks is None


def test_a_night_of_the_clock_change_costs_its_rostered_hours_and_pays_what_it_lasted() -> None:
    saturday = date(2026, 10, 24)
    night = shift(saturday, "22:00", "06:00")
    working = rostered(night, within=(saturday, date(2026, 10, 25)))
    assert by_date(cost(When(saturday, saturday), working)) == {saturday: 8.0}
    assert sum(by_day((night,), BERLIN).values(), timedelta()) == timedelta(hours=9)


def test_a_night_of_the_spring_clock_change_costs_its_rostered_hours_too() -> None:
    saturday = date(2026, 3, 28)
    night = shift(saturday, "22:00", "06:00")
    working = rostered(night, within=(saturday, saturday))
    assert (by_date(cost(When(saturday, saturday), working)), night.length) == (
        {saturday: 8.0},
        timedelta(hours=7),
    )


def test_five_monday_holidays_of_england_take_37_and_a_half_hours_from_a_pool_that_includes_them() -> None:
    bank_holidays = frozenset(
        date(2026, month, day)
        for month, day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28))
    )
    working = Working(
        ZoneInfo("Europe/London"), (Pattern.even(3 * 450, range(3)),), holidays=Holidays(bank_holidays)
    )
    taken = holidays_taken(working, date(2026, 1, 1), date(2026, 12, 31))
    assert [each.day.weekday() for each in taken] == [0] * 5
    assert sum(each.minutes for each in taken) == 37.5 * 60


def test_who_works_on_a_holiday_keeps_its_hours_in_the_pool() -> None:
    working = rostered(shift(CHRISTMAS, "08:00", "16:00"), holidays=Holidays(frozenset({EVE, CHRISTMAS})))
    assert holidays_taken(working, *DECEMBER) == (DayCost(EVE, 480, False),)


@given(st.integers(1, 5000), st.sets(st.integers(0, 6), min_size=1))
def test_a_pattern_spreads_every_minute_of_the_contract(weekly: int, weekdays: set[int]) -> None:
    pattern = Pattern.even(weekly, weekdays)
    assert pattern.weekly_minutes == weekly
    worked = [minutes for day, minutes in enumerate(pattern.minutes) if day in weekdays]
    assert max(worked) - min(worked) <= 1
    assert sum(pattern.minutes) == sum(worked)


@given(
    st.sets(st.sampled_from([0, 1, *range(4, 24)]), max_size=6).map(sorted),
    st.integers(1, 24 * 60 - 1),
    st.sampled_from([date(2026, 3, 29), date(2026, 6, 1), date(2026, 10, 25)]),
)
def test_a_day_costs_as_much_at_once_as_in_two_parts(edges: list[int], cut: int, day: date) -> None:
    """Also on days on which clocks change between two and three."""
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    at = {hour: datetime.combine(day, time(hour)) for hour in edges}
    shifts = [span(at[start], at[end], BERLIN) for start, end in pairs]
    working = rostered(*shifts, within=(day, day))
    whole = cost(When(day, day), working).minutes
    assert whole == 60 * sum(end - start for start, end in pairs)
    halves = [cost(When(day, day, part=part), working) for part in (DayPart.MORNING, DayPart.AFTERNOON)]
    middle = time(*divmod(cut, 60))
    hours = [cost(When(day, day, *pair), working) for pair in ((time(), middle), (middle, time()))]
    assert sum(each.minutes for each in halves) == sum(each.minutes for each in hours) == whole
    assert total(away for each in halves for away in each.away) == total(shifts)
