"""What is likely to come, from what came: the median of the same weekday and interval over recent weeks.

It is a simple forecast, and says so: it carries how many days it stands on, how far these lie apart, and how wrong
it would have been. It knows no trend and no season. Where there is nothing to go by there is no forecast.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval
from bot.domain.volumes import Volume
from bot.domain.wallclock import days

WEEKS = 8
# What came on a single day says nothing of the next.
FEWEST = 2
_ONE_DAY = timedelta(1)
_WEEK = timedelta(weeks=1)
_Slot = tuple[date, time]


class NoForecast(Exception):
    """There is too little history for any of it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected in the ``minutes`` from ``start`` on.

    ``low`` and ``high`` are the least and the most of the ``days`` that it stands on. ``aht_seconds`` None: no
    handle time is known.
    """

    start: datetime
    minutes: int
    offered: float
    low: float
    high: float
    aht_seconds: float | None
    days: int


@dataclass(frozen=True, slots=True)
class Error:
    """How wrong the forecast of some past days would have been.

    ``wape``: the sum of all misses by the sum of all contacts, 0 being perfect; ``last_week`` the same for who
    expects what came a week before. ``days`` is how many days were tried.
    """

    wape: float
    last_week: float
    days: int


@dataclass(frozen=True, slots=True)
class History:
    """What came to one queue, by the clock on the wall, in intervals of the same length.

    ``kinds`` says which days are not like their weekday ("holiday", "release", "invoices"): they stand apart, and
    only days of the same kind say what to expect of them.
    """

    zone: ZoneInfo
    minutes: int
    offered: Mapping[_Slot, int]
    aht_seconds: Mapping[_Slot, float]
    days: Mapping[tuple[str, int | None], Sequence[date]]  # in order
    kinds: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, volumes: Iterable[Volume], zone: ZoneInfo, kinds: Mapping[date, str]) -> "History":
        """The volumes of one queue, in order of time; the second time of a repeated hour is left out.

        Raises ``ValueError`` where their intervals are not equally long.
        """
        offered: dict[_Slot, int] = {}
        aht_seconds: dict[_Slot, float] = {}
        lengths = set()
        for each in volumes:
            local = each.start.astimezone(zone)
            slot = local.date(), local.time()
            if slot in offered:
                continue
            lengths.add(each.minutes)
            offered[slot] = each.offered
            if each.aht_seconds is not None:
                aht_seconds[slot] = each.aht_seconds
        if len(lengths) > 1:
            raise ValueError(f"intervals of {sorted(lengths)} minutes")
        days: defaultdict[tuple[str, int | None], list[date]] = defaultdict(list)
        for day in dict.fromkeys(day for day, _ in offered):
            days[_like(day, kinds)].append(day)
        return cls(zone, lengths.pop() if lengths else 0, offered, aht_seconds, days, kinds)


def expect(history: History, within: Interval, before: date, weeks: int = WEEKS) -> tuple[Expected, ...]:
    """What is expected in each interval that starts ``within``, in order; raises ``NoForecast`` if in none.

    Each stands on the last ``weeks`` days like its own of those ``before`` some day and its own; where these are
    fewer than ``FEWEST`` it is left out.
    """
    found = []
    alike: dict[tuple[tuple[str, int | None], date], Sequence[date]] = {}
    for start in _starts(within, history.minutes):
        local = start.astimezone(history.zone)
        like = _like(local.date(), history.kinds), min(before, local.date())
        if like not in alike:
            kind, first = like
            alike[like] = [day for day in history.days.get(kind, ()) if day < first][-weeks:]
        slots = [(day, local.time()) for day in alike[like] if (day, local.time()) in history.offered]
        if len(slots) >= FEWEST:
            counts = [history.offered[slot] for slot in slots]
            aht = _handle_time(history, slots) or _handle_time(history, history.aht_seconds)
            found.append(
                Expected(start, history.minutes, median(counts), min(counts), max(counts), aht, len(counts))
            )
    if not found:
        raise NoForecast
    return tuple(found)


def error(history: History, weeks_tried: int = 4, weeks: int = WEEKS) -> Error | None:
    """How wrong it would have been over the last weeks that are whole, each foretold from those before it.

    Only intervals count for which both it and the week before have something to say; None where there are none.
    """
    reached = max((day for day, _ in history.offered), default=date.min)
    missed = missed_as_before = came = 0.0
    tried: set[date] = set()
    for back in range(1, weeks_tried + 1):
        monday = reached + _ONE_DAY - back * _WEEK
        try:
            expected = expect(history, days(monday, monday + _WEEK - _ONE_DAY, history.zone), monday, weeks)
        except NoForecast:
            continue
        for each in expected:
            local = each.start.astimezone(history.zone)
            actual = history.offered.get((local.date(), local.time()))
            week_before = history.offered.get((local.date() - _WEEK, local.time()))
            if actual is not None and week_before is not None:
                missed += abs(each.offered - actual)
                missed_as_before += abs(week_before - actual)
                came += actual
                tried.add(local.date())
    return Error(missed / came, missed_as_before / came, len(tried)) if came else None


def _starts(within: Interval, minutes: int) -> Iterator[datetime]:
    start = within.start
    while minutes and start < within.end:
        yield start
        start += timedelta(minutes=minutes)


def _like(day: date, kinds: Mapping[date, str]) -> tuple[str, int | None]:
    """What a day is like: a weekday, or whatever sets it apart from all of these."""
    kind = kinds.get(day)
    return (kind, None) if kind else ("", day.weekday())


def _handle_time(history: History, slots: Iterable[_Slot]) -> float | None:
    """The average of one contact in seconds, as far as it was measured."""
    known = [(history.aht_seconds[slot], history.offered[slot]) for slot in slots if slot in history.aht_seconds]
    contacts = sum(offered for _, offered in known)
    return sum(aht * offered for aht, offered in known) / contacts if contacts else None
