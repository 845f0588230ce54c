"""Who has left, and who works what they would have worked, as the coordinators look at it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.domain.intervals import Interval, merge, subtract
from bot.domain.parts import Part
from bot.domain.shifts import Somebody
from bot.domain.unowned import Unowned


@dataclass(frozen=True, slots=True)
class Gone:
    """Who is not there: since when who has left, and from when to when who is ``away``.

    ``ever`` is everybody who ever left or was away, be they back or not.
    """

    since: Mapping[UUID, datetime] = field(default_factory=dict)
    ever: Collection[UUID] = frozenset()
    away: Mapping[UUID, Sequence[Interval]] = field(default_factory=dict)

    def has_left(self, planned: UUID | None, start: datetime) -> bool:
        """Whether somebody will not be there any more for what begins then."""
        return planned is not None and planned in self.since and start > self.since[planned]

    def parts(self, planned: Part) -> tuple[Part, ...]:
        """Who works what of it is planned for somebody, in order: they, or nobody."""
        interval, worker = planned.interval, planned.worker
        if worker is None:
            return (planned,)
        if self.has_left(worker, interval.start):
            return (Part(interval, None),)
        away = [shared for each in self.away.get(worker, ()) if (shared := each.intersection(interval))]
        there = (Part(each, worker) for each in subtract(interval, away))
        return tuple(sorted((*there, *(Part(each, None) for each in merge(away))), key=lambda each: each.interval))


@dataclass(frozen=True, slots=True)
class Owned:
    """What somebody else works by now."""

    interval: Interval
    queue: str | None
    worker: Somebody


@dataclass(frozen=True, slots=True)
class DepartureShown:
    """Somebody who left, and what is ahead, as of an instant, of what they had.

    ``more`` is how many there are of the ``unowned`` besides, ``to_offer`` how many of all are not offered to
    others yet; ``back``: they have come back since.
    """

    id: UUID
    member: Somebody
    at: datetime
    unowned: tuple[Unowned, ...]
    more: int
    owned: tuple[Owned, ...]
    to_offer: int
    back: bool
