"""Quiet hours by the clock on somebody's wall, also at night and when clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.own import QuietHours, Wrong, wrong_hours

BERLIN = ZoneInfo("Europe/Berlin")
EVERY_DAY = frozenset(range(7))
NIGHT = QuietHours(time(22), time(7), EVERY_DAY)
minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
hours = st.tuples(minutes, minutes).filter(lambda both: both[0] != both[1])
zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def berlin(text: str) -> datetime:
    """An instant by the wall in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-02 21:59", None),
        ("2026-11-02 22:00", "2026-11-03 07:00"),
        ("2026-11-03 03:00", "2026-11-03 07:00"),
        ("2026-11-03 06:59", "2026-11-03 07:00"),
        ("2026-11-03 07:00", None),
        ("2026-10-25 01:00", "2026-10-25 07:00"),  # the night of 25 hours
        ("2026-03-28 23:00", "2026-03-29 07:00"),  # the day of 23
    ],
)
def test_a_night_is_quiet_from_evening_to_morning(now: str, until: str | None) -> None:
    assert NIGHT.until(berlin(now), BERLIN) == (berlin(until) if until else None)


def test_only_nights_that_begin_on_the_chosen_days_are_quiet() -> None:
    friday = QuietHours(time(22), time(7), frozenset({4}))
    assert friday.until(berlin("2026-11-07 03:00"), BERLIN) == berlin("2026-11-07 07:00")  # Saturday's small hours
    assert friday.until(berlin("2026-11-06 03:00"), BERLIN) is None
    assert friday.until(berlin("2026-11-07 23:00"), BERLIN) is None


def test_hours_of_the_day_are_those_where_somebody_is() -> None:
    noon = QuietHours(time(12), time(13), EVERY_DAY)
    now = datetime(2026, 11, 2, 11, 30, tzinfo=UTC)
    assert noon.until(now, BERLIN) == datetime(2026, 11, 2, 12, tzinfo=UTC)
    assert noon.until(now, ZoneInfo("Asia/Kolkata")) is None


@given(hours, st.frozensets(st.integers(0, 6), min_size=1), zones, instants)
def test_nothing_is_held_beyond_the_end_of_the_quiet_hours(
    both: tuple[time, time], weekdays: frozenset[int], name: str, now: datetime
) -> None:
    quiet, zone = QuietHours(*both, weekdays), ZoneInfo(name)
    until = quiet.until(now, zone)
    if until is None:
        return
    assert now < until <= now + timedelta(hours=25)
    assert quiet.until(until - timedelta(microseconds=1), zone) == until
    wall = until.astimezone(zone).time()
    changes = {(until + timedelta(hours=each)).astimezone(zone).utcoffset() for each in (-3, 3)}
    assert wall == quiet.end or len(changes) > 1


@given(hours, st.frozensets(st.integers(0, 6), min_size=1), zones, instants)
def test_outside_of_the_hours_on_the_wall_nothing_is_held(
    both: tuple[time, time], weekdays: frozenset[int], name: str, now: datetime
) -> None:
    (start, end), zone = both, ZoneInfo(name)
    local = now.astimezone(zone)
    if len({(now + timedelta(hours=each)).astimezone(zone).utcoffset() for each in (-30, 30)}) > 1:
        return
    since_midnight = start <= local.time() < end if start < end else local.time() >= start
    before_midnight = start > end and local.time() < end
    quiet = (since_midnight and local.weekday() in weekdays) or (
        before_midnight and (local.weekday() - 1) % 7 in weekdays
    )
    assert (QuietHours(start, end, weekdays).until(now, zone) is not None) is quiet


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        (None, None, None),
        (time(22), time(7), None),
        (None, time(7), Wrong.START_MISSING),
        (time(22), None, Wrong.END_MISSING),
        (time(7), time(7), Wrong.NO_LENGTH),
    ],
)
def test_hours_need_a_beginning_an_end_and_a_length(
    start: time | None, end: time | None, wrong: Wrong | None
) -> None:
    assert wrong_hours(start, end) is wrong
