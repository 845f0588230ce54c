"""Where heads are missing, as people look at it: what is short without a break is one gap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

from bot.domain.coverage import Stretch
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval, merge
from bot.domain.wallclock import ONE_DAY, days, local_date, quarter

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Least:
    """What is worth a word: this many heads at once, for this long."""

    heads: float = 0.5
    length: timedelta = timedelta(minutes=15)


LEAST = Least()


@dataclass(frozen=True, slots=True)
class Part:
    """A time in which posts lack the same heads together."""

    interval: Interval
    posts: frozenset[Post]
    required: float
    there: float

    @property
    def short(self) -> float:
        """The heads that are missing."""
        return round(self.required - self.there, 3)


@dataclass(frozen=True, slots=True)
class Gap:
    """Parts in order that are one thing to whoever fills them.

    They follow upon each other, unless something in the middle was filled since it was found.
    """

    parts: tuple[Part, ...]

    @property
    def interval(self) -> Interval:
        """From the first instant to the last."""
        return Interval(self.parts[0].interval.start, max(each.interval.end for each in self.parts))

    @property
    def times(self) -> tuple[Interval, ...]:
        """When heads are missing, in order."""
        return merge(each.interval for each in self.parts)

    @property
    def posts(self) -> frozenset[Post]:
        """All that lack heads at some time."""
        return frozenset[Post]().union(*(each.posts for each in self.parts))

    @property
    def worst(self) -> Part:
        """Where the most heads are missing, the earliest of those."""
        return max(self.parts, key=lambda each: each.short)

    @property
    def hours(self) -> float:
        """The hours of work that are missing."""
        return round(sum(each.short * (each.interval.length / _HOUR) for each in self.parts), 3)

    def short_at(self, instant: datetime) -> float:
        """The heads that are missing at an instant."""
        return round(sum(each.short for each in self.parts if each.interval.contains(instant)), 3)

    def since(self, instant: datetime) -> "Gap | None":
        """What is left of it from an instant on."""
        if instant <= self.interval.start:
            return self
        return self.within(Interval(instant, self.interval.end)) if instant < self.interval.end else None

    def from_quarter(self, now: datetime) -> "Gap":
        """The same, where it has begun from its quarter of an hour on: people think in those."""
        start = self.interval.start
        if start > now:
            return self
        first = [each for each in self.parts if each.interval.start == start]
        longer = (replace(each, interval=Interval(quarter(start), each.interval.end)) for each in first)
        return Gap((*longer, *self.parts[len(first) :]))

    def within(self, interval: Interval) -> "Gap | None":
        """What of it lies within an interval."""
        shared = ((each, each.interval.intersection(interval)) for each in self.parts)
        left = tuple(replace(each, interval=common) for each, common in shared if common)
        return Gap(left) if left else None

    def shared(self, other: "Gap") -> timedelta:
        """For how long both lack heads of the same post."""
        both = (
            one.interval.intersection(each.interval)
            for one in self.parts
            for each in other.parts
            if one.posts & each.posts
        )
        return sum((each.length for each in merge(each for each in both if each)), timedelta())


def gaps(stretches: Iterable[Stretch], least: Least = LEAST) -> tuple[Gap, ...]:
    """The gaps that are worth a word, in order: what is short of the same post without a break is one."""
    parts = [
        Part(stretch.interval, each.posts, each.required, each.there)
        for stretch in stretches
        if stretch.short >= least.heads
        for each in stretch.shortages
        if each.heads >= least.heads
    ]
    found = (Gap(tuple(_joined(chain))) for chain in _chains(parts))
    return tuple(sorted((gap for gap in found if gap.interval.length >= least.length), key=_order))


def daily(gap: Gap, zone: ZoneInfo) -> tuple[Gap, ...]:
    """What lasts longer than a day as one gap for each day of a zone, so that its end is not always ahead."""
    whole = gap.interval
    if whole.length <= ONE_DAY:
        return (gap,)
    first, last = (local_date(each, zone) for each in (whole.start, whole.end))
    each_day = (days(day, day, zone) for day in (first + n * ONE_DAY for n in range((last - first).days + 1)))
    return tuple(part for day in each_day if (part := gap.within(day)))


def worst_of(one: Gap, other: Gap) -> Gap:
    """At each time the one that lacks more heads then, the first where both lack as many."""
    edges = {
        edge for gap in (one, other) for part in gap.parts for edge in (part.interval.start, part.interval.end)
    }
    found: list[Part] = []
    for start, end in pairwise(sorted(edges)):
        worse = other if other.short_at(start) > one.short_at(start) else one
        if piece := worse.within(Interval(start, end)):
            found += piece.parts
    return Gap(tuple(_joined(found)))


def _chains(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts, those together that follow upon each other for the same post."""
    ongoing: list[list[Part]] = []
    for part in sorted(parts, key=_place):
        apart, joined = [], []
        for chain in ongoing:
            if chain[-1].interval.end < part.interval.start:
                yield chain
            elif _goes_on(chain, part):
                joined.append(chain)
            else:
                apart.append(chain)
        whole = joined[0] if len(joined) == 1 else sorted((each for chain in joined for each in chain), key=_place)
        whole.append(part)
        ongoing = [*apart, whole]
    yield from ongoing


def _goes_on(chain: list[Part], part: Part) -> bool:
    near = takewhile(lambda each: each.interval.end >= part.interval.start, reversed(chain))
    return any(each.interval.end == part.interval.start and each.posts & part.posts for each in near)


def _joined(chain: Iterable[Part]) -> Iterator[Part]:
    """The same with neighbours that lack the same as one."""
    last: Part | None = None
    for part in chain:
        if last and last.interval.end == part.interval.start and part == replace(last, interval=part.interval):
            last = replace(last, interval=Interval(last.interval.start, part.interval.end))
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def _place(part: Part) -> tuple[Interval, list[Post]]:
    return part.interval, sorted(part.posts)


def _order(gap: Gap) -> tuple[Interval, list[Post]]:
    return gap.interval, sorted(gap.posts)
