"""What a customer was promised: until they have heard, whether that was in time, and until they confirm it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

# Before it is due its owner is reminded; after it went by, the coordinators hear of it as well.
AHEAD = timedelta(hours=2)
PATIENCE = timedelta(hours=1)
# Of a customer who has heard it is asked after so long whether they have confirmed it.
CONFIRMED_WITHIN = timedelta(days=3)


class State(StrEnum):
    """Where a promise stands."""

    OPEN = "open"  # the customer waits
    TOLD = "told"  # they have heard; whether it helped them is not known yet
    CONFIRMED = "confirmed"  # it did, or the case is closed
    TAKEN_BACK = "taken back"  # it was made by mistake, or another one takes its place


LIVE = frozenset({State.OPEN, State.TOLD})


class Reminder(StrEnum):
    """What people are reminded of, in this order."""

    SOON = "soon"  # it is due before long
    MISSED = "missed"  # its time went by
    NOBODY = "nobody"  # and nobody has done anything since, so the coordinators hear of it
    CONFIRM = "confirm"  # the customer has heard: have they confirmed it?


class PromiseIsOver(Exception):
    """It is confirmed or taken back, or the customer has heard already."""


class DueInThePast(Exception):
    """Nothing can be promised for a time that is over."""


class UnknownPromise(Exception):
    """There is no such promise."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What decides what can become of a promise.

    ``missed_at`` is the first time that went by, whatever was promised anew after that. ``rung`` is how many of
    its reminders have come.
    """

    state: State
    made_at: datetime
    due_at: datetime
    told_at: datetime | None = None
    missed_at: datetime | None = None
    rung: int = 0

    @property
    def kept(self) -> bool | None:
        """Whether the customer heard in time; None while they still may."""
        if self.missed_at:
            return False
        return self.told_at <= self.due_at if self.told_at else None


def make(made_at: datetime, due_at: datetime) -> Promise:
    """A new one. Raises ``DueInThePast``."""
    if due_at <= made_at:
        raise DueInThePast
    return Promise(State.OPEN, made_at, due_at, rung=1 if due_at - made_at <= AHEAD else 0)


def tell(promise: Promise, now: datetime) -> Promise:
    """The customer has heard. Raises ``PromiseIsOver``."""
    _demand(promise, State.OPEN)
    return replace(_missed(promise, now), state=State.TOLD, told_at=now, rung=0)


def move(promise: Promise, due_at: datetime, now: datetime) -> Promise:
    """The customer was promised another time. Raises ``PromiseIsOver`` and ``DueInThePast``."""
    _demand(promise, State.OPEN)
    moved = make(now, due_at)
    return replace(_missed(promise, now), due_at=due_at, rung=moved.rung)


def confirm(promise: Promise) -> Promise:
    """It is what the customer wanted. Raises ``PromiseIsOver``."""
    _demand(promise, State.TOLD)
    return replace(promise, state=State.CONFIRMED)


def take_back(promise: Promise) -> Promise:
    """It is none any more. Raises ``PromiseIsOver``."""
    _demand(promise, State.OPEN)
    return replace(promise, state=State.TAKEN_BACK)


def end_with_case(promise: Promise, now: datetime) -> Promise:
    """The case is closed or gone: nobody waits any more. Raises ``PromiseIsOver``."""
    if promise.state not in LIVE:
        raise PromiseIsOver
    told = promise.state is State.TOLD
    return replace(_missed(promise, now), state=State.CONFIRMED if told else State.TAKEN_BACK)


def turn(promise: Promise, now: datetime) -> tuple[Promise, Reminder | None]:
    """Goes on as far as the time has come, with what people are reminded of: of several, only the last."""
    reminder = None
    turned = _missed(promise, now) if promise.state is State.OPEN else promise
    while (due := next_turn(turned)) and due[0] <= now:
        reminder = due[1]
        turned = replace(turned, rung=turned.rung + 1)
    return turned, reminder


def next_turn(promise: Promise) -> tuple[datetime, Reminder] | None:
    """When people are reminded of it next, and of what."""
    steps: tuple[tuple[datetime, Reminder], ...] = ()
    if promise.state is State.OPEN:
        steps = (
            (promise.due_at - AHEAD, Reminder.SOON),
            (promise.due_at, Reminder.MISSED),
            (promise.due_at + PATIENCE, Reminder.NOBODY),
        )
    elif promise.told_at and promise.state is State.TOLD:
        steps = ((promise.told_at + CONFIRMED_WITHIN, Reminder.CONFIRM),)
    return steps[promise.rung] if promise.rung < len(steps) else None


def key_of(promise_id: UUID, promise: Promise, reminder: Reminder) -> str:
    """What makes a reminder the same one."""
    return f"promise:{promise_id}:{promise.due_at.isoformat()}:{reminder}"


def _missed(promise: Promise, now: datetime) -> Promise:
    late = promise.missed_at is None and now > promise.due_at
    return replace(promise, missed_at=promise.due_at) if late else promise


def _demand(promise: Promise, state: State) -> None:
    if promise.state is not state:
        raise PromiseIsOver
