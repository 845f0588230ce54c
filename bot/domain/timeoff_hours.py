"""What a leave costs, in minutes for each day of it: what somebody is rostered for or, where no roster is known
yet, what they usually work.

A shift belongs to the day on which it starts. Deducted are the hours by the clocks on the wall, so that a night of
eight hours costs eight also when clocks change and it lasts seven or nine.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval
from bot.domain.wallclock import ONE_DAY, days, local_date, resolve
from bot.domain.when_meaning import DayPart, When
from bot.domain.windows import windows

_MINUTE = timedelta(minutes=1)
_NOON = time(12)
_HALVES = (DayPart.MORNING, DayPart.AFTERNOON)


class WhichHalf(Exception):
    """Half a day is asked for, and it is not known which half."""


class EndMissing(Exception):
    """A time is asked for without an end."""


class NoPattern(Exception):
    """Neither a roster nor a work pattern says what somebody works on ``day``."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no work pattern is known for {day}")
        self.day = day


@dataclass(frozen=True, slots=True)
class Pattern:
    """Minutes that somebody works on each of the seven weekdays, Monday first, from a day on."""

    minutes: tuple[int, int, int, int, int, int, int]
    since: date = date.min

    @classmethod
    def even(cls, weekly_minutes: int, weekdays: Iterable[int] = range(5), since: date = date.min) -> "Pattern":
        """The hours of a contract spread over weekdays (0 is Monday); odd minutes go to the first of them."""
        worked = sorted(set(weekdays))
        each, odd = divmod(weekly_minutes, len(worked))
        spread = {day: each + (place < odd) for place, day in enumerate(worked)}
        mon, tue, wed, thu, fri, sat, sun = (spread.get(day, 0) for day in range(7))
        return cls((mon, tue, wed, thu, fri, sat, sun), since)

    @property
    def weekly_minutes(self) -> int:
        """The hours of the contract."""
        return sum(self.minutes)

    @property
    def days(self) -> int:
        """How many days a week are worked."""
        return sum(1 for each in self.minutes if each)


@dataclass(frozen=True, slots=True)
class Holidays:
    """The public holidays where somebody is; of a half one the second half is free."""

    whole: frozenset[date] = frozenset()
    half: frozenset[date] = frozenset()

    def free(self, day: date, minutes: int) -> int:
        """How much of a day's work falls away; of half an odd minute all of it."""
        if day in self.whole:
            return minutes
        return minutes - minutes // 2 if day in self.half else 0


@dataclass(frozen=True, slots=True)
class Working:
    """When somebody works, by the clocks of a zone.

    ``roster`` is what they work of each shift, in stretches. It is known from the first to the last day of
    ``rostered``: a day without a shift there is free. On other days the pattern in force counts.
    """

    zone: ZoneInfo
    patterns: tuple[Pattern, ...] = ()
    roster: tuple[Interval, ...] = ()
    rostered: tuple[date, date] | None = None
    holidays: Holidays = field(default_factory=Holidays)

    def is_rostered(self, day: date) -> bool:
        """Whether the roster of a day is known."""
        return self.rostered is not None and self.rostered[0] <= day <= self.rostered[1]

    def starting(self, day: date) -> tuple[Interval, ...]:
        """What they work that starts on a day, in order."""
        return tuple(sorted(each for each in self.roster if local_date(each.start, self.zone) == day))

    def usual(self, day: date) -> int:
        """Minutes by the pattern, holidays or not. Raises ``NoPattern``."""
        in_force = [each for each in self.patterns if each.since <= day]
        if not in_force:
            raise NoPattern(day)
        return max(in_force, key=lambda each: each.since).minutes[day.weekday()]


@dataclass(frozen=True, slots=True)
class DayCost:
    """What one day of a leave takes; ``rostered``: by the roster, otherwise by the pattern."""

    day: date
    minutes: int
    rostered: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """What a leave takes.

    ``days`` are those that cost something, in order. ``away`` is when somebody is not there. ``asks`` is work that
    began the evening before the first day and ends on it, of which only its owner knows whether it is meant too.
    """

    days: tuple[DayCost, ...]
    away: tuple[Interval, ...]
    asks: Interval | None = None

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(each.minutes for each in self.days)


def cost(when: When, working: Working, *, eve: bool = False) -> Cost:
    """What a leave costs; ``eve``: work of the evening before that ends on its first day is meant too.

    Half a day is the first or the second half of that day's work, whenever it begins. Public holidays cost nothing
    but to those who are rostered on them. Raises ``WhichHalf``, ``EndMissing`` and ``NoPattern``.
    """
    if when.part is DayPart.HALF:
        raise WhichHalf
    if when.start is not None and when.end is None:
        raise EndMissing
    if when.start is None and when.part is None:
        return _whole_days(when, working, eve)
    each = _half if when.part in _HALVES else _hours
    costs = [each(replace(when, first=day, last=day), working) for day in _days(when.first, when.last)]
    return Cost(
        tuple(found for one in costs for found in one.days), tuple(found for one in costs for found in one.away)
    )


def holidays_taken(working: Working, first: date, last: date) -> tuple[DayCost, ...]:
    """What public holidays take from a pool that includes them; who is rostered on one keeps its hours."""
    holidays = working.holidays.whole | working.holidays.half
    off = (day for day in sorted(holidays) if first <= day <= last and not working.starting(day))
    taken = (DayCost(day, working.holidays.free(day, working.usual(day)), False) for day in off)
    return tuple(each for each in taken if each.minutes)


def rostered_minutes(work: Interval, zone: ZoneInfo) -> int:
    """The length of work by the clocks on the wall."""
    start, end = (each.astimezone(zone).replace(tzinfo=None) for each in (work.start, work.end))
    return max(0, (end - start) // _MINUTE)


def _whole_days(when: When, working: Working, eve: bool) -> Cost:
    zone = working.zone
    midnights = days(when.first, when.last, zone)
    before = next((each for each in working.starting(when.first - ONE_DAY) if each.end > midnights.start), None)
    found = [_day(day, working) for day in _days(when.first, when.last)]
    start = midnights.start
    if before and eve:
        found.insert(0, DayCost(when.first - ONE_DAY, rostered_minutes(before, zone), True))
        start = before.start
    elif before:
        start = before.end
    end = max([midnights.end, *(each.end for each in working.starting(when.last))])
    away = (Interval(start, end),) if start < end else ()
    return Cost(tuple(each for each in found if each.minutes), away, None if eve else before)


def _day(day: date, working: Working) -> DayCost:
    if working.is_rostered(day):
        minutes = sum(rostered_minutes(each, working.zone) for each in working.starting(day))
        return DayCost(day, minutes, True)
    usual = working.usual(day)
    return DayCost(day, usual - working.holidays.free(day, usual), False)


def _half(when: When, working: Working) -> Cost:
    """The first half of an odd number of minutes is the shorter one, so that both halves make the day."""
    day, is_first = when.first, when.part is DayPart.MORNING
    if working.is_rostered(day):
        whole = _day(day, working).minutes
        minutes, away = _share(whole, is_first), _half_of(working.starting(day), is_first)
    else:
        # The second half of a half holiday is free already.
        usual = working.usual(day)
        free = working.holidays.free(day, usual)
        minutes = min(_share(usual, is_first), usual - free) if is_first or free == 0 else 0
        midnights, noon = days(day, day, working.zone), resolve(datetime.combine(day, _NOON), working.zone)
        away = (Interval(midnights.start, noon) if is_first else Interval(noon, midnights.end),)
    return Cost((DayCost(day, minutes, working.is_rostered(day)),) if minutes else (), away)


def _share(minutes: int, is_first: bool) -> int:
    return minutes // 2 if is_first else minutes - minutes // 2


def _half_of(work: tuple[Interval, ...], is_first: bool) -> tuple[Interval, ...]:
    """The half of a day's work, which may be in several pieces."""
    half = sum((each.length for each in work), timedelta()) // 2 // _MINUTE * _MINUTE
    halves: tuple[list[Interval], list[Interval]] = ([], [])
    for each in work:
        middle = each.start + min(max(half, timedelta()), each.length)
        if each.start < middle:
            halves[0].append(Interval(each.start, middle))
        if middle < each.end:
            halves[1].append(Interval(middle, each.end))
        half -= each.length
    return tuple(halves[0] if is_first else halves[1])


def _hours(when: When, working: Working) -> Cost:
    day, zone = when.first, working.zone
    asked = windows(when, zone)
    if working.is_rostered(day):
        shared = (window.intersection(each) for window in asked for each in working.roster)
        minutes = sum(rostered_minutes(each, zone) for each in shared if each)
    else:
        minutes = min(sum(rostered_minutes(each, zone) for each in asked), _day(day, working).minutes)
    return Cost((DayCost(day, minutes, working.is_rostered(day)),) if minutes else (), asked)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
