"""How reliable a department was in a week: whether it kept what it promised, and how long answers took.

A rate is a ratio of sums over what fell due; under the minimum n it is none. Medians are computed anew for any
group, never from the medians of its parts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.escalations import EtaState
from bot.domain.intervals import Interval
from bot.domain.wallclock import ONE_DAY, days, local_date, resolve, week_start

# Under so many a rate and a median say nothing.
LEAST = 5
# When the report of the week before goes out, on the first day of the week.
_AT = time(9)
# For so long it is made up.
_LATEST = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Due:
    """A promised time that fell into the week, and what became of it."""

    department_id: UUID
    state: EtaState


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered in the week, after so much of the department's hours."""

    department_id: UUID
    took: timedelta


@dataclass(frozen=True, slots=True)
class Reliability:
    """What fell due in a week, how much of that was answered in time, and how long each answer took.

    ``moved`` promised times were replaced before they were due, and count neither way.
    """

    kept: int = 0
    missed: int = 0
    moved: int = 0
    took: tuple[timedelta, ...] = ()

    @property
    def due(self) -> int:
        """How many promised times fell due."""
        return self.kept + self.missed

    @property
    def answered(self) -> int:
        """How many questions were answered."""
        return len(self.took)

    @property
    def rate(self) -> float | None:
        """The share of what fell due that was kept; None: too few to say."""
        return self.kept / self.due if self.due >= LEAST else None

    @property
    def median(self) -> timedelta | None:
        """The time that the answer in the middle took; None: too few to say."""
        if self.answered < LEAST:
            return None
        return timedelta(seconds=median(each.total_seconds() for each in self.took))

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to say at all."""
        return not (self.due or self.moved or self.took)


def reliability(due: Iterable[Due], answered: Iterable[Answered]) -> Reliability:
    """Of whatever is given: of one department, or of all together."""
    states = [each.state for each in due]
    return Reliability(
        states.count(EtaState.KEPT),
        # What still runs although its time is over is late, whether it is answered one day or not.
        states.count(EtaState.MISSED) + states.count(EtaState.OPEN),
        states.count(EtaState.TAKEN_BACK),
        tuple(each.took for each in answered),
    )


def by_department(due: Iterable[Due], answered: Iterable[Answered]) -> dict[UUID, Reliability]:
    """Of each department that had anything to do."""
    every, done = list(due), list(answered)
    ids = dict.fromkeys([*(each.department_id for each in every), *(each.department_id for each in done)])
    return {
        one: reliability(
            [each for each in every if each.department_id == one],
            [each for each in done if each.department_id == one],
        )
        for one in ids
    }


def week_of(day: date, first_weekday: int, zone: ZoneInfo) -> Interval:
    """The week that a day lies in."""
    first = week_start(day, first_weekday)
    return days(first, first + 6 * ONE_DAY, zone)


def reported_week(now: datetime, first_weekday: int, zone: ZoneInfo) -> date | None:
    """The first day of the week whose report is due, if one is: the one before, when the new one has begun."""
    first = week_start(local_date(now, zone), first_weekday)
    due = resolve(datetime.combine(first, _AT), zone)
    return first - 7 * ONE_DAY if due <= now < due + _LATEST else None
