"""Somebody's shifts as an iCalendar document (RFC 5545, RFC 7986)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from bot.domain.calendar import Entry

NAME = "My shifts"
REFRESH = timedelta(hours=1)
_MAKER = "-//Floorwalker//Shifts//EN"
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def shift_feed(entries: Sequence[Entry]) -> bytes:
    """The calendar: the same entries always give the same bytes.

    It holds no note and no colleague, because whoever has its address reads it.
    """
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", _MAKER)
    calendar.add("CALSCALE", "GREGORIAN")
    for name in ("NAME", "X-WR-CALNAME"):
        calendar.add(name, NAME)
    for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        calendar.add(name, REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.subcomponents[:0] = _time_zones(calendar.get_used_tzids(), entries)
    document: bytes = calendar.to_ical()
    return document


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("UID", f"{entry.uid}@floorwalker")
    event.add("DTSTAMP", entry.changed_at)
    event.add("LAST-MODIFIED", entry.changed_at)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTART", _on_the_wall(entry.interval.start, entry.time_zone))
    event.add("DTEND", _on_the_wall(entry.interval.end, entry.time_zone))
    shift = f"{entry.queue[0].upper()}{entry.queue[1:]} shift" if entry.queue else "Shift"
    event.add("SUMMARY", "Away" if entry.away else shift)
    event.add("CATEGORIES", ["Away" if entry.away else "Shift", *([entry.queue] if entry.queue else [])])
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    return event


def _on_the_wall(instant: datetime, zone: str) -> datetime:
    """The time in the shift's zone.

    An hour that the clocks show twice means its first time there, so the second time is said in UTC.
    """
    local = instant.astimezone(ZoneInfo(zone))
    return instant.astimezone(UTC) if local.fold else local


def _time_zones(used: Iterable[str], entries: Sequence[Entry]) -> Iterator[Timezone]:
    """The zones that are named, for all years in which something is and the one before."""
    years = [each.interval.start.year - 1 for each in entries] + [each.interval.end.year for each in entries]
    for key in sorted(used):
        yield time_zone(key, min(years), max(years))


@lru_cache(1024)
def time_zone(key: str, first: int, last: int) -> Timezone:
    """The zone as it is in these years: each change of its clocks, by what they show before it.

    The library's own is an hour late wherever clocks go forward.
    """
    zone = ZoneInfo(key)
    component = Timezone()
    component.add("TZID", key)
    new_year = datetime(first, 1, 1, tzinfo=UTC)
    before = _offset(zone, new_year)
    for onset in (new_year, *_changes(zone, first, last)):
        local = onset.astimezone(zone)
        observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
        observance.add("DTSTART", (onset + before).replace(tzinfo=None))
        observance.add("TZOFFSETFROM", before)
        before = _offset(zone, onset)
        observance.add("TZOFFSETTO", before)
        observance.add("TZNAME", local.tzname())
        component.add_component(observance)
    return component


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[datetime]:
    """The instants at which the clocks of the zone are put forward or back in these years."""
    start = datetime(first, 1, 1, tzinfo=UTC)
    while start.year <= last:
        end = start + _DAY
        before, after = start, end
        while _offset(zone, start) != _offset(zone, end) and after - before > _MINUTE:
            middle = before + (after - before) // _MINUTE // 2 * _MINUTE
            before, after = (middle, after) if _offset(zone, middle) == _offset(zone, start) else (before, middle)
        if after < end:
            yield after
        start = end


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    """How far the clocks are ahead of UTC."""
    return instant.astimezone(zone).utcoffset() or timedelta()
