"""The document that calendars read: zones, lengths of nights, and what it does not tell."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.domain.calendar import Entry
from bot.domain.intervals import Interval
from bot.views.calendar_feed import shift_feed, time_zone

CHANGED = datetime(2026, 10, 1, 8, tzinfo=UTC)
ZONES = (
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
)


def entry(start: datetime, end: datetime, queue: str | None = "voice", *, cancelled: bool = False) -> Entry:
    assert isinstance(start.tzinfo, ZoneInfo)
    return Entry("a", Interval(start, end), start.tzinfo.key, queue, cancelled, 2, CHANGED)


def read(*entries: Entry) -> list[Event]:
    """The events as a client finds them."""
    return Calendar.from_ical(shift_feed(entries)).events


@pytest.mark.parametrize(
    ("zone", "start", "hours"),
    [
        ("Europe/Berlin", "2026-10-24T22:00", 9),
        ("Europe/Berlin", "2026-03-28T22:00", 7),
        ("America/New_York", "2026-10-31T22:00", 9),
        ("Asia/Kolkata", "2026-10-24T22:00", 8),
    ],
)
def test_a_night_in_which_clocks_change_is_as_long_as_it_is_worked(zone: str, start: str, hours: int) -> None:
    begins = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone))
    ends = (begins + timedelta(days=1)).replace(hour=6)
    [event] = read(entry(begins, ends))
    assert event.DTEND.astimezone(UTC) - event.DTSTART.astimezone(UTC) == timedelta(hours=hours)
    assert [event[each].params["TZID"] for each in ("DTSTART", "DTEND")] == [zone, zone]
    assert (event.DTSTART.hour, event.DTEND.hour) == (22, 6)


@pytest.mark.parametrize("zone", ZONES)
def test_the_zone_in_the_feed_is_the_zone_of_the_shift_at_every_hour(zone: str) -> None:
    """For clients that go by what the feed says of a zone rather than by its name."""
    said = Calendar()
    said.add_component(time_zone(zone, 2025, 2027))
    [written] = Calendar.from_ical(said.to_ical()).timezones
    told, known = written.to_tz(lookup_tzid=False), ZoneInfo(zone)
    hours = [datetime(2025, 2, 1) + timedelta(hours=hour) for hour in range(24 * 900)]
    # An hour that there is not, or twice, is never said by the clocks on the wall.
    plain = [
        each
        for each in hours
        if each.replace(tzinfo=known).utcoffset() == each.replace(tzinfo=known, fold=1).utcoffset()
    ]
    assert len(hours) - len(plain) < 20
    assert [
        each for each in plain if each.replace(tzinfo=told).utcoffset() != each.replace(tzinfo=known).utcoffset()
    ] == []


def test_the_second_of_two_equal_hours_is_told_apart() -> None:
    ends = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin"))
    [event] = read(entry(datetime(2026, 10, 24, 22, tzinfo=ZoneInfo("Europe/Berlin")), ends))
    assert event.DTEND.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


instants = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))


@given(instants, st.integers(1, 2000), st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"})))
@settings(max_examples=60)
def test_any_shift_is_read_as_it_was_written(start: datetime, minutes: int, zone: str) -> None:
    start = start.replace(second=0, microsecond=0)
    written = Entry("a", Interval(start, start + timedelta(minutes=minutes)), zone, "voice", False, 2, CHANGED)
    [event] = read(written)
    assert (event.DTSTART.astimezone(UTC), event.DTEND.astimezone(UTC)) == (
        start,
        start + timedelta(minutes=minutes),
    )


def test_an_event_says_what_changed_when_and_whether_it_stands() -> None:
    start, end = (datetime(2026, 11, 2, hour, tzinfo=ZoneInfo("Europe/Berlin")) for hour in (9, 17))
    [stands] = read(entry(start, end))
    assert (stands["SUMMARY"], stands["STATUS"], stands["TRANSP"]) == ("Voice shift", "CONFIRMED", "OPAQUE")
    assert (stands.sequence, stands.LAST_MODIFIED, stands.DTSTAMP) == (2, CHANGED, CHANGED)
    assert stands.categories == ["Shift", "voice"]
    [gone] = read(entry(start, end, None, cancelled=True))
    assert (gone["SUMMARY"], gone["STATUS"], gone["TRANSP"]) == ("Shift", "CANCELLED", "TRANSPARENT")


def test_the_calendar_has_a_name_and_says_when_to_ask_again_also_when_it_is_empty() -> None:
    calendar = Calendar.from_ical(shift_feed([]))
    assert (calendar["NAME"], calendar["X-WR-CALNAME"]) == ("My shifts", "My shifts")
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in shift_feed([])
    assert calendar.subcomponents == []
