"""Limits of time off: how many of a team or with a skill may be away at once, who never together, when nobody.

What counts is a day, also where only half of it is asked for. A request that waits for its answer holds its place
from the moment it was sent; what is approved stays approved, whatever limit is made later.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

EVERY_DAY = frozenset(range(7))


class LimitKind(StrEnum):
    """What a limit limits."""

    CAP = "cap"  # how many may be away at once
    APART = "apart"  # people of whom only one is away at a time
    BLACKOUT = "blackout"  # days on which nobody is


class Policy(StrEnum):
    """What becomes of a request that meets a limit, the mildest first."""

    WARN = "warn"
    APPROVAL = "approval"  # of the next level
    BLOCK = "block"  # it is not sent at all


@dataclass(frozen=True, slots=True)
class Someone:
    """A person, as far as it decides which limits are theirs; ``skills`` as they are now."""

    member_id: UUID
    team_id: UUID | None = None
    skills: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """Days that somebody has, or ``asked_at`` an instant and waits for; ``approved``: they have them."""

    member_id: UUID
    days: frozenset[date]
    approved: bool
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit. It is for whoever is in one of its ``teams`` or has one of its ``skills``; without any, for all.

    It holds from ``first`` to ``last`` (None: without end), on its ``weekdays`` (0 is Monday). Of a cap ``most``
    is how many may be away or, ``in_percent``, which share of those it is for. ``people`` are those to be kept
    apart. A blackout has a ``name`` and both its days. Teams and skills come with their names.
    """

    id: UUID
    kind: LimitKind
    policy: Policy
    name: str = ""
    teams: Mapping[UUID, str] = field(default_factory=dict)
    skills: Mapping[UUID, str] = field(default_factory=dict)
    people: frozenset[UUID] = frozenset()
    first: date | None = None
    last: date | None = None
    weekdays: frozenset[int] = EVERY_DAY
    most: int = 0
    in_percent: bool = False

    def concerns(self, someone: Someone) -> bool:
        """Whether it is for this person."""
        if self.kind is LimitKind.APART:
            return someone.member_id in self.people
        if not self.teams and not self.skills:
            return True
        return someone.team_id in self.teams or bool(someone.skills & self.skills.keys())

    def holds(self, day: date) -> bool:
        """Whether it is for this day."""
        begun = self.first is None or self.first <= day
        return begun and not self.is_over(day) and day.weekday() in self.weekdays

    def is_over(self, day: date) -> bool:
        """Whether its last day is past."""
        return self.last is not None and self.last < day

    def places(self, people: int) -> int:
        """How many of so many may be away: a share is rounded down, but lets at least one go."""
        if not self.in_percent:
            return self.most
        return max(people * self.most // 100, 1 if self.most else 0)


@dataclass(frozen=True, slots=True)
class Hit:
    """A limit that a request meets on ``days``, in order.

    Of a cap on each of them ``others`` are away already or asked before, and ``most`` may be; ``undecided``: not
    all of them have their leave yet. Of people to be kept apart the others are who is away, of a blackout nobody.
    Who they are is for approvers to read.
    """

    limit: Limit
    days: tuple[date, ...]
    others: tuple[UUID, ...] = ()
    undecided: bool = False
    most: int = 0


def hits(
    limits: Iterable[Limit],
    whose: Someone,
    days: Collection[date],
    taken: Sequence[Taken],
    people: Collection[Someone],
    asked_at: datetime,
) -> tuple[Hit, ...]:
    """The limits that leave on these days meets, the strictest first.

    ``taken`` is everybody's leave, theirs too: days that they have already are nobody's question. ``people`` are
    all that there are. Of what others still wait for, what was asked before ``asked_at`` counts.
    """
    theirs = {day for each in taken if each.member_id == whose.member_id and each.approved for day in each.days}
    wanted = sorted(set(days) - theirs)
    others = [each for each in taken if each.member_id != whose.member_id]
    away = _away(each for each in others if each.approved or each.asked_at < asked_at)
    decided = _away(each for each in others if each.approved)
    found: list[Hit] = []
    for limit in limits:
        if limit.concerns(whose):
            found += _hits(limit, [day for day in wanted if limit.holds(day)], away, decided, people)
    strictest = list(Policy)
    return tuple(sorted(found, key=lambda hit: (-strictest.index(hit.limit.policy), hit.days, hit.limit.id)))


def policy_of(found: Iterable[Hit]) -> Policy | None:
    """The strictest policy of what was met; None where nothing was."""
    met = {hit.limit.policy for hit in found}
    return next((each for each in reversed(Policy) if each in met), None)


def may_wait(found: Collection[Hit]) -> bool:
    """Whether a place may come free: nothing but caps is in the way."""
    blocking = [hit for hit in found if hit.limit.policy is Policy.BLOCK]
    return bool(blocking) and all(hit.limit.kind is LimitKind.CAP for hit in blocking)


def places_left(
    limits: Iterable[Limit], of: Someone, day: date, taken: Sequence[Taken], people: Collection[Someone]
) -> int | None:
    """How many more like this person may be away on a day, by all caps that hold for them; None: no cap does."""
    away = {each.member_id for each in taken if day in each.days}
    left: list[int] = []
    for limit in limits:
        if limit.kind is LimitKind.CAP and limit.concerns(of) and limit.holds(day):
            concerned = {each.member_id for each in people if limit.concerns(each)}
            left.append(max(limit.places(len(concerned)) - len(concerned & away), 0))
    return min(left, default=None)


def runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Days as ranges: the first and the last of those that follow on one another."""
    first = last = None
    for day in sorted(set(days)):
        if first is None or last is None:
            first = last = day
        elif (day - last).days == 1:
            last = day
        else:
            yield first, last
            first = last = day
    if first is not None and last is not None:
        yield first, last


def _away(taken: Iterable[Taken]) -> dict[date, frozenset[UUID]]:
    """Who has each day."""
    found: dict[date, set[UUID]] = {}
    for each in taken:
        for day in each.days:
            found.setdefault(day, set()).add(each.member_id)
    return {day: frozenset(who) for day, who in found.items()}


def _hits(
    limit: Limit,
    days: Sequence[date],
    away: Mapping[date, frozenset[UUID]],
    decided: Mapping[date, frozenset[UUID]],
    people: Collection[Someone],
) -> Iterator[Hit]:
    """What a limit has against days, by who is away on them."""
    if limit.kind is LimitKind.BLACKOUT:
        if days:
            yield Hit(limit, tuple(days))
        return
    concerned = frozenset(each.member_id for each in people if limit.concerns(each))
    most = 0 if limit.kind is LimitKind.APART else limit.places(len(concerned))
    enough = 1 if limit.kind is LimitKind.APART else most
    met: dict[tuple[frozenset[UUID], bool], list[date]] = {}
    for day in days:
        others = away.get(day, frozenset()) & concerned
        if len(others) >= enough:
            met.setdefault((others, not others <= decided.get(day, frozenset())), []).append(day)
    for (others, undecided), on in met.items():
        yield Hit(limit, tuple(on), tuple(sorted(others)), undecided, most)
