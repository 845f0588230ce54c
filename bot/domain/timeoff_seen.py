"""A request for time off as people look at it: on cards, in lists and on Home."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from bot.domain.coverage_effect import EffectShown, Summary
from bot.domain.coverage_gaps import LEAST
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.timeoff import LIVE, STANDING, Day, State
from bot.domain.timeoff_asked import Balance, TooLittle
from bot.domain.timeoff_limits import Hit, Policy, policy_of

Document = dict[str, Any]


class Audience(StrEnum):
    """For whom a card is drawn."""

    ASKER = "asker"
    PROXY = "proxy"  # who entered it for them
    APPROVERS = "approvers"
    NEXT_LEVEL = "next level"  # who decides where those do not, or not in time


DECIDING = (Audience.APPROVERS, Audience.NEXT_LEVEL)


class News(StrEnum):
    """What has happened to a request, to tell those whom it concerns."""

    ENTERED = "entered"  # for the asker, by a proxy
    APPROVED = "approved"  # all of it, or some days
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    CHANGED = "changed"  # another was approved in its place
    EXPIRED = "expired"
    WAITS = "waits"  # approvers are reminded
    QUESTION = "question"  # to the asker
    ANSWER = "answer"  # to the approvers


@dataclass(frozen=True, slots=True)
class AwayToo:
    """Somebody of the same team is away on some of the days or, ``asked``, would like to be."""

    who: Somebody
    first: date
    last: date
    asked: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What approvers look at, as it is now.

    ``short`` is said in place of balances that do not suffice. ``names`` are those whom limits speak of.
    Fewer heads missing than ``least_heads`` are no gap.
    """

    balances: tuple[Balance, ...]
    short: TooLittle | None
    too: tuple[AwayToo, ...]
    hits: tuple[Hit, ...]
    names: Mapping[UUID, Somebody]
    effect: EffectShown
    least_heads: float = LEAST.heads

    @property
    def holes(self) -> tuple[Interval, ...]:
        """When it leaves too few people anywhere."""
        return tuple(each.interval for each in self._gaps if each.worst.changes)

    @property
    def digest(self) -> Document:
        """What it says in numbers, to be compared with what it says later."""
        return {
            "balance": {f"{each.on}": each.after for each in self.balances},
            "short": self.short.short if self.short else 0,
            "away": sorted({str(each.who.member_id) for each in self.too}),
            "next_level": policy_of(self.hits) is Policy.APPROVAL,
            "limits": sorted(f"{hit.limit.id} {day}" for hit in self.hits for day in hit.days),
            "missing": {f"{each.interval.start:%Y-%m-%d} {each.post}": each.worst.missing for each in self._gaps},
        }

    @property
    def _gaps(self) -> list[Summary]:
        return [each for each in self.effect.summaries if each.worst.missing >= self.least_heads]


class Worse(StrEnum):
    """What of a review became worse since somebody looked at it."""

    BALANCE = "balance"
    AWAY = "away"  # more of the team are
    LIMITS = "limits"
    COVERAGE = "coverage"


def worse_than(before: Document, now: Document) -> tuple[Worse, ...]:
    """What is worse now than it was by a digest from before."""
    found = []
    less = any(after < before["balance"].get(day, after) for day, after in now["balance"].items())
    if now["short"] > before["short"] or less:
        found.append(Worse.BALANCE)
    if set(now["away"]) - set(before["away"]):
        found.append(Worse.AWAY)
    if set(now["limits"]) - set(before["limits"]):
        found.append(Worse.LIMITS)
    if any(missing > before["missing"].get(where, 0) for where, missing in now["missing"].items()):
        found.append(Worse.COVERAGE)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Said:
    """What approver or asker wrote to the other."""

    by: Somebody
    text: str


@dataclass(frozen=True, slots=True)
class RequestShown:
    """A request as of an instant.

    ``kind`` is as people read it who may, ``private``: only coordinators and managers do. ``review`` is there as
    long as it waits, and so is ``needs_manager``: a limit leaves it to them. ``replaces`` and ``changed_by`` are
    numbers of other requests.
    """

    id: UUID
    number: int
    state: State
    whose: Somebody
    kind: str
    private: bool
    wanted: tuple[Day, ...]
    days: tuple[Day, ...]
    today: date
    at: datetime
    day_minutes: int
    asked_at: datetime
    expires_at: datetime
    note: str | None = None
    reason: str | None = None
    talk: tuple[Said, ...] = ()
    entered_by: Somebody | None = None
    decided_by: Somebody | None = None
    ended_by: Somebody | None = None
    replaces: int | None = None
    changed_by: int | None = None  # the request that waits to take its place, or took it
    review: Review | None = None
    needs_manager: bool = False

    @property
    def first(self) -> date:
        """The first day that is, or was, asked for and takes anything."""
        return min(each.day for each in self.wanted if each.minutes)

    @property
    def last(self) -> date:
        """The last of them."""
        return max(each.day for each in self.wanted if each.minutes)

    @property
    def minutes(self) -> int:
        """All that stands of it takes or, where nothing does, all that was asked for."""
        return sum(each.minutes - each.given_back for each in (self.days or self.wanted))

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether it waits."""
        return self.state is State.NEEDS_APPROVAL

    @property
    def can_be_cancelled(self) -> bool:
        """Whether any of it is approved and has not begun."""
        return self.state in STANDING and any(not day.has_begun(self.at) for day in self.days if day.minutes)

    @property
    def can_be_changed(self) -> bool:
        """Whether another can be asked for in its place."""
        return self.can_be_cancelled and self.changed_by is None

    @property
    def is_live(self) -> bool:
        """Whether it waits, or stands and is not over."""
        return self.state in LIVE and any(each.end > self.at for day in self.days for each in day.away)


@dataclass(frozen=True, slots=True)
class Seat:
    """As whom somebody looks at a request: whether they may act for the asker, and decide it."""

    audience: Audience
    reads_kind: bool = True


@dataclass(frozen=True, slots=True)
class RequestList:
    """Somebody's requests that wait or are ahead; ``whose`` None: the reader's own, and what they ``entered``."""

    whose: Somebody | None
    requests: tuple[RequestShown, ...] = ()
    entered: tuple[RequestShown, ...] = ()
