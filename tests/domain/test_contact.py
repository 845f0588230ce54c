"""When somebody who is away is left alone, and when they hear of what was kept from them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contact import Pause, merged, pauses_of, told_at
from bot.domain.intervals import Interval
from bot.domain.timeoff import Day
from bot.domain.timeoff_kinds import Contact

BERLIN = ZoneInfo("Europe/Berlin")
NONE, WAITS, USUAL = Contact.NONE, Contact.WAITS, Contact.USUAL


def at(text: str) -> datetime:
    """An instant by the clocks of Berlin."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=BERLIN)


def between(start: str, end: str) -> Interval:
    return Interval(at(start), at(end))


def day(start: str, end: str, minutes: int = 480) -> Day:
    """A day of leave, with when they are away."""
    return Day(at(start).date(), minutes, (between(start, end),))


WEEKEND = [
    day("11-13 00:00", "11-14 00:00"),
    day("11-14 00:00", "11-15 00:00", 0),
    day("11-15 00:00", "11-16 00:00", 0),
]


def test_whole_days_are_one_pause_with_those_between_and_after_them() -> None:
    thursday = day("11-12 00:00", "11-13 00:00")
    assert pauses_of([thursday, *WEEKEND], NONE) == (Pause(between("11-12 00:00", "11-16 00:00"), NONE),)


def test_a_night_is_over_when_it_ends() -> None:
    assert pauses_of([day("11-13 00:00", "11-14 06:00")], WAITS) == (
        Pause(between("11-13 00:00", "11-14 06:00"), WAITS),
    )


def test_on_the_rest_of_a_day_of_which_they_take_some_hours_they_are_contacted_as_at_work() -> None:
    assert pauses_of([day("11-13 14:00", "11-13 16:00", 120)], WAITS) == (
        Pause(between("11-13 14:00", "11-13 16:00"), WAITS),
    )


def test_so_they_are_on_days_between_that_were_not_approved() -> None:
    found = pauses_of([day("11-09 00:00", "11-10 00:00"), day("11-12 00:00", "11-13 00:00")], WAITS)
    assert [each.interval for each in found] == [
        between("11-09 00:00", "11-10 00:00"),
        between("11-12 00:00", "11-13 00:00"),
    ]


@pytest.mark.parametrize(("days", "contact"), [(WEEKEND, USUAL), ([], NONE), (WEEKEND[1:], NONE)])
def test_there_is_no_pause_where_somebody_is_contacted_as_usual_or_nothing_is_left(
    days: list[Day], contact: Contact
) -> None:
    assert pauses_of(days, contact) == ()


def test_what_meets_is_one_pause_as_strict_as_the_strictest() -> None:
    first, second = between("11-09 00:00", "11-14 00:00"), between("11-14 00:00", "11-16 00:00")
    apart = between("11-20 00:00", "11-21 00:00")
    found = merged([Pause(apart, WAITS), Pause(second, WAITS, is_back=True), Pause(first, NONE)])
    assert found == (
        Pause(between("11-09 00:00", "11-16 00:00"), NONE, is_back=True),
        Pause(apart, WAITS),
    )


_STARTS = st.integers(0, 60).map(lambda hours: datetime(2026, 11, 2, tzinfo=UTC) + timedelta(hours=hours))
_PAUSES = st.builds(
    lambda start, hours, contact: Pause(Interval(start, start + timedelta(hours=hours)), contact),
    _STARTS,
    st.integers(1, 20),
    st.sampled_from([NONE, WAITS]),
)


@given(st.lists(_PAUSES, max_size=6), _STARTS)
def test_merging_leaves_nobody_alone_longer_or_shorter(pauses: list[Pause], now: datetime) -> None:
    whole = merged(pauses)
    alone, as_merged = (any(each.interval.contains(now) for each in every) for every in (pauses, whole))
    assert as_merged == alone
    assert all(one.interval.end < other.interval.start for one, other in pairwise(whole))


@pytest.mark.parametrize(
    ("end", "shift", "told"),
    [
        ("11-14 00:00", between("11-16 07:00", "11-16 15:00"), "11-16 07:00"),
        ("11-14 00:00", None, "11-14 08:00"),
        ("11-14 00:00", between("12-20 07:00", "12-20 15:00"), "11-14 08:00"),
        ("11-13 15:00", None, "11-14 08:00"),
    ],
)
def test_what_still_matters_is_read_at_work_or_in_the_morning(end: str, shift: Interval | None, told: str) -> None:
    assert told_at(Pause(between("11-09 00:00", end), NONE), shift, BERLIN) == at(told)


def test_who_says_that_they_are_back_reads_it_at_once() -> None:
    pause = Pause(between("11-09 00:00", "11-09 10:12"), NONE, is_back=True)
    assert told_at(pause, between("11-10 09:00", "11-10 17:00"), BERLIN) == at("11-09 10:12")
