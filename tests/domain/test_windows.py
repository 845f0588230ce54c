"""From what was typed to instants, across changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.when import DayPart, When
from bot.domain.windows import MOST_DAYS, TooManyDays, moment, windows

BERLIN = ZoneInfo("Europe/Berlin")
BACK, FORWARD = date(2026, 10, 25), date(2026, 3, 29)  # when Europe's clocks change


def hours(when: When, zone: ZoneInfo = BERLIN) -> list[tuple[str, float]]:
    """Start on the wall and length in hours of each window."""
    return [
        (f"{each.start.astimezone(zone):%d %H:%M}", each.length / timedelta(hours=1))
        for each in windows(when, zone)
    ]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(date(2026, 11, 2), date(2026, 11, 2)), [("02 00:00", 24)]),
        (When(date(2026, 11, 2), date(2026, 11, 8)), [("02 00:00", 168)]),
        (When(BACK, BACK), [("25 00:00", 25)]),
        (When(FORWARD, FORWARD), [("29 00:00", 23)]),
        (When(BACK, BACK, part=DayPart.HALF), [("25 00:00", 25)]),
        (When(BACK, BACK, part=DayPart.MORNING), [("25 06:00", 6)]),
        (When(BACK, BACK, part=DayPart.AFTERNOON), [("25 12:00", 6)]),
        (When(BACK, BACK, part=DayPart.EVENING), [("25 18:00", 4)]),
        (When(date(2026, 10, 24), date(2026, 10, 24), part=DayPart.NIGHT), [("24 22:00", 9)]),
        (When(date(2026, 3, 28), date(2026, 3, 28), time(22), time(6)), [("28 22:00", 7)]),
        (When(BACK, BACK, time(9), time(17)), [("25 09:00", 8)]),
        (When(date(2026, 11, 2), date(2026, 11, 3), time(9), time(17)), [("02 09:00", 8), ("03 09:00", 8)]),
        (When(BACK, BACK, time(15)), [("25 15:00", 1 / 60)]),
        (When(FORWARD, FORWARD, time(2, 30)), [("29 03:00", 1 / 60)]),
        (When(FORWARD, FORWARD, time(2), time(2, 45)), []),
        (When(date(2026, 3, 28), FORWARD, time(2), time(2, 45)), [("28 02:00", 0.75)]),
    ],
)
def test_what_is_typed_means_these_hours(when: When, expected: list[tuple[str, float]]) -> None:
    assert hours(when) == expected


def test_a_time_that_comes_twice_means_the_first() -> None:
    [window] = windows(When(BACK, BACK, time(2, 30)), BERLIN)
    assert window == moment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))


def test_more_days_than_anybody_reads_are_refused() -> None:
    first = date(2026, 11, 2)
    assert windows(When(first, first + timedelta(days=MOST_DAYS - 1)), BERLIN)
    with pytest.raises(TooManyDays):
        windows(When(first, first + timedelta(days=MOST_DAYS)), BERLIN)


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(0, MOST_DAYS - 1),
    st.times(),
    st.none() | st.times(),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "UTC"]),
)
def test_windows_come_in_order_and_start_on_their_days(
    first: date, more: int, start: time, end: time | None, zone: str
) -> None:
    last = first + timedelta(days=more)
    found = windows(When(first, last, start, end), ZoneInfo(zone))
    assert len(found) in (more, more + 1)  # one may fall into what clocks skip
    assert all(before.start < after.start for before, after in pairwise(found))
    assert all(first <= each.start.astimezone(ZoneInfo(zone)).date() <= last for each in found)
