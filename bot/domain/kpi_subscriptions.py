"""Who gets which reports, where and when: as people see it, and as they want it."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from bot.domain.kpi import Figure
from bot.domain.kpi_periods import Cadence


class NotAReader(Exception):
    """The report is to go to somebody who may not read such figures."""


class NoTeam(Exception):
    """Whoever leads a team says for which of theirs the report is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subscription as it is to be; None is as in the workspace, and no figures are the usual ones."""

    cadence: Cadence
    lane: str
    team_id: UUID | None = None
    queue_id: UUID | None = None
    figures: tuple[Figure, ...] = ()
    weekday: int | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionShown:
    """A subscription; ``whose`` are team and queue, ``next_at`` None while it is paused."""

    id: UUID
    number: int
    wanted: Wanted
    whose: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the form; ``any_team``: whether a report may be of all of them."""

    teams: dict[UUID, str]
    queues: dict[UUID, str]
    any_team: bool
    before: SubscriptionShown | None = None
