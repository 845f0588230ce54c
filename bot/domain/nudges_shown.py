"""What people read of a case that is about to be late."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.cases_named import CaseNamed
from bot.domain.nudges import As, Ended, Kind
from bot.domain.shifts import Somebody
from bot.domain.sla_policy import Metric


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that somebody is told of; ``shown`` is what the part of its kind draws."""

    kind: Kind
    shown: Any
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class LateCase:
    """A case with the clock of it that presses most; ``percent`` of its time were over when it was told of.

    ``metric`` None: the case was put off until now. ``act_by`` is where a change of priority, tier or queue had
    made it late. ``because`` says why the reader is who hears of it.
    """

    case: CaseNamed
    customer: str | None
    owner: Somebody | None
    metric: Metric | None
    percent: int
    due_at: datetime | None
    breached_at: datetime | None
    act_by: datetime | None
    because: As = As.OWNER
    snoozed: bool = False
    past_owner: bool = False  # who was told before, and has not seen to it

    @property
    def is_late(self) -> bool:
        """Whether its time is over."""
        return self.breached_at is not None


@dataclass(frozen=True, slots=True)
class AboutToBeLate:
    """On a Home: the first of the cases of which half of the time is over, how many there are, and how many late.

    ``more``: there are more than were counted.
    """

    first: tuple[LateCase, ...] = ()
    total: int = 0
    late: int = 0
    more: bool = False
