"""Who is there for what: shifts without absences, breaks and training, each person once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from bot.domain.intervals import Interval, merge, subtract

_WEEK = timedelta(weeks=1)


class Post(NamedTuple):
    """What heads are required for: a queue, or its contacts that take one skill more, such as a language."""

    queue: str
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who is there, the posts that they can serve one of at a time, and for how much they count."""

    interval: Interval
    posts: frozenset[Post]
    heads: float = 1.0


@dataclass(frozen=True, slots=True)
class Doing:
    """What somebody on shift does instead of contacts; ``kind`` is break, training or meeting."""

    id: UUID
    interval: Interval
    kind: str


@dataclass(frozen=True, slots=True)
class Boost:
    """On the day somebody serves these posts, too, at some time, or with ``whole`` does nothing but contacts."""

    interval: Interval
    posts: frozenset[Post] = frozenset()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody on shift: how they count on each shift, when they are away, what else they do, and what was
    changed of that on the day.

    ``able`` is all that they have the skills for, whatever they are planned for; ``whole`` for how much they count
    when they do nothing but contacts.
    """

    id: UUID
    shifts: tuple[Presence, ...]
    away: tuple[Interval, ...] = ()
    doing: tuple[Doing, ...] = ()
    boosts: tuple[Boost, ...] = ()
    able: frozenset[Post] = frozenset()
    whole: float = 1.0

    def present(self) -> tuple[Presence, ...]:
        """When they are there for contacts, in order."""
        there = present(self.shifts, [*self.away, *(each.interval for each in self.doing)])
        return boosted(there, self.boosts, self.whole)


@dataclass(frozen=True, slots=True)
class RampStep:
    """Until the end of this week after the first day, the first being 1, a new hire counts for this share."""

    week: int
    share: float


def heads_of(capacity: float, hired_on: date | None, ramp: Iterable[RampStep], day: date) -> float:
    """For how much somebody counts on a day: their share of time on contacts, times how far they have learned."""
    if hired_on is None:
        return capacity
    week = (day - hired_on) // _WEEK + 1
    share = next((each.share for each in sorted(ramp, key=lambda each: each.week) if week <= each.week), 1.0)
    return capacity * share


def posts_for(queue: str | None, skills: Set[str], takes: Mapping[Post, Set[str]]) -> frozenset[Post]:
    """What somebody on a shift can serve: of the shift's queue, or where it has none of any, what they have the
    skills for. ``takes`` are the skills that each post takes."""
    return frozenset(post for post, taken in takes.items() if queue in (None, post.queue) and taken <= skills)


def present(shifts: Sequence[Presence], off: Iterable[Interval] = ()) -> tuple[Presence, ...]:
    """When one person is there, in order: their shifts without the times ``off`` contacts.

    Where two shifts of theirs overlap they are there once, for the posts of both.
    """
    away = merge(off)
    return tuple(
        Presence(part, each.posts, each.heads)
        for each in _once(shifts)
        for part in subtract(each.interval, (gone for gone in away if gone.overlaps(each.interval)))
    )


def boosted(there: tuple[Presence, ...], boosts: Iterable[Boost], whole: float) -> tuple[Presence, ...]:
    """The same, as it was changed on the day for somebody who counts for ``whole`` on nothing but contacts."""
    for boost in boosts:
        there = tuple(part for each in there for part in _boosted(each, boost, whole))
    return there


def _once(shifts: Sequence[Presence]) -> Iterator[Presence]:
    ordered = sorted(shifts, key=lambda each: each.interval)
    if all(one.interval.end <= other.interval.start for one, other in pairwise(ordered)):
        yield from ordered
        return
    edges = sorted({edge for each in shifts for edge in (each.interval.start, each.interval.end)})
    for start, end in pairwise(edges):
        there = [each for each in shifts if each.interval.contains(start)]
        if there:
            posts = frozenset[Post]().union(*(each.posts for each in there))
            yield Presence(Interval(start, end), posts, max(each.heads for each in there))


def _boosted(presence: Presence, boost: Boost, whole: float) -> Iterator[Presence]:
    shared = presence.interval.intersection(boost.interval)
    if shared is None:
        yield presence
        return
    heads = max(presence.heads, whole) if boost.whole else presence.heads
    parts = [replace(presence, interval=each) for each in subtract(presence.interval, [shared])]
    yield from sorted(
        [*parts, Presence(shared, presence.posts | boost.posts, heads)], key=lambda each: each.interval
    )
