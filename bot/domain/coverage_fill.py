"""The work that would fill a gap: as open shifts, each for one person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

from bot.domain.coverage_gaps import Gap
from bot.domain.coverage_supply import Post
from bot.domain.intervals import EmptyInterval, Interval, merge
from bot.domain.wallclock import next_quarter

_QUARTER = timedelta(minutes=15)
# A longer one is work for more than one person, one after the other.
LONGEST = timedelta(hours=10)
MOST_AT_ONCE = 20
# A hundredth of a head is nobody.
_NOBODY = 0.01


@dataclass(frozen=True, slots=True)
class Stand:
    """Work for one person."""

    post: Post
    interval: Interval


def stands(
    gap: Gap, offered: Iterable[tuple[str, Interval]] = (), *, least: timedelta = timedelta()
) -> tuple[Stand, ...]:
    """The shifts that are still missing, in order, beside those that nobody works yet: ``offered``, by queue.

    Heads are made whole. Of posts that are short together it is the one that lacks heads for the longest. None is
    shorter than ``least``, which then ends later than the gap.
    """
    open_: defaultdict[str, list[Interval]] = defaultdict(list)
    for queue, interval in offered:
        open_[queue].append(interval)
    found = (
        Stand(post, piece)
        for post, steps in _by_post(gap).items()
        for run in _runs(steps, open_[post.queue])
        for piece in _pieces(_as_long(run, least))
    )
    return tuple(sorted(found, key=lambda each: (each.interval, each.post)))


def needed(gap: Gap, queue: str, interval: Interval) -> Interval | None:
    """When a queue's shift of that interval would help: what of it lies between the gap's first and last need."""
    times = [time for post, steps in _by_post(gap).items() if post.queue == queue for time, _ in steps]
    shared = [common for each in times if (common := each.intersection(interval))]
    return Interval(min(shared).start, max(each.end for each in shared)) if shared else None


def from_now(gap: Gap, now: datetime, lead: timedelta) -> Gap | None:
    """What of it others can still be asked for, from a quarter of an hour on where it has begun."""
    if gap.interval.start > now:
        return gap
    start = next_quarter(now + lead)
    try:
        return gap.within(Interval(start, gap.interval.end))
    except EmptyInterval:
        return None


def _by_post(gap: Gap) -> dict[Post, list[tuple[Interval, int]]]:
    lasting: defaultdict[Post, timedelta] = defaultdict(timedelta)
    for part in gap.parts:
        for post in part.posts:
            lasting[post] += part.interval.length
    order = sorted(lasting, key=lambda post: (-lasting[post], post))
    found: defaultdict[Post, list[tuple[Interval, int]]] = defaultdict(list)
    for part in gap.parts:
        heads = min(ceil(part.short - _NOBODY), MOST_AT_ONCE)
        if heads > 0:
            found[next(post for post in order if post in part.posts)].append((part.interval, heads))
    return dict(found)


def _runs(steps: Sequence[tuple[Interval, int]], open_: Sequence[Interval]) -> Iterator[Interval]:
    """The times in which one more is missing than in the run before, one person's work each."""
    edges = {edge for each in (*(time for time, _ in steps), *open_) for edge in (each.start, each.end)}
    counted = [
        (Interval(start, end), _count(start, steps) - sum(each.contains(start) for each in open_))
        for start, end in pairwise(sorted(edges))
    ]
    for layer in range(1, max((count for _, count in counted), default=0) + 1):
        yield from merge(interval for interval, count in counted if count >= layer)


def _count(instant: datetime, steps: Sequence[tuple[Interval, int]]) -> int:
    return sum(heads for time, heads in steps if time.contains(instant))


def _as_long(run: Interval, least: timedelta) -> Interval:
    return run if run.length >= least else Interval(run.start, run.start + least)


def _pieces(run: Interval) -> Iterator[Interval]:
    """A long one in parts that are about as long as each other."""
    number = ceil(run.length / LONGEST)
    step = run.length / number // _QUARTER * _QUARTER
    for place in range(number):
        start = run.start + place * step
        yield Interval(start, run.end if place == number - 1 else start + step)
