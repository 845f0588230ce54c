"""An agent raises a hand for live help: who is asked next, and what can become of it.

It goes up a level whenever nobody has come for a while, and ends by itself where nobody comes at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.domain.shifts import Somebody

# So often it goes up at most: the leads of the team, all leads, the coordinators, the managers.
HIGHEST = 3
# Whoever still waits after so long has found another way, or should.
GIVEN_UP = timedelta(hours=1)
# Fewer say nothing about how long it takes.
LEAST = 5


class State(StrEnum):
    """Where a raised hand stands."""

    WAITING = "waiting"
    COMING = "coming"  # somebody is on their way, or with them
    DONE = "done"
    WITHDRAWN = "withdrawn"
    MISSED = "missed"  # nobody came


LIVE = frozenset({State.WAITING, State.COMING})


class News(StrEnum):
    """What is said beside the card."""

    COMING = "coming"
    MISSED = "missed"


class NotWaiting(Exception):
    """Somebody else is coming already, or it is over."""


class AlreadyUp(Exception):
    """Somebody's hand is up already; ``number`` is which."""

    def __init__(self, number: int) -> None:
        super().__init__(f"hand {number} is up")
        self.number = number


class OwnHand(Exception):
    """Nobody comes to help themselves."""


class NotTheirs(Exception):
    """Only whoever raised it or whoever came ends it."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A raised hand, as far as it decides what can become of it. ``rung`` is how often it went up."""

    asker: UUID
    asked_at: datetime
    rung: int = 0
    state: State = State.WAITING
    taken_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class HandShown:
    """A raised hand as it is shown. ``asked`` are the people and channels asked so far."""

    id: UUID
    number: int
    state: State
    asker: Somebody
    asked_at: datetime
    question: str | None
    case: CaseNamed | None
    taken_by: Somebody | None
    taken_at: datetime | None
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """How long people waited for live help.

    Of ``number`` hands, to ``came`` somebody came, to ``missed`` nobody did, and ``waiting`` are up now; the
    others were taken down. ``median`` is that of those to whom somebody came, None where they are too few.
    """

    number: int
    came: int
    missed: int
    waiting: int
    median: timedelta | None


def goes_up(hand: Hand, now: datetime, after: timedelta) -> int | None:
    """How often it should have gone up by now: once for each ``after`` that has passed; None: it has."""
    reached = min((now - hand.asked_at) // after, HIGHEST)
    return reached if hand.state is State.WAITING and reached > hand.rung else None


def come(hand: Hand, by: UUID) -> Hand:
    """Somebody comes. Raises ``NotWaiting`` and ``OwnHand``."""
    if hand.state is not State.WAITING:
        raise NotWaiting
    if by == hand.asker:
        raise OwnHand
    return replace(hand, state=State.COMING, taken_by=by)


def done(hand: Hand, by: UUID) -> Hand:
    """It is answered, say the two. Raises ``NotWaiting`` and ``NotTheirs``."""
    if hand.state is not State.COMING:
        raise NotWaiting
    if by not in (hand.asker, hand.taken_by):
        raise NotTheirs
    return replace(hand, state=State.DONE)


def take_down(hand: Hand, by: UUID) -> Hand:
    """Help is not needed any more. Raises ``NotWaiting`` and ``NotTheirs``."""
    if hand.state not in LIVE:
        raise NotWaiting
    if by != hand.asker:
        raise NotTheirs
    return replace(hand, state=State.WITHDRAWN)


def leave(hand: Hand, who: UUID) -> Hand:
    """Somebody is no longer here: nobody helps who has left, and who was helped by them waits again."""
    if hand.state in LIVE and who == hand.asker:
        return replace(hand, state=State.WITHDRAWN)
    if hand.state is State.COMING and who == hand.taken_by:
        return replace(hand, state=State.WAITING, taken_by=None)
    return hand


def give_up(hand: Hand, now: datetime) -> Hand | None:
    """It ends, because nobody has come for so long; None: not yet."""
    if hand.state is State.WAITING and now >= hand.asked_at + GIVEN_UP:
        return replace(hand, state=State.MISSED)
    return None


def answer_times(number: int, waits: Sequence[timedelta], missed: int, waiting: int) -> AnswerTimes:
    """Of all that were raised, of those to whom somebody came, and of how many nobody did or has yet."""
    middle = median([each.total_seconds() for each in waits]) if len(waits) >= LEAST else None
    shown = None if middle is None else timedelta(seconds=middle)
    return AnswerTimes(number, len(waits), missed, waiting, shown)
