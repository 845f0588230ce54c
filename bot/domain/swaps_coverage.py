"""How many are left on a queue when somebody else comes for somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.intervals import Interval
from bot.domain.rules_check import Coverage


@dataclass(frozen=True, slots=True)
class Head:
    """Somebody on a queue, and for how much they count there before and after a change.

    A hybrid counts for their share of the time on contacts, who lacks a skill of the queue not at all.
    """

    interval: Interval
    before: float
    after: float


def left_behind(heads: Sequence[Head], within: Interval, queue: str, floor: float) -> tuple[Coverage, ...]:
    """The heads on the queue before and after, for each part of ``within`` in which they stay the same."""
    edges = {within.start, within.end}
    for head in heads:
        edges |= {edge for edge in (head.interval.start, head.interval.end) if within.contains(edge)}
    parts = (_counted(heads, Interval(start, end), queue, floor) for start, end in pairwise(sorted(edges)))
    return tuple(_joined(parts))


def _counted(heads: Iterable[Head], part: Interval, queue: str, floor: float) -> Coverage:
    there = [head for head in heads if head.interval.overlaps(part)]
    before, after = sum(head.before for head in there), sum(head.after for head in there)
    return Coverage(part, queue, round(before, 3), round(after, 3), floor)


def _joined(parts: Iterable[Coverage]) -> list[Coverage]:
    joined: list[Coverage] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and (last.before, last.after) == (part.before, part.after):
            joined[-1] = Coverage(
                Interval(last.interval.start, part.interval.end), part.queue, part.before, part.after, part.floor
            )
        else:
            joined.append(part)
    return joined
