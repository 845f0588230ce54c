"""What a calendar is told of somebody's shifts: those that stand, and for a while those that are gone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.intervals import Interval, merge


@dataclass(frozen=True, slots=True)
class Held:
    """A part of a shift that somebody works, or worked until it was taken from them."""

    shift_id: UUID
    interval: Interval
    since: datetime
    until: datetime | None
    time_zone: str
    queue: str | None

    def was_held_before(self, instant: datetime) -> bool:
        """Whether they worked it right before an instant."""
        return self.since < instant and (self.until is None or self.until >= instant)


@dataclass(frozen=True, slots=True)
class History:
    """How often a shift was changed, the plan and every decision counted, and when that last was."""

    changes: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a calendar.

    ``uid`` stays the same however the shift is moved. ``sequence`` grows with each change of the shift, so that
    a calendar knows which of two versions is the newer one. ``away``: it is no shift, but says that they are away.
    """

    uid: str
    interval: Interval
    time_zone: str
    queue: str | None
    cancelled: bool
    sequence: int
    changed_at: datetime
    away: bool = False


def entries(held: Iterable[Held], histories: Mapping[UUID, History], member_id: UUID) -> list[Entry]:
    """The member's calendar, in order, from all that they hold or held lately."""
    by_shift: defaultdict[UUID, list[Held]] = defaultdict(list)
    for each in held:
        by_shift[each.shift_id].append(each)
    found = [
        entry for shift_id, parts in by_shift.items() for entry in _of_shift(parts, histories[shift_id], member_id)
    ]
    return sorted(found, key=lambda each: (each.interval, each.uid))


def _of_shift(parts: list[Held], history: History, member_id: UUID) -> list[Entry]:
    """One entry for each stretch; where there were more before the last change, the others are cancelled."""
    standing = merge(each.interval for each in parts if each.until is None)
    last = max((each.until for each in parts if each.until), default=None)
    before = merge(each.interval for each in parts if last and each.was_held_before(last))
    newest = max(parts, key=lambda each: each.since)
    return [
        Entry(
            uid="-".join(map(str, (newest.shift_id, member_id, *([number] if number else ())))),
            interval=interval,
            time_zone=newest.time_zone,
            queue=newest.queue,
            cancelled=number >= len(standing),
            sequence=history.changes,
            changed_at=history.changed_at,
        )
        for number, interval in enumerate((*standing, *before[len(standing) :]))
    ]
