"""Times on the wall are found within a shift, also where it crosses midnight or a change of the clocks."""

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.covers_times import BeginsOutside, times_within
from bot.domain.intervals import Interval

BERLIN = ZoneInfo("Europe/Berlin")


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=BERLIN)


def found(start: str, end: str, first: str | None, last: str | None) -> tuple[str, ...]:
    begins, ends = (time.fromisoformat(each) if each else None for each in (first, last))
    instants = times_within(Interval(at(start), at(end)), begins, ends, BERLIN)
    return tuple(f"{each.astimezone(BERLIN):%d %H:%M}" for each in instants)


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (None, None, ("06 09:00", "06 17:00")),
        ("09:00", "17:00", ("06 09:00", "06 17:00")),
        ("12:30", None, ("06 12:30", "06 17:00")),
        (None, "12:30", ("06 09:00", "06 12:30")),
        ("12:00", "12:00", ("06 12:00", "06 12:00")),
        ("12:00", "18:00", ("06 12:00", "06 18:00")),
    ],
)
def test_a_time_is_the_first_within_the_shift_or_after_it(
    first: str | None, last: str | None, wanted: tuple[str, str]
) -> None:
    assert found("2026-11-06T09:00", "2026-11-06T17:00", first, last) == wanted


@pytest.mark.parametrize("first", ["08:00", "17:00", "17:30"])
def test_it_does_not_begin_where_the_shift_does_not_go_on(first: str) -> None:
    with pytest.raises(BeginsOutside):
        found("2026-11-06T09:00", "2026-11-06T17:00", first, "12:00")


def test_a_night_has_its_morning_on_the_day_after() -> None:
    assert found("2026-11-06T22:00", "2026-11-07T06:00", "23:00", "02:00") == ("06 23:00", "07 02:00")
    assert found("2026-11-06T22:00", "2026-11-07T06:00", "01:00", "06:00") == ("07 01:00", "07 06:00")
    assert found("2026-11-06T09:00", "2026-11-07T09:00", "09:00", "09:00") == ("06 09:00", "07 09:00")


def test_an_hour_that_comes_twice_is_the_first_but_where_the_shift_begins_or_ends_in_the_second() -> None:
    night = Interval(datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 5, tzinfo=UTC))
    start, end = times_within(night, time(2, 30), time(3), BERLIN)
    assert (start, end) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC))
    late = Interval(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 5, tzinfo=UTC))
    assert times_within(late, time(2, 30), None, BERLIN) == (late.start, late.end)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 24 * 60),
    st.none() | st.times(),
    st.none() | st.times(),
)
def test_nothing_begins_outside_the_shift(
    start: datetime, minutes: int, first: time | None, last: time | None
) -> None:
    shift = Interval(start, start + timedelta(minutes=minutes))
    with suppress(BeginsOutside):
        begins, ends = times_within(shift, first, last, BERLIN)
        assert shift.start <= begins < shift.end
        assert ends >= begins
