"""How a day stands, as the post at stand-up says it: of people no more than that they are on, or away."""

from dataclasses import dataclass

from bot.domain.coverage_shown import GapShown
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class QueueToday:
    """How many people begin work for a queue (None: for none) that day, from the first to the last of them."""

    queue: str | None
    people: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class FloorOfDay:
    """Who is planned, which leads are on, and how many shifts nobody works."""

    queues: tuple[QueueToday, ...]
    leads: tuple[tuple[Somebody, Interval], ...]
    unworked: int


@dataclass(frozen=True, slots=True)
class TeamAway:
    """Who of a team (None: of none) is away at any time of the day, by name."""

    team: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenToday:
    """How many covers and open shifts nobody has taken yet, and when the first of them begins."""

    covers: int
    open_shifts: int
    first: Interval | None


@dataclass(frozen=True, slots=True)
class Undecided:
    """How many requests wait for somebody who approves them."""

    swaps: int = 0
    covers: int = 0
    timeoff: int = 0
    exceptions: int = 0


@dataclass(frozen=True, slots=True)
class GapsAhead:
    """Where people will be missing that day and the next; None where nobody knows how many are needed."""

    gaps: tuple[GapShown, ...] | None
