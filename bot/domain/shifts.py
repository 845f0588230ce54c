"""What is worked, as people look at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval
from bot.domain.when import When


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as others see them: by Slack account where there is one, otherwise by name."""

    member_id: UUID
    name: str
    slack_id: str | None
    skills: tuple[str, ...] = ()
    left: bool = False  # deactivated in Slack


@dataclass(frozen=True, slots=True)
class WorkedShift:
    """A shift, or the part of it, that somebody works; nobody: it is open. ``id`` is the assignment's."""

    interval: Interval
    worker: Somebody | None
    queue: str | None
    note: str | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ShiftChange:
    """A planned shift as it was and as it is; None where it was not, or is no longer, planned."""

    before: WorkedShift | None
    after: WorkedShift | None

    @property
    def handed_on(self) -> bool:
        """Whether it is somebody else's now."""
        return bool(self.before and self.after and self.before.worker != self.after.worker)


@dataclass(frozen=True, slots=True)
class ShiftList:
    """Somebody's shifts at the time that was meant, for a reader in ``zone``.

    ``worker`` None: the reader's own. ``weeks`` are the hours of each whole week that the time touches, by its
    first day, because part of a week says nothing about its hours. ``may_swap``: whether the reader may propose
    swaps of these shifts. ``planned_until`` is the last day of the schedule, where that is over by
    then and so nothing is found. ``may_edit``: whether the reader may edit what is planned.
    """

    worker: Somebody | None
    when: When
    zone: ZoneInfo
    shifts: tuple[WorkedShift, ...]
    weeks: Mapping[date, timedelta]
    may_swap: bool = False
    planned_until: date | None = None
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class FloorList:
    """Who is on at the time meant; ``name`` is the queue, team or skill that was asked for, None: everybody.

    ``planned_until`` is as of a ``ShiftList``. ``away`` are those who are not there then, as far as the reader
    may know.
    """

    name: str | None
    when: When
    zone: ZoneInfo
    shifts: tuple[WorkedShift, ...]
    planned_until: date | None = None
    away: tuple[tuple[Somebody, Interval], ...] = ()
