"""From what a person typed to instants."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.intervals import EmptyInterval, Interval
from bot.domain.wallclock import days, local_times, resolve, span
from bot.domain.when import DayPart, When

_PARTS = {
    DayPart.MORNING: (time(6), time(12)),
    DayPart.AFTERNOON: (time(12), time(18)),
    DayPart.EVENING: (time(18), time(22)),
    DayPart.NIGHT: (time(22), time(6)),
}
_MOMENT = timedelta(minutes=1)
# More days than anybody looks at in one go.
MOST_DAYS = 92


class TooManyDays(Exception):
    """The range is longer than ``MOST_DAYS``."""


def moment(instant: datetime) -> Interval:
    """The minute that begins at the instant: what "at three" and "now" mean."""
    return Interval(instant, instant + _MOMENT)


def windows(when: When, zone: ZoneInfo) -> tuple[Interval, ...]:
    """The intervals that are meant, on each of the days, in order.

    Days without a time of day are whole, and so is a half day of which it is not known which half; a time
    without an end is a minute. What clocks skip is left out. Raises ``TooManyDays``.
    """
    if (when.last - when.first).days >= MOST_DAYS:
        raise TooManyDays
    hours = _hours(when)
    if hours is None:
        return (days(when.first, when.last, zone),)
    found = []
    for offset in range((when.last - when.first).days + 1):
        try:
            found.append(_window(when.first + timedelta(days=offset), hours, zone))
        except EmptyInterval:
            continue
    return tuple(found)


def _hours(when: When) -> tuple[time, time | None] | None:
    if when.start is not None:
        return when.start, when.end
    return _PARTS.get(when.part) if when.part else None


def _window(day: date, hours: tuple[time, time | None], zone: ZoneInfo) -> Interval:
    start, end = hours
    if end is None:
        return moment(resolve(datetime.combine(day, start), zone))
    return span(*local_times(day, start, end), zone)
