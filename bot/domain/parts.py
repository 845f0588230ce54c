"""Who works which part of one shift: parts that change hands without a minute lost or worked twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bot.domain.intervals import Interval, merge, subtract


class ChangedHands(Exception):
    """Who would give a part of a shift does not work all of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a shift, and who works it (None: nobody)."""

    interval: Interval
    worker: UUID | None


def worked_by(parts: Iterable[Part], worker: UUID | None) -> tuple[Interval, ...]:
    """What somebody works of a shift, or (None) what is open of it, in order."""
    return merge(part.interval for part in parts if part.worker == worker)


def works_all(parts: Iterable[Part], interval: Interval, worker: UUID | None) -> bool:
    """Whether somebody works all of an interval."""
    return not subtract(interval, worked_by(parts, worker))


def handed(parts: Iterable[Part], interval: Interval, giver: UUID | None, taker: UUID | None) -> tuple[Part, ...]:
    """The parts, in order and as few as can be, once the taker works the interval in the giver's place.

    Raises ``ChangedHands`` unless the giver works all of it.
    """
    before = tuple(parts)
    if not works_all(before, interval, giver):
        raise ChangedHands
    kept = [Part(left, part.worker) for part in before for left in subtract(part.interval, (interval,))]
    return joined([*kept, Part(interval, taker)])


def joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The same in order and as few as can be: neighbours with one worker become one."""
    result: list[Part] = []
    for part in sorted(parts, key=lambda each: each.interval):
        last = result[-1] if result else None
        if last and last.worker == part.worker and last.interval.end == part.interval.start:
            result[-1] = Part(Interval(last.interval.start, part.interval.end), part.worker)
        else:
            result.append(part)
    return tuple(result)
