"""What people do to a case, as what happens to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.cases import By, Happening, Kind, State
from bot.domain.cases_life import MISTAKE


class Verb(StrEnum):
    """What somebody does, in the word that they type for it."""

    WAIT = "wait"
    CLOSE = "close"
    REOPEN = "reopen"
    WORKING = "working"
    NOTE = "note"
    REPLIED = "replied"
    WROTE = "wrote"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is still open about a case: promises that the customer has not heard of, escalations by number and
    department, exceptions that wait for approval."""

    promises: int = 0
    escalations: tuple[tuple[int, str], ...] = ()
    exceptions: int = 0


NOTHING_BESIDE = Beside()


class HelpdeskSays(Exception):
    """Messages of a mirrored case are read from its helpdesk; nobody says here that there was one."""

    def __init__(self, source: str) -> None:
        super().__init__(f"messages are read from {source}")
        self.source = source


class NothingToUndo(Exception):
    """Something else has happened since."""


class NotOpen(Exception):
    """It is solved or closed: before more is done somebody says why it is open again."""

    def __init__(self, number: int, state: State) -> None:
        super().__init__(f"case {number} is {state}")
        self.number, self.state = number, state


class IsOpen(Exception):
    """There is nothing to open again."""

    def __init__(self, number: int) -> None:
        super().__init__(f"case {number} is open")
        self.number = number


class NothingSaid(Exception):
    """A note says something."""


def waits(on: UUID | None, *, customer: bool) -> list[Happening]:
    """It waits for the customer, or else for a department, or (None) for somebody else of ours."""
    if customer:
        return [_state(State.PENDING)]
    return [_state(State.ON_HOLD, waits_on=str(on))] if on else [_state(State.ON_HOLD)]


def closes(how: State) -> list[Happening]:
    """It is solved, so that the customer may come back, or closed for good."""
    return [_state(how)]


def reopens(*, by_mistake: bool) -> list[Happening]:
    """It is open again: the customer came back, unless it was closed by mistake."""
    return [_state(State.OPEN, because=MISTAKE) if by_mistake else _state(State.OPEN)]


def works() -> list[Happening]:
    """Somebody is at it."""
    return [Happening(Kind.WORKING)]


def notes(note_id: UUID) -> list[Happening]:
    """Something was written beside it."""
    return [Happening(Kind.NOTE, note_id=note_id)]


def replies(then: State) -> list[Happening]:
    """The team replied to the customer, and that is how it stands then."""
    return [Happening(Kind.MESSAGE), _state(then)]


def unsaid(at: datetime, by: By) -> Happening:
    """There was no such message, after all."""
    return Happening(Kind.MESSAGE, {"void": at.isoformat()}, by)


def customer_wrote(state: State) -> list[Happening]:
    """The customer wrote, so it is the team's turn."""
    said = [Happening(Kind.MESSAGE, by=By.CUSTOMER)]
    if state in (State.NEW, State.OPEN):
        return said
    return [*said, Happening(Kind.STATE, {"state": State.OPEN}, By.CUSTOMER)]


def _state(state: State, **more: str) -> Happening:
    return Happening(Kind.STATE, {"state": state, **more})
