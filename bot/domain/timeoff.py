"""What a request for time off is: where it can stand, what can happen to it, and why something cannot."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.approval import Approver
from bot.domain.intervals import Interval, merge
from bot.domain.timeoff_ledger import Leave, LeaveDay


class State(StrEnum):
    """Where a request stands."""

    NEEDS_APPROVAL = "needs approval"
    APPROVED = "approved"
    PARTLY_APPROVED = "partly approved"  # some days of it
    DECLINED = "declined"
    EXPIRED = "expired"  # nobody decided in time
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"  # what was approved and had not begun
    CHANGED = "changed"  # another request was approved in its place


STANDING = frozenset({State.APPROVED, State.PARTLY_APPROVED})
LIVE = STANDING | {State.NEEDS_APPROVAL}
# Of these some days may have been taken before they ended.
TAKEN = STANDING | {State.CANCELLED, State.CHANGED}


class NotOpen(Exception):
    """It is not in a state in which this can be done."""

    def __init__(self, state: State) -> None:
        super().__init__(f"the request is {state}")
        self.state = state


class NothingToTake(Exception):
    """They would work on none of these days."""


class NothingLeft(Exception):
    """All of it has begun or is over."""


class NotYetExpired(Exception):
    """Its time is not over."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a request: minutes that it takes, when they are away, and the minutes that were given back.

    A day that takes nothing lies between others: a weekend, a public holiday.
    """

    day: date
    minutes: int
    away: tuple[Interval, ...]
    given_back: int = 0

    def has_begun(self, now: datetime) -> bool:
        """Whether any of it is over."""
        return any(each.start <= now for each in self.away)


@dataclass(frozen=True, slots=True)
class Request:
    """What decides what can become of a request.

    ``wanted`` is what was asked for, ``days`` what of it stands or, until it is decided, would. ``proxies``: who
    did something here for the asker.
    """

    asker: UUID
    wanted: tuple[Day, ...]
    expires_at: datetime
    state: State = State.NEEDS_APPROVAL
    days: tuple[Day, ...] = ()
    proxies: frozenset[UUID] = frozenset()
    decided_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    """All of it or, with ``days``, those that take anything among them."""

    by: Approver
    days: frozenset[date] | None = None


@dataclass(frozen=True, slots=True)
class Decline:
    """None of it."""

    by: Approver
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The asker, or a proxy for them, does not want it any more."""

    by: UUID
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """The same of what was approved and has not begun."""

    by: UUID
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class GiveWay:
    """Another request is approved in its place."""


@dataclass(frozen=True, slots=True)
class Expire:
    """Nobody decided in time."""


Event = Approve | Decline | Withdraw | Cancel | GiveWay | Expire


def away(days: Iterable[Day]) -> tuple[Interval, ...]:
    """When somebody is not there, in the fewest stretches."""
    return merge(stretch for day in days for stretch in day.away)


def leave_of(request_id: UUID, days: Iterable[Day], *, pending: bool) -> Leave:
    """What the days take from a ledger."""
    taken = (LeaveDay(each.day, each.minutes, each.given_back) for each in days if each.minutes)
    return Leave(request_id, tuple(taken), pending)


def only(days: Iterable[Day], chosen: Collection[date]) -> tuple[Day, ...]:
    """The days that are chosen, with those between them that take nothing."""
    every = sorted(days, key=lambda each: each.day)
    taking = [each.day for each in every if each.minutes]
    kept = []
    for each in every:
        around = (
            max((one for one in taking if one < each.day), default=None),
            min((one for one in taking if one > each.day), default=None),
        )
        if each.day in chosen or (not each.minutes and all(one in chosen for one in around)):
            kept.append(each)
    return tuple(kept)


def beyond(days: Iterable[Day], standing: Iterable[Day]) -> tuple[Day, ...]:
    """What a change takes of each day more than what it is to replace: that takes its minutes already."""
    had = {each.day: each.minutes - each.given_back for each in standing}
    more = (Day(each.day, each.minutes - had.get(each.day, 0), each.away) for each in days)
    return tuple(each for each in more if each.minutes > 0)
