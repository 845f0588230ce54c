"""Business time: several windows a day, holidays, and the nights on which clocks change."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intervals import Interval, merge, total
from bot.domain.sla_calendar import BusinessHours, Calendar, FreeDays
from bot.domain.sla_policy import read_business_hours
from bot.domain.wallclock import Recurring
from tests.domain.sla_examples import BERLIN, OFFICE, at, calendar, hours

LINES = "mon-fri 09:00-12:00, 13:00-17:30\nsat 22:00-06:00\nsun 01:30-03:30, 05:00-08:00"
WINDOWS, _ = read_business_hours(LINES)


def test_two_windows_a_day_leave_the_lunch_out() -> None:
    lunch = calendar("mon-fri 09:00-12:00, 13:00-17:00")
    assert lunch.between(at("Mon 11:00"), at("Mon 14:00")) == hours(2)
    assert lunch.after(at("Mon 11:00"), hours(2)) == at("Mon 14:00")
    assert lunch.after(at("Mon 11:00"), hours(1)) == at("Mon 12:00")
    assert lunch.before(at("Mon 14:00"), hours(2)) == at("Mon 11:00")


def test_nothing_is_counted_on_a_holiday_and_of_a_half_one_the_first_half_is() -> None:
    free = FreeDays(frozenset({date(2026, 11, 3)}), frozenset({date(2026, 11, 4)}))
    office = Calendar(BusinessHours(read_business_hours("mon-fri 09:00-17:00")[0], BERLIN), lambda _year: free)
    assert office.after(at("Mon 16:00"), hours(2)) == at("Wed 10:00")
    assert office.between(at("Wed 00:00"), at("Thu 00:00")) == hours(4)


def test_around_the_clock_is_every_hour_that_there_is() -> None:
    always = Calendar(BusinessHours((), BERLIN))
    assert always.between(datetime(2026, 10, 25, tzinfo=BERLIN), datetime(2026, 10, 26, tzinfo=BERLIN)) == hours(
        25
    )
    assert always.after(at("Sat 23:00"), hours(30)) == at("next Mon 05:00")


def test_an_eight_hour_night_has_seven_or_nine_when_clocks_change() -> None:
    nights = calendar("sat 22:00-06:00")
    spring, autumn = datetime(2026, 3, 28, 12, tzinfo=BERLIN), datetime(2026, 10, 24, 12, tzinfo=BERLIN)
    assert nights.between(spring, spring + timedelta(days=1)) == hours(7)
    assert nights.between(autumn, autumn + timedelta(days=1)) == hours(9)


def test_a_target_may_end_years_later_and_begin_years_before() -> None:
    assert OFFICE.after(at("Mon 09:00"), hours(8 * 261 * 4)) > at("Mon 09:00").replace(year=2030, month=10)
    assert OFFICE.before(at("Mon 09:00"), hours(8 * 261 * 4)) < at("Mon 09:00").replace(year=2022, month=12)


INSTANTS = st.integers(0, 21 * 24 * 60).map(
    lambda minutes: datetime(2026, 10, 12, tzinfo=ZoneInfo("UTC")) + timedelta(minutes=minutes)
)


@given(one=INSTANTS, other=INSTANTS, zone=st.sampled_from(["Europe/Berlin", "Europe/London", "Asia/Kolkata"]))
def test_business_time_is_what_the_windows_have_in_common_with_the_stretch(
    one: datetime, other: datetime, zone: str
) -> None:
    start, end = sorted((one, other))
    if start == end:
        return
    desk, stretch = Calendar(BusinessHours(WINDOWS, ZoneInfo(zone))), Interval(start, end)
    windows = [
        part
        for each in WINDOWS
        for window in Recurring(each.weekdays, each.start, each.end, ZoneInfo(zone)).occurrences(stretch)
        if (part := window.intersection(stretch))
    ]
    assert desk.between(start, end) == total(merge(windows))


@given(start=INSTANTS, minutes=st.integers(1, 6000))
def test_after_and_before_undo_each_other(start: datetime, minutes: int) -> None:
    desk, length = calendar(LINES), timedelta(minutes=minutes)
    end = desk.after(start, length)
    assert desk.between(start, end) == length
    assert desk.between(start, end - timedelta(seconds=1)) < length
    assert desk.between(desk.before(end, length), end) == length
