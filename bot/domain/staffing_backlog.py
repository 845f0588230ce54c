"""How many heads work that waits needs, so that each piece is done by its deadline: e-mail, cases, call-backs.

Nobody is kept waiting on a line, so that no Erlang formula says anything about it: what counts is the time between
the arrival of the work and its deadline in which anybody works at all.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise

from bot.domain.intervals import Interval

# From one opening hour up to, but not including, another, by their places in the list.
_Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Batch:
    """Work of so many ``seconds`` (contacts times average handle time) that can be begun from ``arrives`` on."""

    arrives: datetime
    due: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class BacklogPlan:
    """The heads of each interval, in parts of a head, and the batches that no opening hour is left for.

    With those heads all other batches are done by their deadlines if whoever works takes what is due first.
    0.4 is one head for 6 of 15 minutes.
    """

    heads: tuple[float, ...]
    late: tuple[Batch, ...]


def plan_backlog(batches: Iterable[Batch], opening: Sequence[Interval]) -> BacklogPlan:
    """The steadiest heads over the intervals in which anybody works, in order; no plan has a lower peak.

    A batch is worked in intervals that begin no earlier than it arrives and end no later than it is due; so give
    the intervals up to the last deadline. What a floor minimum adds is left to whoever asks.
    The busiest stretch is settled first, and the rest around it (Yao, Demers and Shenker, 1995).
    Raises ``ValueError`` for intervals that overlap or are out of order.
    """
    if any(one.end > other.start for one, other in pairwise(opening)):
        raise ValueError("the opening hours overlap or are out of order")
    work, late = _windows(batches, opening)
    heads = [0.0] * len(opening)
    unsettled = list(range(len(opening)))
    while work:
        seconds = [opening[each].length.total_seconds() for each in unsettled]
        busiest, (start, end) = _busiest(work, list(accumulate(seconds, initial=0.0)))
        for each in unsettled[start:end]:
            heads[each] = busiest
        del unsettled[start:end]
        work = _without(work, start, end)
    return BacklogPlan(tuple(heads), late)


def _windows(
    batches: Iterable[Batch], opening: Sequence[Interval]
) -> tuple[Mapping[_Window, float], tuple[Batch, ...]]:
    """The seconds of work of each stretch of intervals that has any, and the batches that have none."""
    starts, ends = [each.start for each in opening], [each.end for each in opening]
    work: defaultdict[_Window, float] = defaultdict(float)
    late = []
    for batch in batches:
        window = bisect_left(starts, batch.arrives), bisect_right(ends, batch.due)
        if batch.seconds <= 0:
            continue
        if window[0] < window[1]:
            work[window] += batch.seconds
        else:
            late.append(batch)
    return work, tuple(late)


def _busiest(work: Mapping[_Window, float], elapsed: Sequence[float]) -> tuple[float, _Window]:
    """The most heads that any stretch needs for the work that lies in it altogether, and that stretch."""
    by_end = sorted(work.items(), key=lambda item: item[0][1])
    ends = [end for (_, end), _ in by_end]
    starts = {start for start, _ in work}
    return max(_from(start, by_end[bisect_right(ends, start) :], elapsed) for start in starts)


def _from(
    start: int, by_end: Collection[tuple[_Window, float]], elapsed: Sequence[float]
) -> tuple[float, _Window]:
    """The same among the stretches from ``start`` on."""
    most, window, seconds = 0.0, (start, start), 0.0
    for (begun, end), each in by_end:
        if begun >= start:
            seconds += each
            heads = seconds / (elapsed[end] - elapsed[start])
            if heads >= most:
                most, window = heads, (start, end)
    return most, window


def _without(work: Mapping[_Window, float], start: int, end: int) -> Mapping[_Window, float]:
    """The work that is left when a stretch is settled and its intervals are taken out of the list."""

    def place(each: int) -> int:
        return each if each <= start else max(start, each - (end - start))

    left: defaultdict[_Window, float] = defaultdict(float)
    for (begun, due), seconds in work.items():
        window = place(begun), place(due)
        if window[0] < window[1]:
            left[window] += seconds
    return left
