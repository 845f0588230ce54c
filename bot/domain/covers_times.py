"""From times on the wall to instants within a shift, which begins and ends at times that may come twice a day."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval
from bot.domain.wallclock import ONE_DAY, local_date, resolve


class BeginsOutside(Exception):
    """The interval is over, or has not begun, at the time from which it is to be."""


def times_within(
    within: Interval, start: time | None, end: time | None, zone: ZoneInfo
) -> tuple[datetime, datetime]:
    """The instants at which clocks in the zone first show these times, from the start of an interval on.

    None: its own start or end. An end outside of it is not refused here, and may be the start.
    Raises ``BeginsOutside``.
    """
    begins = within.start if start in (None, _wall(within.start, zone)) else _next(within.start, start, zone)
    if not within.contains(begins):
        raise BeginsOutside
    ends = within.end if end in (None, _wall(within.end, zone)) else _next(begins, end, zone)
    return begins, ends


def _next(after: datetime, wall: time, zone: ZoneInfo) -> datetime:
    """The first instant, ``after`` included, at which clocks show it."""
    today = local_date(after, zone)
    found = (resolve(datetime.combine(day, wall), zone) for day in (today, today + ONE_DAY))
    return next(each for each in found if each >= after)


def _wall(instant: datetime, zone: ZoneInfo) -> time:
    return instant.astimezone(zone).time().replace(second=0, microsecond=0)
