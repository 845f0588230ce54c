"""Every period comes once and in order, whatever the clocks and the settings do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Daily, Every, Hours, Period, When, plan

BERLIN = ZoneInfo("Europe/Berlin")
# Clocks that change at midnight, by half an hour, in winter, by a whole day, or whose offset is not in minutes.
ZONES = [
    ZoneInfo(name)
    for name in [
        "Europe/Berlin",
        "Europe/Dublin",
        "Africa/Cairo",
        "Africa/Casablanca",
        "Africa/Monrovia",
        "America/Havana",
        "America/Santiago",
        "America/St_Johns",
        "America/Sao_Paulo",
        "Asia/Beirut",
        "Asia/Gaza",
        "Asia/Tehran",
        "Asia/Kolkata",
        "Antarctica/Troll",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Pacific/Kwajalein",
        "Pacific/Auckland",
        "UTC",
    ]
]
zones = st.sampled_from(ZONES)
times = st.times(time(), time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))
instants = st.datetimes(datetime(1970, 1, 2), datetime(2037, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
local_kinds = st.one_of(
    times.map(Daily), st.lists(times, min_size=1, max_size=4, unique=True).map(lambda at: Hours(tuple(sorted(at))))
)
kinds = st.one_of(local_kinds, st.integers(1, 3000).map(lambda minutes: Every(timedelta(minutes=minutes))))


def on_the_wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(times, zones, st.dates(date(1970, 1, 2), date(2036, 1, 1)))
def test_every_local_day_falls_due_once_in_order_and_when_its_time_is_reached(
    wanted: time, zone: ZoneInfo, day: date
) -> None:
    when = Daily(wanted)
    period = when.named(day.isoformat(), zone)
    for number in range(400):
        local = datetime.combine(day + timedelta(days=number), wanted)
        assert period.key == local.date().isoformat()
        assert on_the_wall(period.due_at - timedelta(seconds=1), zone) < local <= on_the_wall(period.due_at, zone)
        following = when.after(period.key, zone)
        assert following.due_at >= period.due_at
        period = following


@given(kinds, zones, instants)
def test_a_job_begins_with_the_first_period_after_an_instant(when: When, zone: ZoneInfo, since: datetime) -> None:
    first = when.first(since, zone)
    assert first.due_at > since
    assert when.named(first.key, zone) == first
    if isinstance(when, Daily):
        before = (date.fromisoformat(first.key) - timedelta(days=1)).isoformat()
        assert when.named(before, zone).due_at <= since
    if isinstance(when, Every):
        assert first.due_at - since <= when.step


looks = st.lists(st.tuples(zones, st.timedeltas(timedelta(), timedelta(days=4))), min_size=1, max_size=30)
lateness = st.none() | st.timedeltas(timedelta(), timedelta(days=2))


@given(kinds, instants, zones, looks, lateness, st.booleans())
def test_no_period_is_lost_or_doubled_however_late_and_in_whatever_zone_one_looks(
    when: When,
    now: datetime,
    zone: ZoneInfo,
    looks: list[tuple[ZoneInfo, timedelta]],
    late: timedelta | None,
    each: bool,
) -> None:
    first = waiting = when.first(now, zone).key
    settled: list[str] = []
    for zone, passed in looks:
        now += passed
        planned = plan(when, waiting, now, zone, late=late, each=each)
        handled = [*planned.past, *([planned.run] if planned.run else [])]
        assert all(period.due_at <= now for period in handled)
        if planned.run:
            assert late is None or now - planned.run.due_at <= late
        settled += [period.key for period in handled]
        waiting = when.after(settled[-1], zone).key if handled else waiting
        if not each or not planned.run:
            assert planned.following.due_at > now
            assert planned.following.key == waiting
    expected = [first]
    while len(expected) < len(settled):
        expected.append(when.after(expected[-1], zone).key)
    assert settled == expected[: len(settled)]
    assert len(set(settled)) == len(settled)


@pytest.mark.parametrize(
    ("zone", "wanted", "day", "due"),
    [
        ("Europe/Berlin", time(2, 30), "2026-03-29", "2026-03-29T01:00"),  # skipped
        ("Europe/Berlin", time(2, 30), "2026-10-25", "2026-10-25T00:30"),  # repeated
        ("Africa/Cairo", time(), "2026-04-24", "2026-04-23T22:00"),  # midnight is skipped
        ("Australia/Lord_Howe", time(2, 15), "2026-10-04", "2026-10-03T15:30"),  # half an hour is skipped
        ("Australia/Lord_Howe", time(1, 45), "2026-04-05", "2026-04-04T14:45"),  # half an hour is repeated
        ("Pacific/Apia", time(9), "2011-12-30", "2011-12-30T10:00"),  # a day is skipped
    ],
)
def test_a_skipped_time_is_the_next_valid_instant_and_a_repeated_one_the_first(
    zone: str, wanted: time, day: str, due: str
) -> None:
    assert Daily(wanted).named(day, ZoneInfo(zone)) == Period(day, at(due))


def test_several_times_a_day_follow_one_another_into_the_next_day() -> None:
    when = Hours((time(8), time(16, 30)))
    first = when.first(at("2026-10-24T06:00"), BERLIN)
    second = when.after(first.key, BERLIN)
    third = when.after(second.key, BERLIN)
    assert [first, second, third] == [
        Period("2026-10-24T16:30:00", at("2026-10-24T14:30")),
        Period("2026-10-25T08:00:00", at("2026-10-25T07:00")),
        Period("2026-10-25T16:30:00", at("2026-10-25T15:30")),
    ]


def test_steps_are_fixed_instants_whatever_the_zone() -> None:
    when = Every(timedelta(hours=6))
    first = when.first(at("2026-10-25T00:00"), BERLIN)
    assert first == Period("2026-10-25T06:00:00Z", at("2026-10-25T06:00"))
    assert when.after(first.key, ZoneInfo("Asia/Tokyo")) == Period("2026-10-25T12:00:00Z", at("2026-10-25T12:00"))


def test_of_several_missed_periods_the_latest_is_run() -> None:
    planned = plan(Daily(time(3)), "2026-10-20", at("2026-10-23T12:00"), BERLIN, late=None, each=False)
    assert [period.key for period in planned.past] == ["2026-10-20", "2026-10-21", "2026-10-22"]
    assert planned.run == Period("2026-10-23", at("2026-10-23T01:00"))


def test_lateness_is_exact_to_the_microsecond() -> None:
    hour = timedelta(hours=1)
    in_time = plan(Daily(time(3)), "2026-10-23", at("2026-10-23T02:00"), BERLIN, late=hour, each=False)
    assert in_time.run is not None
    too_late = plan(Daily(time(3)), "2026-10-23", at("2026-10-23T02:00:00.000001"), BERLIN, late=hour, each=False)
    assert [period.key for period in too_late.past] == ["2026-10-23"]
    assert too_late.run is None
    assert too_late.following == Period("2026-10-24", at("2026-10-24T01:00"))


@pytest.mark.parametrize(
    ("when", "key"),
    [
        (Daily(time(3)), "2026-10-25T08:00:00"),
        (Daily(time(3)), "2026-10-25T02:00:00Z"),
        (Hours((time(8),)), "2026-10-25"),
        (Hours((time(8),)), "2026-10-25T02:00:00Z"),
        (Every(timedelta(hours=1)), "2026-10-25"),
        (Every(timedelta(hours=1)), "2026-10-25T08:00:00"),
    ],
)
def test_a_job_that_was_given_other_times_goes_on_from_where_it_was(when: When, key: str) -> None:
    following = when.after(key, BERLIN)
    assert at("2026-10-25T00:00") < following.due_at < at("2026-10-26T09:00")
