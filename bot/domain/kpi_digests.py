"""Reports of key figures: when each is due, what it is about, what changed most, and what is said late."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from statistics import fmean
from zoneinfo import ZoneInfo

from bot.domain.kpi import DEFINITIONS, Better, Cut, Figure, Formula, Reading, Unit
from bot.domain.kpi_periods import Cadence, Span, month_of, period_of
from bot.domain.wallclock import ONE_DAY, local_date, resolve

# So many things that changed most are pointed out.
MOST_CHANGED = 3
# So many periods before are looked at: for what is usual, and for what has changed since it was said.
PAST = 7
LATE = 4
# Less than this is no change that anybody should look at, whatever is usual: in the unit of the figure.
_LEAST = {Unit.SHARE: 0.02, Unit.POINTS: 3.0, Unit.SECONDS: 5.0, Unit.COUNT: 3.0, Unit.DAYS: 0.5}
# Of what is counted or timed a change is measured against what there was, where nothing is known of what is usual.
_USUAL_PART = 0.1


class NoSuchSubscription(Exception):
    """It has been deleted, or there never was one."""


@dataclass(frozen=True, slots=True)
class Times:
    """When a report comes: each day, on a ``weekday`` (0 is Monday) or on the first of a month, ``at`` a time."""

    cadence: Cadence
    weekday: int
    at: time


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of a report.

    ``before`` is its value in the period before, ``year_before`` a year ago, ``past`` in the periods before this,
    oldest first; each None where it is not known. ``silent_sources`` spoke of it in the period before, not now.
    """

    reading: Reading
    before: float | None
    year_before: float | None
    past: tuple[float | None, ...] = ()
    silent_sources: tuple[str, ...] = ()

    @property
    def change(self) -> float | None:
        """How much more it is than in the period before, in its unit."""
        value = self.reading.value
        return None if value is None or self.before is None else value - self.before


@dataclass(frozen=True, slots=True)
class Correction:
    """What an earlier report ``said`` of a period, and is otherwise ``now``; None: it was, or is, not known."""

    figure: Figure
    span: Span
    said: float | None
    now: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says: as it was when it was made."""

    cadence: Cadence
    span: Span
    cut: Cut
    zone: str  # by whose days
    made_at: datetime
    lines: tuple[Line, ...]
    formula: Formula = Formula.ANSWERED  # of its service level
    window: int = 7  # days that first contact resolution waits for
    corrections: tuple[Correction, ...] = ()
    recounted: tuple[Figure, ...] = ()  # by another formula than in the last report

    def rule_of(self, figure: Figure) -> str | None:
        """What the workspace has set of how a figure is counted; None where there is nothing to set."""
        return {Figure.SERVICE_LEVEL: self.formula.value, Figure.FCR: f"{self.window}"}.get(figure)

    @property
    def nothing(self) -> bool:
        """Whether not one of its figures has a value."""
        return all(line.reading.value is None for line in self.lines)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where its figures are from."""
        return tuple(sorted({source for line in self.lines for source in line.reading.sources}))

    @property
    def as_of(self) -> datetime | None:
        """When the source was heard that was heard of least recently."""
        return min((line.reading.as_of for line in self.lines if line.reading.as_of), default=None)


def next_time(times: Times, after: datetime, zone: ZoneInfo) -> datetime:
    """The first time after an instant; one that clocks skip is the next valid one, one they repeat the first."""
    day = local_date(after, zone) - ONE_DAY
    while True:
        at = resolve(datetime.combine(day, times.at), zone)
        if at > after and _is_day(times, day):
            return at
        day += ONE_DAY


def due(times: Times, next_at: datetime, now: datetime, first_weekday: int, zone: ZoneInfo) -> Span | None:
    """What the report is about that is to be made now; None where none is.

    Of several that were missed only the last one is made up. ``next_at`` is when one was to come: where it was
    moved since to a time that is past already, it is made now.
    """
    latest, wanted = (
        reported(times.cadence, local_date(at, zone), first_weekday)
        for at in (_last_time(times, now, zone), next_at)
    )
    return latest if latest >= wanted else None


def reported(cadence: Cadence, day: date, first_weekday: int) -> Span:
    """The last whole period before a day."""
    return period_of(period_of(day, cadence, first_weekday).starts - ONE_DAY, cadence, first_weekday)


def earlier(span: Span, number: int) -> tuple[Span, ...]:
    """So many periods before one, oldest first."""
    found = [span]
    for _ in range(number):
        found.append(found[-1].before())
    return tuple(reversed(found[1:]))


def changed_most(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The figures that changed most since the period before, measured by how much each usually changes.

    Those that got worse and miss their target go before the others.
    """
    weighed = [(_fails(line), weight, line) for line in lines if (weight := _weight(line))]
    weighed.sort(key=lambda each: each[:2], reverse=True)
    return tuple(line for *_, line in weighed[:MOST_CHANGED])


def corrections(
    said: Iterable[tuple[Span, Mapping[Figure, float | None]]], now: Mapping[Span, Mapping[Figure, float | None]]
) -> tuple[Correction, ...]:
    """What earlier reports said and is otherwise now, by more than anybody would read as the same."""
    return tuple(
        Correction(figure, span, before, now[span].get(figure))
        for span, values in said
        for figure, before in values.items()
        if not _reads_the_same(figure, before, now[span].get(figure))
    )


def _last_time(times: Times, now: datetime, zone: ZoneInfo) -> datetime:
    """The last time up to an instant."""
    day = local_date(now, zone) + ONE_DAY
    while True:
        at = resolve(datetime.combine(day, times.at), zone)
        if at <= now and _is_day(times, day):
            return at
        day -= ONE_DAY


def _is_day(times: Times, day: date) -> bool:
    match times.cadence:
        case Cadence.DAILY:
            return True
        case Cadence.WEEKLY:
            return day.weekday() == times.weekday
        case Cadence.MONTHLY:
            return day == month_of(day).starts


def _fails(line: Line) -> bool:
    """Whether it got worse and its target was missed."""
    change = line.change or 0.0
    worse = {Better.UP: change < 0, Better.DOWN: change > 0}
    return line.reading.met is False and worse.get(DEFINITIONS[line.reading.figure].better, False)


def _weight(line: Line) -> float:
    """How unusual a change is: 1 where it is as large as the mean of those before; 0 where it is none."""
    change = line.change
    least = _LEAST[DEFINITIONS[line.reading.figure].unit]
    if change is None or abs(change) < least:
        return 0.0
    known = [each for each in line.past if each is not None]
    steps = [abs(after - before) for before, after in pairwise(known)]
    usual = fmean(steps) if len(steps) > 1 else abs(line.before or 0.0) * _USUAL_PART
    return abs(change) / max(usual, least)


def _reads_the_same(figure: Figure, one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    digits = {Unit.SHARE: 3, Unit.DAYS: 1}.get(DEFINITIONS[figure].unit, 0)
    return round(one, digits) == round(other, digits)
