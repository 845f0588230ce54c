"""Waiting for a place as its owner reads it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.domain.shifts import Somebody
from bot.domain.timeoff_waitlist import State


@dataclass(frozen=True, slots=True)
class WaitShown:
    """Somebody waits for days, or did. ``ahead`` others wait for some of them and asked before.

    ``whose`` None: the reader's own. ``offered_at`` is when they were offered the days last.
    """

    id: UUID
    whose: Somebody | None
    days: tuple[date, ...]
    state: State
    today: date
    ahead: int = 0
    offered_at: datetime | None = None
    answer_by: datetime | None = None
