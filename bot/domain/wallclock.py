"""From the clock on the wall to instants, across clock changes.

One rule everywhere: a wall-clock time that is skipped means the next valid instant, one that is repeated means
the first of the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.intervals import EmptyInterval, Interval

ONE_DAY = timedelta(days=1)
_QUARTER = timedelta(minutes=15)


def read_zone(text: str) -> str | None:
    """The text, if it is the name of a time zone as the zone database writes it."""
    return text if text in _zones() else None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def resolve(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which clocks in the zone first show ``local`` (naive) or, if they skip it, pass it."""
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return first
    # Skipped: read with the offset after the change it lies before the change, and the other way round.
    before = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _change_between(before.replace(microsecond=0), first.replace(microsecond=0), zone)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    old_offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old_offset:
            before = middle
        else:
            after = middle
    return after


def span(start: datetime, end: datetime, zone: ZoneInfo) -> Interval:
    """The interval between two wall-clock times; raises ``EmptyInterval`` where clocks skip all of it."""
    return Interval(resolve(start, zone), resolve(end, zone))


def local_times(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    """Start and end on the wall of what begins on ``day``: an end at or before the start is on the next day."""
    ends_on = day if end > start else day + ONE_DAY
    return datetime.combine(day, start), datetime.combine(ends_on, end)


@lru_cache(8192)
def days(first: date, last: date, zone: ZoneInfo) -> Interval:
    """From the first instant of ``first`` to the last of ``last``, a day being 23, 24 or 25 hours long."""
    return span(datetime.combine(first, time()), datetime.combine(last + ONE_DAY, time()), zone)


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The date on the wall at an instant."""
    return instant.astimezone(zone).date()


def quarter(instant: datetime) -> datetime:
    """The beginning of the quarter of an hour that an instant lies in."""
    return instant.replace(minute=instant.minute // 15 * 15, second=0, microsecond=0)


def next_quarter(instant: datetime) -> datetime:
    """The first quarter of an hour that does not begin before an instant."""
    begun = quarter(instant)
    return begun if begun == instant else begun + _QUARTER


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week of ``day``; ``first_weekday`` 0 is Monday, as in ``date.weekday``."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A window on certain weekdays (0 is Monday), by the clocks of a zone: "Monday to Friday 22:00-06:00"."""

    weekdays: frozenset[int]
    start: time
    end: time
    zone: ZoneInfo

    def occurrences(self, within: Interval) -> Iterator[Interval]:
        """The windows that touch ``within``, whole and in order; one that clocks skip entirely is left out."""
        day = local_date(within.start, self.zone) - ONE_DAY
        last = local_date(within.end, self.zone)
        while day <= last:
            if day.weekday() in self.weekdays:
                try:
                    window = span(*local_times(day, self.start, self.end), self.zone)
                except EmptyInterval:
                    pass
                else:
                    if window.overlaps(within):
                        yield window
            day += ONE_DAY
