"""Heads required against heads there, over time and by post, each person once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

from bot.domain.coverage_assign import members, parts, shares, shortfall
from bot.domain.coverage_supply import Post, Presence
from bot.domain.intervals import Interval

# Heads are counted in thousandths, so that sums are exact.
_WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Requirement:
    """The heads that a post requires in steps of equal length from ``start`` on, which is kept in UTC.

    None where it is not known, which is not the same as zero. Those of one post do not overlap. Raises
    ``ValueError`` for a naive start.
    """

    post: Post
    start: datetime
    step: timedelta
    heads: tuple[float | None, ...]

    def __post_init__(self) -> None:
        if self.start.tzinfo is None:
            raise ValueError("a requirement needs an aware start")
        object.__setattr__(self, "start", self.start.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Shortage:
    """Posts that are short together: what they require, and all who are there for any of them."""

    posts: frozenset[Post]
    required: float
    there: float

    @property
    def heads(self) -> float:
        """How many are missing."""
        return round(self.required - self.there, 3)


@dataclass(frozen=True, slots=True)
class Pool:
    """Posts that share people, and the groups of people by the posts that they can serve.

    ``masks`` are the groups as masks of ``posts``, which are those that any requirement is known of.
    """

    posts: tuple[Post, ...]
    groups: tuple[frozenset[Post], ...]
    masks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which neither what a pool requires nor who is there changes.

    ``needs`` are the thousandths of a head that each post of the pool requires, ``crew`` those that are there of
    each group. ``known`` masks the posts whose requirement is known; the others stand with nothing.
    """

    interval: Interval
    pool: Pool
    needs: tuple[int, ...]
    known: int
    crew: tuple[int, ...]

    @property
    def short(self) -> float:
        """The heads that even the best assignment lacks."""
        return self._shortfall()[0] / _WHOLE

    @property
    def shortages(self) -> tuple[Shortage, ...]:
        """What lacks heads, as the smallest sets of posts that lack them together."""
        most, fewest = self._shortfall()
        if not most:
            return ()
        return tuple(self._shortage(part) for part in parts(self.pool.masks, self.crew, fewest))

    def required(self, post: Post) -> float | None:
        """The heads that a post requires; None where that is not known."""
        number = self.pool.posts.index(post)
        return self.needs[number] / _WHOLE if self.known >> number & 1 else None

    def serving(self) -> dict[Post, float]:
        """The heads of each post when everybody is assigned in proportion to what is required.

        No assignment covers more, so what a post then lacks is its part of a shortage.
        """
        heads = shares(self.pool.masks, self.crew, self.needs, self.known)
        return {post: round(float(each) / _WHOLE, 3) for post, each in zip(self.pool.posts, heads, strict=True)}

    def spare(self, posts: frozenset[Post]) -> float:
        """How many of those who can serve just these posts could leave and no post be shorter.

        One group's spare heads may be another's, too. Nobody is spare where a requirement of theirs is not known.
        """
        if posts not in self.pool.groups or any(self._is_unknown(post) for post in posts):
            return 0.0
        group = self.pool.groups.index(posts)
        there = self.crew[group]
        rest = (*self.crew[:group], 0, *self.crew[group + 1 :])
        lacked = shortfall(self.pool.masks, rest, self.needs)[0] - self._shortfall()[0]
        return (there - lacked) / _WHOLE

    def _shortfall(self) -> tuple[int, int]:
        return shortfall(self.pool.masks, self.crew, self.needs)

    def _is_unknown(self, post: Post) -> bool:
        return post not in self.pool.posts or self.required(post) is None

    def _shortage(self, part: int) -> Shortage:
        required = sum(self.needs[post] for post in members(part))
        there = sum(heads for mask, heads in zip(self.pool.masks, self.crew, strict=True) if mask & part)
        return Shortage(
            frozenset(self.pool.posts[post] for post in members(part)), required / _WHOLE, there / _WHOLE
        )


def stretches(presences: Iterable[Presence], requirements: Iterable[Requirement]) -> tuple[Stretch, ...]:
    """The times for which any requirement is known, by pool and in order.

    Who hands over to the next at the same instant leaves no edge behind.
    """
    people: defaultdict[frozenset[Post], list[Presence]] = defaultdict(list)
    for each in presences:
        people[each.posts].append(each)
    plans: defaultdict[Post, list[Requirement]] = defaultdict(list)
    for plan in requirements:
        plans[plan.post].append(plan)
    return tuple(chain.from_iterable(_swept(pool, people, plans) for pool in _pools(plans, people)))


def _pools(required: Iterable[Post], groups: Iterable[frozenset[Post]]) -> list[Pool]:
    posts = sorted(required)
    masks = {group: mask for group in sorted(groups, key=sorted) if (mask := _mask(posts, group))}
    found = []
    for part in parts(tuple(masks.values()), (1,) * len(masks), (1 << len(posts)) - 1):
        own = tuple(posts[post] for post in members(part))
        served = tuple(group for group, mask in masks.items() if mask & part)
        found.append(Pool(own, served, tuple(_mask(own, group) for group in served)))
    return found


def _mask(posts: Sequence[Post], group: frozenset[Post]) -> int:
    return sum(1 << number for number, post in enumerate(posts) if post in group)


def _swept(
    pool: Pool,
    people: Mapping[frozenset[Post], Sequence[Presence]],
    plans: Mapping[Post, Sequence[Requirement]],
) -> Iterator[Stretch]:
    moves, changes = _moves(pool, people), _changes(pool, plans)
    crew, needs, known = [0] * len(pool.groups), [0] * len(pool.posts), 0
    begun: datetime | None = None
    last: tuple[tuple[int, ...], int, tuple[int, ...]] = (), 0, ()
    for instant in sorted(moves.keys() | changes.keys()):
        for group, heads in moves.get(instant, ()):
            crew[group] += heads
        for post, need in changes.get(instant, {}).items():
            needs[post] = need or 0
            known = known & ~(1 << post) | (need is not None) << post
        now = tuple(needs), known, tuple(crew)
        if now != last:
            if begun and last[1]:
                yield Stretch(Interval(begun, instant), pool, *last)
            begun, last = instant, now


def _moves(
    pool: Pool, people: Mapping[frozenset[Post], Sequence[Presence]]
) -> dict[datetime, list[tuple[int, int]]]:
    """Who comes and goes, by group: the thousandths of a head by which it changes at an instant."""
    moves: defaultdict[datetime, list[tuple[int, int]]] = defaultdict(list)
    for number, group in enumerate(pool.groups):
        for each in people[group]:
            heads = round(each.heads * _WHOLE)
            moves[each.interval.start].append((number, heads))
            moves[each.interval.end].append((number, -heads))
    return moves


def _changes(pool: Pool, plans: Mapping[Post, Sequence[Requirement]]) -> dict[datetime, dict[int, int | None]]:
    """What each post requires from an instant on, where that changes."""
    changes: defaultdict[datetime, dict[int, int | None]] = defaultdict(dict)
    for number, post in enumerate(pool.posts):
        for plan in sorted(plans[post], key=lambda each: each.start):
            for step, heads in enumerate(plan.heads):
                if not step or heads != plan.heads[step - 1]:
                    at = plan.start + step * plan.step
                    changes[at][number] = None if heads is None else round(heads * _WHOLE)
            changes[plan.start + len(plan.heads) * plan.step].setdefault(number, None)
    return changes
