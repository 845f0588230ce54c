"""Hours are counted where they fall."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intervals import Interval, total
from bot.domain.wallclock import span
from bot.domain.worktime import by_day, by_week, rests

NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = 6


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def test_a_night_over_the_end_of_the_week_counts_in_both_weeks() -> None:
    """38 h worked, then Saturday 22:00 to Sunday 06:00: 40 h this week and 6 h next, not 46."""
    worked = [
        span(datetime(2026, 11, 16 + day, 9), datetime(2026, 11, 16 + day, 18 if day < 4 else 11), NEW_YORK)
        for day in range(5)
    ]
    night = span(datetime(2026, 11, 21, 22), datetime(2026, 11, 22, 6), NEW_YORK)
    weeks = by_week([*worked, night], NEW_YORK, SUNDAY)
    assert weeks == {date(2026, 11, 15): hours(40), date(2026, 11, 22): hours(6)}


def test_the_night_of_the_clock_change_counts_nine_hours() -> None:
    night = span(datetime(2026, 10, 24, 22), datetime(2026, 10, 25, 6), BERLIN)
    assert by_day([night], BERLIN) == {date(2026, 10, 24): hours(2), date(2026, 10, 25): hours(7)}


def test_rest_between_late_and_early_is_ten_and_a_half_hours() -> None:
    late = span(datetime(2026, 11, 24, 13), datetime(2026, 11, 24, 21, 30), BERLIN)
    early = span(datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16), BERLIN)
    assert [rest.length for rest in rests([early, late])] == [hours(10.5)]


def test_a_date_that_is_shown_again_after_midnight_ends_where_it_first_ended() -> None:
    """In St. John's the clocks went back at 00:01, so that 23:01 of the day before came again."""
    st_johns = ZoneInfo("America/St_Johns")
    night = Interval(datetime(2010, 11, 7, 2, tzinfo=UTC), datetime(2010, 11, 7, 4, tzinfo=UTC))
    assert by_day([night], st_johns) == {date(2010, 11, 6): hours(0.5), date(2010, 11, 7): hours(1.5)}


@given(
    st.lists(st.tuples(st.integers(0, 24 * 60), st.integers(1, 30)), max_size=6),
    st.sampled_from([NEW_YORK, BERLIN, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/St_Johns")]),
    st.integers(0, 6),
)
def test_no_time_is_lost_or_counted_twice(pieces: list[tuple[int, int]], zone: ZoneInfo, first: int) -> None:
    start = datetime(2010, 10, 20, tzinfo=UTC)
    work = [Interval(start + hours(at), start + hours(at + length)) for at, length in pieces]
    assert sum(by_day(work, zone).values(), timedelta()) == total(work)
    assert sum(by_week(work, zone, first).values(), timedelta()) == total(work)
