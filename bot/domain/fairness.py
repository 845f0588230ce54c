"""Work that nobody likes to have more of than the others: nights, weekends, holidays, calls at the last minute."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval, total
from bot.domain.wallclock import Recurring, local_date

LAST_MINUTE = timedelta(hours=24)
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


def hardships(
    interval: Interval, zone: ZoneInfo, holidays: frozenset[date], agreed_at: datetime | None = None
) -> frozenset[Hardship]:
    """What working the interval is, by the clocks and holidays of whoever does.

    It is a night from three hours between 22:00 and 06:00 on, a weekend or a holiday by the day it starts on.
    """
    found = set()
    night = Recurring(_EVERY_DAY, time(22), time(6), zone)
    nightly = (interval.intersection(window) for window in night.occurrences(interval))
    if total(shared for shared in nightly if shared) >= min(_NIGHT_FROM, interval.length):
        found.add(Hardship.NIGHT)
    day = local_date(interval.start, zone)
    if day.weekday() >= _SATURDAY:
        found.add(Hardship.WEEKEND)
    if day in holidays:
        found.add(Hardship.HOLIDAY)
    if agreed_at is not None and interval.start - agreed_at < LAST_MINUTE:
        found.add(Hardship.LAST_MINUTE)
    return frozenset(found)
