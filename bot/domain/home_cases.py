"""The cases on somebody's Home."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.cases import Priority, State
from bot.domain.cases_named import CaseNamed


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """A case in one line: how it stands, and when something must be done about it (None: no clock runs)."""

    named: CaseNamed
    state: State
    priority: Priority
    waits_on: str | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnCases:
    """The first of somebody's live cases, those that are due first, and how many there are."""

    first: tuple[CaseSeen, ...] = ()
    total: int = 0
