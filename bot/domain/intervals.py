"""Half-open intervals of instants: 22:00-04:00 and 04:00-08:00 meet without overlapping."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


class EmptyInterval(ValueError):
    """The end is not after the start."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """All instants from ``start`` up to, but not including, ``end``; both aware, kept in UTC.

    Raises ``EmptyInterval`` when nothing lies between them and ``ValueError`` for a naive time.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("an interval needs aware instants")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end <= self.start:
            raise EmptyInterval(f"{self.end.isoformat()} is not after {self.start.isoformat()}")

    @property
    def length(self) -> timedelta:
        """Elapsed time, whatever the clocks on the wall did meanwhile."""
        return self.end - self.start

    def contains(self, instant: datetime) -> bool:
        """Whether the instant lies inside; the end does not."""
        return self.start <= instant < self.end

    def overlaps(self, other: "Interval") -> bool:
        """Whether they share any instant."""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: "Interval") -> "Interval | None":
        """What they share."""
        if not self.overlaps(other):
            return None
        return Interval(max(self.start, other.start), min(self.end, other.end))


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same instants as the fewest disjoint intervals, in order; those that meet become one."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, interval.end))
        else:
            merged.append(interval)
    return tuple(merged)


def subtract(whole: Interval, parts: Iterable[Interval]) -> tuple[Interval, ...]:
    """What is left of ``whole`` without ``parts``, in order."""
    left: list[Interval] = []
    reached = whole.start
    for part in merge(parts):
        if part.start >= whole.end:
            break
        if part.start > reached:
            left.append(Interval(reached, part.start))
        reached = max(reached, part.end)
    if reached < whole.end:
        left.append(Interval(reached, whole.end))
    return tuple(left)


def total(intervals: Iterable[Interval]) -> timedelta:
    """Time covered by the intervals; what several cover counts once."""
    return sum((interval.length for interval in merge(intervals)), timedelta())
