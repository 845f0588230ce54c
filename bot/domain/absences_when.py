"""From when to when somebody is away who says so: by the work that is meant, as people mean it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval
from bot.domain.wallclock import days, local_date

# Who says on a day without work that they are ill means the next shift, if it is as near as this.
_NEXT = timedelta(hours=36)
# Who says that they are late means work that has begun no longer ago than this, or has not.
_JUST = timedelta(hours=2)


def away_today(work: Iterable[Interval], zone: ZoneInfo, now: datetime) -> Interval | None:
    """The rest of today, or of the night that began yesterday; the day of the next shift where there is none.

    None: nothing is near that they would work.
    """
    ahead = sorted(each for each in work if each.end > now)
    if not ahead or ahead[0].start > now + _NEXT:
        return None
    first = ahead[0]
    day = local_date(first.start, zone)
    if first.start <= now and day < local_date(now, zone):
        return Interval(now, first.end)
    return away_on(ahead, day, day, zone, now)


def away_on(work: Iterable[Interval], first: date, last: date, zone: ZoneInfo, now: datetime) -> Interval | None:
    """These days, with all of the work that begins on them and none that began before; None: they are over."""
    whole = days(first, last, zone)
    start, end = whole.start, whole.end
    for each in work:
        if whole.contains(each.start):
            end = max(end, each.end)
        elif each.start < whole.start and not each.contains(now):
            start = max(start, min(each.end, whole.end))
    start = max(start, now)
    return Interval(start, end) if start < end else None


def late_by(work: Iterable[Interval], late: timedelta, now: datetime) -> tuple[Interval, Interval] | None:
    """How long they are missing from the beginning of which work: what has begun just now, or is next.

    Who says so after that time is over means from now on. None: nothing begins as near as this.
    """
    near = sorted(each for each in work if each.end > now and now - _JUST < each.start <= now + _NEXT)
    if not near:
        return None
    first = near[0]
    end = first.start + late
    if end <= now:
        end = now + late
    return first, Interval(first.start, min(end, first.end))


def met(work: Iterable[Interval], away: Interval) -> tuple[Interval, ...]:
    """What of the work lies in it, in order."""
    return tuple(sorted(shared for each in work if (shared := each.intersection(away))))
