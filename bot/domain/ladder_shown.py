"""What helps against a gap of today, as those look at it who lead the floor."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.coverage_shown import GapShown
from bot.domain.intervals import Interval
from bot.domain.ladder import Rung, Step
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class Against:
    """Which gap is meant: one of a queue, or of any, at some time."""

    interval: Interval
    queue: str | None = None


@dataclass(frozen=True, slots=True)
class Offering:
    """A step, and whoever is to do it; ``able`` are how many can take all of what would be offered."""

    step: Step
    who: Somebody | None = None
    able: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """A step that was done: who does what else than was planned, and who wanted it so, or undid it.

    ``doing`` is the kind of what was moved, ``to`` when it is instead (None: it is to be planned anew).
    """

    id: UUID
    rung: Rung
    who: Somebody
    interval: Interval
    by: Somebody
    undone_by: Somebody | None = None
    queue: str | None = None
    doing: str | None = None
    to: Interval | None = None


@dataclass(frozen=True, slots=True)
class LadderShown:
    """The first gap that is meant, None where enough people are there; what helps, and what was done already.

    ``offered`` are the open shifts by which others are asked already, ``others`` the gaps of that time besides.
    ``hurried``: there is no time to ask people by turns.
    """

    against: Against
    at: datetime
    gap: GapShown | None
    offerings: tuple[Offering, ...] = ()
    made: tuple[Made, ...] = ()
    offered: tuple[int, ...] = ()
    others: tuple[GapShown, ...] = ()
    hurried: bool = False
