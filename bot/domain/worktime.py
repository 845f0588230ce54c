"""Working time, counted where it falls.

A shift is shown on the day it starts, but its hours belong to the days and weeks in which they are worked, and
a night on which clocks change lasts as long as it lasted.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval, merge
from bot.domain.wallclock import ONE_DAY, days, local_date, week_start


def by_day(work: Iterable[Interval], zone: ZoneInfo) -> dict[date, timedelta]:
    """Time worked on each calendar day of the zone; days without work are missing."""
    worked: defaultdict[date, timedelta] = defaultdict(timedelta)
    for interval in merge(work):
        reached = interval.start
        while reached < interval.end:
            day, midnight = _day_around(reached, zone)
            worked[day] += min(interval.end, midnight) - reached
            reached = midnight
    return dict(worked)


def by_week(work: Iterable[Interval], zone: ZoneInfo, first_weekday: int) -> dict[date, timedelta]:
    """Time worked in each week, by the week's first day; ``first_weekday`` 0 is Monday."""
    worked: defaultdict[date, timedelta] = defaultdict(timedelta)
    for day, length in by_day(work, zone).items():
        worked[week_start(day, first_weekday)] += length
    return dict(worked)


def rests(work: Iterable[Interval]) -> tuple[Interval, ...]:
    """The free intervals between pieces of work, in order."""
    pieces = merge(work)
    return tuple(Interval(before.end, after.start) for before, after in pairwise(pieces))


def _day_around(instant: datetime, zone: ZoneInfo) -> tuple[date, datetime]:
    """The day that the instant belongs to, and its end.

    Where clocks go back from just after midnight, the date of the day before is shown once more.
    """
    day = local_date(instant, zone)
    midnight = days(day, day, zone).end
    if midnight <= instant:
        day += ONE_DAY
        midnight = days(day, day, zone).end
    return day, midnight
