"""Whether somebody is there when their work begins, where a workspace asks for a sign of it.

They give one themselves; who gives none in time is asked, and then whoever answers for them. Nothing but that sign
says that somebody is there, and none is kept for longer than the day.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.intervals import Interval, merge, subtract
from bot.domain.shifts import Somebody

# So long before work begins a sign counts for it already.
EARLY = timedelta(hours=1)
# So long before work begins they are reminded.
REMINDER = timedelta(minutes=5)
# So long whoever answers for them waits once more.
WAIT = timedelta(minutes=15)
# What is no longer than this is a pause: who was there before it is not asked again.
PAUSE = timedelta(hours=2)
# What begins within this after an absence is what they have come back to.
_AT_ONCE = timedelta(minutes=1)


class State(StrEnum):
    """What is known of whether somebody has come."""

    AWAITED = "awaited"
    ASKED = "asked"
    MISSING = "missing"  # they have not answered: it is for whoever answers for them
    HERE = "here"
    RELEASED = "released"  # nobody waits for them any more
    OVER = "over"  # it is not their work any more, or not at this time


OPEN = frozenset({State.AWAITED, State.ASKED, State.MISSING})


class NotOpen(Exception):
    """They are there, or nobody waits for them any more."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """That somebody is to come: what is known of it, and when the next step is due (None: none is)."""

    state: State
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ArrivalShown:
    """The same as people look at it: who is to come for what, and who said for them what becomes of it.

    ``until`` is how long whoever answers for them waits for an answer.
    """

    id: UUID
    member: Somebody
    interval: Interval
    state: State
    settled_by: Somebody | None = None
    until: datetime | None = None


def stretches(work: Iterable[Interval], away: Collection[Interval] = ()) -> tuple[Interval, ...]:
    """From when to when somebody is there, pauses included, in order; what they are away for is not their work."""
    found: list[Interval] = []
    for each in merge(left for whole in work for left in subtract(whole, away)):
        if found and each.start - found[-1].end <= PAUSE:
            found[-1] = Interval(found[-1].start, each.end)
        else:
            found.append(each)
    return tuple(found)


def near(work: Iterable[Interval], now: datetime) -> Interval | None:
    """For which of the stretches a sign counts now: the one that has begun, or begins soon."""
    return next((each for each in sorted(work) if each.start - EARLY <= now < each.end), None)


def is_awaited(
    stretch: Interval, now: datetime, grace: timedelta, seen: Iterable[datetime], returns: Iterable[datetime]
) -> bool:
    """Whether somebody is waited for from now on.

    Not for work that had begun long before anybody knew of it, nor where they were ``seen`` for what began shortly
    before, nor for what they came back to by their own word (``returns``).
    """
    return (
        stretch.start - REMINDER <= now < min(stretch.start + grace, stretch.end)
        and not any(abs(stretch.start - each) <= PAUSE for each in seen)
        and not any(timedelta() <= stretch.start - each < _AT_ONCE for each in returns)
    )


def await_them(stretch: Interval, now: datetime, grace: timedelta) -> Arrival:
    """Somebody is waited for; what becomes known late leaves them as much time."""
    return Arrival(State.AWAITED, max(stretch.start, _minute(now)) + grace)


def go_on(arrival: Arrival, now: datetime, grace: timedelta) -> Arrival:
    """No sign came in time: they are asked, and then whoever answers for them is."""
    if arrival.due_at is None or now < arrival.due_at:
        return arrival
    if arrival.state is State.AWAITED:
        return Arrival(State.ASKED, _minute(now) + grace)
    return Arrival(State.MISSING, None)


def see(arrival: Arrival) -> Arrival:
    """They are there. Raises ``NotOpen``."""
    return _settled(arrival, State.HERE)


def release(arrival: Arrival) -> Arrival:
    """Nobody waits for them any more. Raises ``NotOpen``."""
    return _settled(arrival, State.RELEASED)


def wait(arrival: Arrival, now: datetime) -> Arrival:
    """Whoever answers for them is told again in a while. Raises ``NotOpen``."""
    return replace(_settled(arrival, State.MISSING), due_at=_minute(now) + WAIT)


def _minute(now: datetime) -> datetime:
    """The clock is looked at once a minute, a moment after it begins."""
    return now.replace(second=0, microsecond=0)


def _settled(arrival: Arrival, state: State) -> Arrival:
    if arrival.state not in OPEN:
        raise NotOpen
    return Arrival(state, None)
