"""A case as it is shown: how it stands, with its clocks, and what happened to it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from bot.domain.cases import LIVE, By, Kind, Priority, State
from bot.domain.cases_named import CaseNamed
from bot.domain.shifts import Somebody
from bot.domain.sla_shown import ClockShown, WaitShown


class Why(StrEnum):
    """Why somebody is shown a case."""

    OPENED = "opened"  # it was opened for them
    GIVEN = "given"  # it is theirs by now
    ASKED = "asked"  # something is said about it, and this is where


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that happened to a case.

    ``before`` and ``after`` hold what it changed, by the fields of a standing, with names in place of ids;
    ``data`` is the happening's own, and ``note`` what somebody wrote beside it. ``files`` are those of the import
    that said it, if one did.
    """

    at: datetime
    kind: Kind
    by: By
    who: Somebody | None
    data: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]
    note: str | None = None
    files: str | None = None


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case as it stands now.

    ``mirrored`` says that a helpdesk has it, ``log`` is what happened to it last, the newest first, and ``events``
    how much there is in all. ``parts`` are what other capabilities have to say of it, in their order.
    """

    id: UUID
    named: CaseNamed
    state: State
    priority: Priority
    opened_at: datetime
    now: datetime
    mirrored: bool = False
    customer: str | None = None
    tier: str | None = None
    language: str | None = None
    channel: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    queue: str | None = None
    owner: Somebody | None = None
    waits_on: str | None = None
    gone_at: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None
    snoozed_until: datetime | None = None
    reopened: int = 0
    satisfaction: str | None = None
    clocks: tuple[ClockShown, ...] = ()
    waits: tuple[WaitShown, ...] = ()  # for departments, by business time
    log: tuple[LogLine, ...] = ()
    events: int = 0
    parts: tuple[Any, ...] = field(default=())

    @property
    def live(self) -> bool:
        """Whether there is still something to do."""
        return self.state in LIVE and self.gone_at is None

    @property
    def over(self) -> bool:
        """Whether nothing can be done about it any more, not even opening it again."""
        return self.gone_at is not None or (self.mirrored and self.state is State.CLOSED)


@dataclass(frozen=True, slots=True)
class CaseLog:
    """What happened to a case, one page of it, the newest first."""

    named: CaseNamed
    lines: tuple[LogLine, ...]
    page: int
    pages: int
