"""What a change of who is there does to what is covered: heads before and after."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from bot.domain.coverage import Stretch
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval


@dataclass(frozen=True, slots=True)
class Effect:
    """The heads of a post before and after a change, everybody being where they are needed."""

    interval: Interval
    post: Post
    before: float
    after: float
    required: float


@dataclass(frozen=True, slots=True)
class _Level:
    interval: Interval
    heads: float
    required: float


def effect(before: Iterable[Stretch], after: Iterable[Stretch], within: Interval) -> tuple[Effect, ...]:
    """For each part of ``within`` in which they stay the same, by post and in order, also where nothing changes.

    What a post requires is that of after. Left out are times in which that is not known.
    """
    old, new = _levels(before, within), _levels(after, within)
    return tuple(each for post in sorted(new) for each in _joined(_overlaid(post, old.get(post, ()), new[post])))


def _levels(stretches: Iterable[Stretch], within: Interval) -> dict[Post, list[_Level]]:
    found: defaultdict[Post, list[_Level]] = defaultdict(list)
    for stretch in stretches:
        if interval := stretch.interval.intersection(within):
            for post, heads in stretch.serving().items():
                if (required := stretch.required(post)) is not None:
                    found[post].append(_Level(interval, heads, required))
    return found


def _overlaid(post: Post, old: Sequence[_Level], new: Sequence[_Level]) -> Iterator[Effect]:
    edges = {edge for each in (*old, *new) for edge in (each.interval.start, each.interval.end)}
    for start, end in pairwise(sorted(edges)):
        one, other = _at(old, start), _at(new, start)
        if one and other:
            yield Effect(Interval(start, end), post, one.heads, other.heads, other.required)


def _at(levels: Sequence[_Level], instant: datetime) -> _Level | None:
    number = bisect_right(levels, instant, key=lambda each: each.interval.start)
    last = levels[number - 1] if number else None
    return last if last and last.interval.contains(instant) else None


def _joined(effects: Iterable[Effect]) -> Iterator[Effect]:
    last: Effect | None = None
    for each in effects:
        if last and last.interval.end == each.interval.start and last == replace(each, interval=last.interval):
            last = replace(last, interval=Interval(last.interval.start, each.interval.end))
            continue
        if last:
            yield last
        last = each
    if last:
        yield last
