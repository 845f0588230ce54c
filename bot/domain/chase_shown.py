"""Open questions to departments as they are listed, and what the chase says of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.domain.chase import Step
from bot.domain.escalations import State
from bot.domain.matrix import Rung
from bot.domain.shifts import Somebody


class Why(StrEnum):
    """Why somebody above its contacts hears of a question."""

    SILENT = "silent"  # nobody has said a word for too long
    MISSED = "missed"  # promised times went by


def is_late(state: str, eta_at: datetime | None, missed_at: datetime | None, rung: int) -> bool:
    """Whether the promised time has gone by or, where nothing is promised, somebody above has heard of it.

    A department that has answered owes nothing any more.
    """
    if state == State.ANSWERED:
        return False
    return rung > Rung.CONTACT if eta_at is None else eta_at == missed_at


@dataclass(frozen=True, slots=True)
class Next:
    """What the clock does next about a question, and who hears of it then, if it goes up."""

    at: datetime
    step: Step
    rung: Rung | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at open questions: whether they chase, or answer for the department of all that they see."""

    member_id: UUID | None = None
    chases: bool = False
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """A question that is not closed.

    ``eta_at`` is the time that was promised, ``eta_missed`` says that it has gone by; ``chased_at`` is when the
    department was last asked again. ``next`` None: the clock does nothing about it. ``over``: nobody waits for it,
    because its case is solved, closed or gone.
    """

    id: UUID
    number: int
    case: CaseNamed
    severity: int
    department: str
    state: State
    asked_by: Somebody
    asked_at: datetime
    contact: Somebody | None
    owner: Somebody | None
    own_by: datetime | None
    eta_at: datetime | None
    eta_missed: bool
    misses: int
    chased: int
    chased_at: datetime | None
    answered_at: datetime | None
    rung: Rung
    next: Next | None
    over: bool = False
    hop: int = 0  # how many departments it has left
    case_owner_id: UUID | None = None

    def is_of(self, reader: Reader) -> bool:
        """Whether the reader asked it, or has its case."""
        return reader.member_id in (self.asked_by.member_id, self.case_owner_id)

    @property
    def late(self) -> bool:
        """Whether somebody still waits for it, and has waited too long."""
        missed_at = self.eta_at if self.eta_missed else None
        return not self.over and is_late(self.state, self.eta_at, missed_at, self.rung)

    @property
    def order(self) -> tuple[int, int, datetime]:
        """What needs somebody most comes first: late, then what is promised soonest, then the oldest."""
        waits = self.state is not State.ANSWERED and not self.over
        return 0 if self.late else 1 if waits else 2, self.severity, self._until

    @property
    def _until(self) -> datetime:
        return self.eta_at or self.own_by or self.asked_at


@dataclass(frozen=True, slots=True)
class OpenList:
    """All open questions, those that need somebody most first; of one ``department``, if it is not of all."""

    every: tuple[Open, ...]
    at: datetime
    department: str | None = None

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(each.late for each in self.every)

    @property
    def by_department(self) -> dict[str, int]:
        """How many there are of each department, the most first."""
        found: dict[str, int] = {}
        for each in self.every:
            found[each.department] = found.get(each.department, 0) + 1
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


@dataclass(frozen=True, slots=True)
class DailyList:
    """What waits for one contact, told once on a day."""

    whose: Somebody
    every: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class WentUp:
    """Why somebody hears of a question, as a nudge says it: after so many misses, the last of them at ``eta``."""

    open: Open
    why: Why
    rung: Rung
    misses: int = 0
    eta: datetime | None = None


@dataclass(frozen=True, slots=True)
class SaidOf:
    """Of whom something was asked or said, and of which promised time (``eta``), if of any.

    ``owned``: they owned it then. ``stands``: their department has it still.
    """

    department: str
    whom: Somebody | None
    owned: bool
    eta: datetime | None
    stands: bool


class NotWaiting(Exception):
    """The department has nothing to say: it is answered, closed, or waits for us."""

    def __init__(self, state: State) -> None:
        super().__init__(f"it is {state}")
        self.state = state


class ChasedLately(Exception):
    """They were asked only just now, at ``at``."""

    def __init__(self, at: datetime) -> None:
        super().__init__("asked already")
        self.at = at


class NoPromise(Exception):
    """No promised time runs."""
