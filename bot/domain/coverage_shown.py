"""Coverage as it is looked at: what is needed and who is there, over some days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.coverage_gaps import Gap
from bot.domain.coverage_levels import Cell, Level
from bot.domain.coverage_measured import Measured
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval


class Source(StrEnum):
    """Where the number of people who are needed comes from."""

    PLAN = "plan"  # a file
    SETTING = "setting"
    FORECAST = "forecast"
    MINIMUM = "minimum"


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the forecast of a queue is: its error and that of expecting what came a week before.

    None where there is too little history to try it on; ``until`` is the last day that it was made from.
    """

    wape: float | None
    last_week: float | None
    until: date


@dataclass(frozen=True, slots=True)
class QueueShown:
    """What is known of a queue: where its numbers come from, and how good its forecast is.

    ``no_handle_time``: contacts are expected, and nobody has said how long each of them takes.
    """

    name: str
    sources: frozenset[Source]
    quality: Quality | None = None
    no_handle_time: bool = False


@dataclass(frozen=True, slots=True)
class GapShown:
    """A gap, and the service level to be expected in it of each of its queues where that is known.

    ``known`` is the one that people were told of already, ``accepted`` whether somebody lives with that.
    """

    gap: Gap
    levels: Mapping[str, Level]
    known: UUID | None = None
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class CoverageShown:
    """Coverage of some days of the reader's, of all queues or of the one ``queue``.

    ``cells`` are those of each post from each of the ``starts`` on, all ``step`` long. ``planned_until`` is the
    last day of the schedule where that ends before the last of the days. ``measured`` is what the service level
    was, of days that are over.
    """

    first: date
    last: date
    within: Interval
    queue: str | None
    queues: tuple[QueueShown, ...]
    gaps: tuple[GapShown, ...]
    starts: tuple[datetime, ...]
    step: timedelta
    cells: Mapping[Post, tuple[Cell | None, ...]]
    planned_until: date | None = None
    measured: tuple[Measured, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether any requirement is."""
        return any(cell for cells in self.cells.values() for cell in cells)


@dataclass(frozen=True, slots=True)
class Run:
    """A time in which as many heads are needed."""

    interval: Interval
    heads: float


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What a queue needs on a day, by times in which it needs as many."""

    day: date
    runs: tuple[Run, ...]

    @property
    def most(self) -> float:
        """The most heads at once."""
        return max((each.heads for each in self.runs), default=0.0)

    @property
    def hours(self) -> float:
        """The hours to be worked altogether."""
        return sum(each.heads * (each.interval.length / timedelta(hours=1)) for each in self.runs)


@dataclass(frozen=True, slots=True)
class QueuePlan:
    """What a queue needs on some days."""

    queue: QueueShown
    skill: str
    days: tuple[DayPlan, ...]


@dataclass(frozen=True, slots=True)
class PlanShown:
    """How many people to roster on some days."""

    first: date
    last: date
    queue: str | None
    plans: tuple[QueuePlan, ...]


@dataclass(frozen=True, slots=True)
class WeekBefore:
    """What a week needs now, and what it would: hours to roster, and the most heads at once."""

    week: date
    hours: float
    hours_then: float
    most: float
    most_then: float


@dataclass(frozen=True, slots=True)
class WhatIfShown:
    """What would be if so many percent more contacts came; by queue, and those that no forecast is known of."""

    percent: float
    first: date
    last: date
    weeks: Mapping[str, tuple[WeekBefore, ...]]
    without: tuple[str, ...]
