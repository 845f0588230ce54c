"""A clock of a case: how it stands, what is used of its time, and when people are warned.

It counts business time while it runs. What a helpdesk says of a deadline goes before our own reckoning.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.sla_calendar import Calendar
from bot.domain.sla_policy import Metric, Pauses, Targets

BREACH = 100
RUNGS = (50, 75, 90, BREACH)


class Mode(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"


STOPPED = frozenset({Mode.MET, Mode.MISSED})


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a case: when its desk works, how long each clock may take, which state pauses which."""

    calendar: Calendar
    targets: Targets
    pauses: Pauses


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as it stands after all that happened.

    ``target`` None: the deadline is the helpdesk's. ``due_at`` is None while it is paused in time. Once it is
    ``moved_at``, a change of priority, tier or queue had made it late, and something must be done by ``act_by``.
    ``spent`` and ``paused`` are business time up to ``since``, when the clock was last started, paused or stopped.
    """

    metric: Metric
    mode: Mode
    target: timedelta | None
    started_at: datetime
    since: datetime
    due_at: datetime | None
    moved_at: datetime | None
    act_by: datetime | None
    spent: timedelta
    paused: timedelta
    calendar: Calendar

    @property
    def stopped_at(self) -> datetime | None:
        """When it was answered or solved."""
        return self.since if self.mode in STOPPED else None

    def used_at(self, now: datetime) -> timedelta:
        """The business time that counts."""
        running = self.mode is Mode.RUNNING
        return self.spent + self.calendar.between(self.since, now) if running else self.spent

    def paused_at(self, now: datetime) -> timedelta:
        """The business time in which it was paused."""
        return self.paused + self.calendar.between(self.since, now) if self.mode is Mode.PAUSED else self.paused

    def breached_at(self, now: datetime) -> datetime | None:
        """When its time was over, if it was."""
        if self.mode is Mode.MET or self.due_at is None:
            return None
        return self.due_at if self.mode is Mode.MISSED or self.due_at <= now else None

    def rungs(self) -> tuple[tuple[int, datetime], ...]:
        """When each share of its time is used, in percent, backwards from the deadline; none while it stands."""
        if self.mode is not Mode.RUNNING or self.due_at is None:
            return ()
        due, earliest = self.due_at, self.moved_at or self.started_at
        whole = self.target or self.calendar.between(self.started_at, due)
        found = []
        for percent in RUNGS:
            left = (BREACH - percent) / BREACH
            # A helpdesk may name a deadline after hours that none of ours lie before.
            at = self.calendar.before(due, whole * left) if whole else due - (due - self.started_at) * left
            found.append((percent, max(at, earliest)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Waited:
    """How long a case waited for a department, in business time; ``since``: it still does."""

    department: str
    spent: timedelta
    since: datetime | None
    calendar: Calendar

    def at(self, now: datetime) -> timedelta:
        """The same up to now."""
        return self.spent + self.calendar.between(self.since, now) if self.since else self.spent


def rung_now(
    rungs: Iterable[tuple[int, datetime]], told: int, now: datetime
) -> tuple[int, datetime] | tuple[None, None]:
    """The warning to give next of those above ``told`` percent: the highest that is due, or the first to come."""
    left = [each for each in rungs if each[0] > told]
    due = [each for each in left if each[1] <= now]
    return due[-1] if due else left[0] if left else (None, None)
