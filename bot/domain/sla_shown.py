"""The clocks of a case as they are explained."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.sla import Mode
from bot.domain.sla_policy import Metric


@dataclass(frozen=True, slots=True)
class ClockShown:
    """A clock now: how much of its time is used, how long it was paused, and when it is due.

    ``helpdesk``, the tool whose deadline it is, has no ``target`` of ours. ``due_at`` is None while it is paused.
    Where a change of priority, tier or queue had made it late, ``act_by`` is when something must be done.
    """

    metric: Metric
    mode: Mode
    target: timedelta | None
    used: timedelta
    paused: timedelta
    started_at: datetime
    stopped_at: datetime | None
    due_at: datetime | None
    breached_at: datetime | None
    act_by: datetime | None = None
    helpdesk: str | None = None

    @property
    def percent(self) -> int | None:
        """How much of its time is used, in whole percent; None where the deadline is the helpdesk's."""
        return int(100 * self.used / self.target) if self.target else None


@dataclass(frozen=True, slots=True)
class WaitShown:
    """How long a case has waited for a department; ``still``: it does now."""

    department_id: UUID
    department: str
    waited: timedelta
    still: bool
