"""A question to another department: where it stands, what can happen to it, and why something cannot."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """Where it stands."""

    ASKED = "asked"  # nobody of the department owns it yet
    OWNED = "owned"
    NEEDS_INFO = "needs info"  # the department waits for whoever asked
    ANSWERED = "answered"  # it waits to be closed
    CLOSED = "closed"


# It is the department's turn; or would be if it knew more, too.
WAITING = frozenset({State.ASKED, State.OWNED})
OPEN = WAITING | {State.NEEDS_INFO}
LIVE = OPEN | {State.ANSWERED}


class EtaState(StrEnum):
    """What became of a time that a department promised."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    TAKEN_BACK = "taken back"  # before its time, for another one or because it was not needed any more


class Outcome(StrEnum):
    """How it ended for the customer."""

    ANSWERED = "answered"
    FIXED = "fixed"
    WORKAROUND = "workaround"
    DECLINED = "declined"
    NOT_NEEDED = "not needed"


class Cause(StrEnum):
    """What it came from."""

    PRODUCT = "product"
    DATA = "data"
    PROCESS = "process"
    POLICY = "policy"
    PARTNER = "partner"
    CUSTOMER = "customer"
    OTHER = "other"  # which is said in words


@dataclass(frozen=True, slots=True)
class Escalation:
    """One as it stands.

    ``eta`` is the time that is promised, as long as nobody has counted it as missed; ``hop`` counts the
    departments that it has left.
    """

    department: UUID
    state: State = State.ASKED
    owner: UUID | None = None
    eta: datetime | None = None
    hop: int = 0


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody of the department sees to it; ``take`` even if a colleague does already."""

    by: UUID
    take: bool = False


@dataclass(frozen=True, slots=True)
class GiveEta:
    """They promise an answer by then."""

    by: UUID
    eta: datetime


@dataclass(frozen=True, slots=True)
class NeedInfo:
    """They cannot answer before they know more."""

    by: UUID


@dataclass(frozen=True, slots=True)
class Inform:
    """The side that asked says more."""


@dataclass(frozen=True, slots=True)
class Reroute:
    """It is another department's."""

    department: UUID


@dataclass(frozen=True, slots=True)
class Answer:
    """The department answers."""

    by: UUID


@dataclass(frozen=True, slots=True)
class AskAgain:
    """The answer does not do."""


@dataclass(frozen=True, slots=True)
class Close:
    """Nothing is left to do; ``words`` say what the outcome and the cause do not."""

    outcome: Outcome
    cause: Cause
    words: str = ""


Event = Own | GiveEta | NeedInfo | Inform | Reroute | Answer | AskAgain | Close


class UnknownEscalation(Exception):
    """There is none of this id or number."""


class NotOpen(Exception):
    """It is not in a state in which that can be done."""

    def __init__(self, state: State) -> None:
        super().__init__(f"it is {state}")
        self.state = state


class OwnedAlready(Exception):
    """Somebody else of the department owns it."""

    def __init__(self, owner: UUID) -> None:
        super().__init__("somebody else owns it")
        self.owner = owner


class EtaInThePast(Exception):
    """A promised time must be ahead."""


class SameDepartment(Exception):
    """It is there already."""


class NoAnswer(Exception):
    """It cannot be closed as answered before it is."""


class WordsMissing(Exception):
    """Something has to be said in words."""


class OtherDepartment(Exception):
    """A contact answers for their own department only."""


class NothingToAsk(Exception):
    """There is no department that could be asked."""
