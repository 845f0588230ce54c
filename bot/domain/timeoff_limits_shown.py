"""Limits of time off as coordinators read and change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.shifts import Somebody
from bot.domain.timeoff_holidays import OwnHoliday
from bot.domain.timeoff_limits import Limit


@dataclass(frozen=True, slots=True)
class LimitShown:
    """A limit; of a cap ``most`` may be away of the ``size`` people whom it is for.

    ``people`` are those to be kept apart.
    """

    limit: Limit
    people: tuple[Somebody, ...] = ()
    size: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class LimitsShown:
    """All limits that are not over, and the workspace's own public holidays from ``today`` on.

    ``region`` is where other public holidays come from, None: nowhere.
    """

    limits: tuple[LimitShown, ...]
    holidays: tuple[OwnHoliday, ...]
    today: date
    region: str | None


@dataclass(frozen=True, slots=True)
class LimitChoices:
    """What a form offers, and begins with; ``limit`` None: a new one, which gets the id ``new_id``."""

    new_id: UUID
    teams: Mapping[UUID, str]
    skills: Mapping[UUID, str]
    limit: LimitShown | None = None
