"""Business time: the hours in which a desk works, and reckoning with them.

All the windows of some years are laid out once with how much business time lies before each, so that any two
instants are compared by two searches, however far they are apart.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.availability import Available
from bot.domain.intervals import EmptyInterval, Interval, merge, total
from bot.domain.wallclock import ONE_DAY, days, local_times, span

NOTHING = timedelta()
# What is further off is as good as never.
_MOST_YEARS = 20


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The days on which nobody works, and those of which the second half is free."""

    whole: frozenset[date] = frozenset()
    half: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """Windows of a week by the clocks of a zone; none: around the clock, on holidays too."""

    windows: tuple[Available, ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class _Table:
    """The windows of some years in order: where each begins and ends, and the business time up to its end."""

    first: int
    last: int
    starts: tuple[datetime, ...] = ()
    ends: tuple[datetime, ...] = ()
    up_to: tuple[timedelta, ...] = ()

    def covers(self, year: int) -> bool:
        """Whether that year and its neighbours are in it: instants are in UTC, years are not."""
        return self.first < year < self.last

    def passed(self, instant: datetime) -> timedelta:
        """The business time before an instant."""
        at = bisect_right(self.starts, instant) - 1
        if at < 0:
            return NOTHING
        left = self.ends[at] - instant
        return self.up_to[at] - left if left > NOTHING else self.up_to[at]

    def reached(self, passed: timedelta) -> datetime | None:
        """The first instant before which so much business time lies; None: it is later than all windows."""
        at = bisect_left(self.up_to, passed)
        return self.ends[at] - (self.up_to[at] - passed) if at < len(self.up_to) else None


class Calendar:
    """The business time of one desk. ``free`` says which days of a year are holidays.

    It may be shared by threads: it only ever learns more years.
    """

    def __init__(self, hours: BusinessHours, free: Callable[[int], FreeDays] = lambda _year: FreeDays()) -> None:
        self._hours, self._free = hours, free
        self._table = _Table(0, -1)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The business time from one instant to another; nothing where the other is not later."""
        if end <= start:
            return NOTHING
        table = self._table_of(start, end)
        return table.passed(end) - table.passed(start)

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The first instant at which so much business time has passed since the start."""
        if length <= NOTHING:
            return start
        table = self._table_of(start, start)
        while (found := table.reached(table.passed(start) + length)) is None:
            if table.last - start.year > _MOST_YEARS:
                return table.ends[-1] if table.ends else start + timedelta(days=366 * _MOST_YEARS)
            table = self._table_of(start, start.replace(year=table.last, day=1))
        return found

    def before(self, end: datetime, length: timedelta) -> datetime:
        """The first instant from which on no more than so much business time is left until the end."""
        if length <= NOTHING:
            return end
        table = self._table_of(end, end)
        while table.passed(end) < length and end.year - table.first <= _MOST_YEARS:
            table = self._table_of(end.replace(year=table.first, day=1), end)
        found = table.reached(max(table.passed(end) - length, NOTHING))
        return found or end

    def _table_of(self, start: datetime, end: datetime) -> _Table:
        table = self._table
        if not (table.covers(start.year) and table.covers(end.year)):
            known = (table.first, table.last) if table.starts else (start.year - 1, end.year + 1)
            first, last = min(known[0], start.year - 1), max(known[1], end.year + 1)
            table = self._table = _laid_out(first, last, self._windows(first, last))
        return table

    def _windows(self, first: int, last: int) -> Iterator[Interval]:
        """Each window in the order in which they begin."""
        if not self._hours.windows:
            yield days(date(first, 1, 1), date(last, 12, 31), self._hours.zone)
            return
        for year in range(first, last + 1):
            free, day = self._free(year), date(year, 1, 1)
            while day.year == year:
                if day not in free.whole:
                    yield from self._on(day, half=day in free.half)
                day += ONE_DAY

    def _on(self, day: date, *, half: bool) -> Iterable[Interval]:
        """The windows that begin on a day; of a half one, the first half of their time."""
        found = []
        for each in self._hours.windows:
            if day.weekday() in each.weekdays:
                try:
                    found.append(span(*local_times(day, each.start, each.end), self._hours.zone))
                except EmptyInterval:
                    continue  # clocks skip all of it
        windows = merge(found)
        return _first_part(windows, total(windows) / 2) if half else windows


def _first_part(windows: Iterable[Interval], left: timedelta) -> Iterator[Interval]:
    for each in windows:
        if left <= NOTHING:
            return
        yield Interval(each.start, min(each.end, each.start + left))
        left -= each.length


def _laid_out(first: int, last: int, windows: Iterable[Interval]) -> _Table:
    starts: list[datetime] = []
    ends: list[datetime] = []
    for each in windows:
        if ends and each.start <= ends[-1]:  # what begins before midnight may go on into the next day's
            ends[-1] = max(ends[-1], each.end)
        else:
            starts.append(each.start)
            ends.append(each.end)
    up_to, passed = [], NOTHING
    for start, end in zip(starts, ends, strict=True):
        passed += end - start
        up_to.append(passed)
    return _Table(first, last, tuple(starts), tuple(ends), tuple(up_to))
