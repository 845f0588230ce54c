"""Work that nobody likes to have more of than the others: nights, weekends, holidays, calls at the last minute."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from statistics import median
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval, total
from bot.domain.wallclock import Recurring, local_date

LAST_MINUTE = timedelta(hours=24)
# Among fewer the median says too much of each.
FEWEST = 5
# What counts as night work in law is two to three hours of it (2003/88/EC, article 2: three).
_NIGHT_FROM = timedelta(hours=3)
_EVERY_DAY = frozenset(range(7))
_SATURDAY = 5


class Hardship(StrEnum):
    """What a shift can be besides work."""

    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    LAST_MINUTE = "last minute"  # agreed to less than a day before


@dataclass(frozen=True, slots=True)
class Burden:
    """How often somebody had each hardship over a year, by the shift; one that never was may be missing."""

    counts: Mapping[Hardship, int] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, hardships: Iterable[Hardship]) -> int:
        """How often they had any of these, together."""
        return sum(self.counts.get(each, 0) for each in hardships)


@dataclass(frozen=True, slots=True)
class Stint:
    """A part of a shift that somebody works; ``last_minute``: they took over any of it at the last minute."""

    shift_id: UUID
    interval: Interval
    last_minute: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody had since a day, and how often it was for the one in the middle of the floor.

    ``usual`` None: there are too few of them to say.
    """

    since: date
    had: Burden
    usual: Mapping[Hardship, float] | None


def hardships(
    interval: Interval, zone: ZoneInfo, holidays: frozenset[date], agreed_at: datetime | None = None
) -> frozenset[Hardship]:
    """What working the interval is, by the clocks and holidays of whoever does.

    It is a night from three hours between 22:00 and 06:00 on, a weekend or a holiday by the day it starts on.
    """
    found = set()
    if _is_night(interval, zone):
        found.add(Hardship.NIGHT)
    day = local_date(interval.start, zone)
    if day.weekday() >= _SATURDAY:
        found.add(Hardship.WEEKEND)
    if day in holidays:
        found.add(Hardship.HOLIDAY)
    if agreed_at is not None and is_last_minute(interval.start, agreed_at):
        found.add(Hardship.LAST_MINUTE)
    return frozenset(found)


def is_last_minute(start: datetime, agreed_at: datetime) -> bool:
    """Whether whoever agreed to work from ``start`` on did so less than a day before."""
    return start - agreed_at < LAST_MINUTE


def tally(stints: Iterable[Stint], zone: ZoneInfo, holidays: frozenset[date]) -> dict[date, Burden]:
    """The burden of somebody by month, which is known by its first day; a month without a stint is missing.

    Several parts of one shift are one, in the month in which each begins.
    """
    months: defaultdict[date, defaultdict[UUID, set[Hardship]]] = defaultdict(lambda: defaultdict(set))
    for stint in stints:
        month = local_date(stint.interval.start, zone).replace(day=1)
        found = months[month][stint.shift_id]
        found |= hardships(stint.interval, zone, holidays)
        if stint.last_minute:
            found.add(Hardship.LAST_MINUTE)
    return {
        month: Burden(Counter(each for found in shifts.values() for each in found))
        for month, shifts in months.items()
    }


def counted_from(today: date) -> date:
    """The first day of the year that counts: twelve whole months, and this one so far."""
    return date(today.year - 1, today.month, 1)


def usual(burdens: Collection[Burden]) -> dict[Hardship, float] | None:
    """How often each hardship was for the one in the middle; None where there are fewer than ``FEWEST``."""
    if len(burdens) < FEWEST:
        return None
    return {each: median(one.of((each,)) for one in burdens) for each in Hardship}


@lru_cache(maxsize=16384)
def _is_night(interval: Interval, zone: ZoneInfo) -> bool:
    """The same hours of a day are worked by many."""
    night = Recurring(_EVERY_DAY, time(22), time(6), zone)
    nightly = (interval.intersection(window) for window in night.occurrences(interval))
    return total(shared for shared in nightly if shared) >= min(_NIGHT_FROM, interval.length)
