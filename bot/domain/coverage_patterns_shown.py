"""Hours that are short week after week, as who plans the schedule looks at them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.coverage_patterns import Recurring
from bot.domain.coverage_patterns_life import State
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class PatternShown:
    """The hours with their evidence, by the clocks of ``zone``, and until when who lives with them."""

    id: UUID
    found: Recurring
    state: State
    zone: ZoneInfo
    until: date | None = None
    by: Somebody | None = None


@dataclass(frozen=True, slots=True)
class NextTime:
    """When it would be short next, and what is missing then."""

    day: date
    interval: Interval
    queue: str
    people: int
