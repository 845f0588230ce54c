"""Wall-clock times become instants by one rule, also where clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intervals import EmptyInterval, Interval
from bot.domain.wallclock import Recurring, days, local_times, resolve, span, week_start

BERLIN = ZoneInfo("Europe/Berlin")
CAIRO = ZoneInfo("Africa/Cairo")
zones = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "Africa/Cairo",
        "Pacific/Apia",
        "UTC",
    ]
).map(ZoneInfo)
wall = st.datetimes(datetime(2012, 1, 1), datetime(2035, 1, 1))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_a_skipped_time_means_the_next_valid_instant() -> None:
    assert resolve(datetime(2026, 3, 29, 2, 30), BERLIN) == utc(2026, 3, 29, 1, 0)


def test_a_repeated_time_means_the_first_of_the_two() -> None:
    assert resolve(datetime(2026, 10, 25, 2, 30), BERLIN) == utc(2026, 10, 25, 0, 30)


def test_a_skipped_midnight_starts_the_day_an_hour_later() -> None:
    assert days(date(2026, 4, 24), date(2026, 4, 24), CAIRO).length == timedelta(hours=23)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 28), 7), (date(2026, 6, 1), 8), (date(2026, 10, 24), 9)]
)
def test_an_eight_hour_night_lasts_what_it_lasted(day: date, hours: int) -> None:
    assert span(*local_times(day, time(22), time(6)), BERLIN).length == timedelta(hours=hours)


def test_an_end_at_or_before_the_start_is_on_the_next_day() -> None:
    assert local_times(date(2026, 12, 31), time(9), time(9)) == (
        datetime(2026, 12, 31, 9),
        datetime(2027, 1, 1, 9),
    )


def test_what_clocks_skip_entirely_is_no_interval() -> None:
    with pytest.raises(EmptyInterval):
        span(datetime(2026, 3, 29, 2), datetime(2026, 3, 29, 3), BERLIN)


def test_a_recurring_window_follows_the_clock_on_the_wall() -> None:
    nights = Recurring(frozenset({4, 5}), time(22), time(6), BERLIN)
    weekend = Interval(utc(2026, 10, 24, 0), utc(2026, 10, 25, 12))
    assert list(nights.occurrences(weekend)) == [
        Interval(utc(2026, 10, 23, 20), utc(2026, 10, 24, 4)),
        Interval(utc(2026, 10, 24, 20), utc(2026, 10, 25, 5)),
    ]


def test_a_recurring_window_that_is_skipped_is_left_out() -> None:
    early = Recurring(frozenset(range(7)), time(2), time(3), BERLIN)
    days_around = Interval(utc(2026, 3, 28), utc(2026, 3, 31))
    starts = [window.start.astimezone(BERLIN).date().day for window in early.occurrences(days_around)]
    assert starts == [28, 30]


@given(wall, zones)
def test_a_time_that_the_clocks_show_is_read_back(local: datetime, zone: ZoneInfo) -> None:
    shown = resolve(local, zone).astimezone(zone).replace(tzinfo=None)
    assert shown == local or (shown > local and resolve(shown, zone) == resolve(local, zone))


@given(wall, wall, zones)
def test_later_on_the_wall_is_never_earlier_in_time(one: datetime, other: datetime, zone: ZoneInfo) -> None:
    earlier, later = sorted((one, other))
    assert resolve(earlier, zone) <= resolve(later, zone)


@given(st.dates(date(2012, 1, 1), date(2035, 1, 1)), zones)
def test_consecutive_days_meet_without_a_gap(day: date, zone: ZoneInfo) -> None:
    following = day + timedelta(days=1)
    assert days(day, day, zone).end == days(following, following, zone).start


@given(st.dates(), st.integers(0, 6))
def test_a_week_starts_on_its_first_weekday_at_most_six_days_ago(day: date, first: int) -> None:
    if day < date(1, 1, 8):
        return
    start = week_start(day, first)
    assert start.weekday() == first
    assert timedelta() <= day - start <= timedelta(days=6)
