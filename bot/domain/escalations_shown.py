"""A question to a department as people look at it, and what is said beside its card."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.domain.escalations import Cause, Outcome, State
from bot.domain.shifts import Somebody


class Side(StrEnum):
    """For whom a card or a note is drawn."""

    DEPARTMENT = "department"  # it is the audience's number that says which
    CASE = "case"  # whoever asked, in the case's thread


class Said(StrEnum):
    """What somebody wrote: why it stands in the other side's thread."""

    REPLY = "reply"  # they simply replied
    NEED = "need"  # the department needs to know this
    INFO = "info"  # and here it is
    ELSEWHERE = "elsewhere"  # why it is not theirs
    AGAIN = "again"  # why the answer does not do


class News(StrEnum):
    """What has happened, told in the other side's thread, without words of anybody's."""

    ETA = "eta"
    MOVED = "moved"  # it is another department's now
    LOST = "lost"  # the department says that it is not theirs, and knows no other
    TO_AND_FRO = "to and fro"  # one department after the other says that it is not theirs
    CLOSED = "closed"
    STRANGER = "stranger"  # somebody who is not on the roster replies
    NOT_THEIRS = "not theirs"  # somebody replies who speaks for another department


@dataclass(frozen=True, slots=True)
class Promised:
    """What the customer was promised, by when; ``waits``: they have not heard yet."""

    id: UUID
    waits: bool
    due_at: datetime
    text: str | None


@dataclass(frozen=True, slots=True)
class EscalationShown:
    """It as it stands. ``eta_missed``: the promised time has gone by; ``over``: its case is solved or closed."""

    id: UUID
    number: int
    case: CaseNamed
    customer: str | None
    severity: int
    department: str
    state: State
    hop: int
    question: str | None
    need: str | None  # what the department asked to know last
    link: str | None
    asked_by: Somebody
    asked_at: datetime
    contact: Somebody | None
    owner: Somebody | None
    own_by: datetime | None
    answer_by: datetime | None
    eta_at: datetime | None
    eta_missed: bool
    misses: int
    promised: Promised | None
    answer: str | None
    answered_at: datetime | None
    closed_by: Somebody | None
    outcome: Outcome | None
    cause: Cause | None
    words: str | None  # what the outcome and the cause do not say
    over: bool = False


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What a department answered; ``stands``: it has not been asked again since."""

    escalation: EscalationShown
    text: str | None
    stands: bool


@dataclass(frozen=True, slots=True)
class NoteShown:
    """What somebody wrote; ``text`` None: it was deleted or erased. ``waits``: the department needs to know it."""

    author: Somebody | None
    text: str | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where the matrix would have a question go; ``usual``: nobody has made a matrix."""

    department_id: UUID
    department: str
    contact: Somebody | None
    own_by: datetime
    answer_by: datetime
    usual: bool


@dataclass(frozen=True, slots=True)
class EscalateForm:
    """What the form begins with, or goes on with after something was chosen in it.

    ``departments`` are all that can be asked, by name; ``chosen`` is the one that whoever asks has picked.
    """

    nonce: UUID
    case: CaseNamed | None
    severity: int
    departments: tuple[tuple[UUID, str], ...]
    proposal: Proposal | None
    chosen: UUID | None
    already: EscalationShown | None = None  # what that department is asked about the case, and has not answered
    question: str = ""
    link: str | None = None
