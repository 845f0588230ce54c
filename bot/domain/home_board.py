"""What the Homes of a workspace have in common: as on the board on the wall, everybody finds their own on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import takewhile
from uuid import UUID

from bot.domain.absences import Away
from bot.domain.fairness import Share
from bot.domain.home import FloorToday, turnovers
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody, WorkedShift
from bot.domain.unowned import Unowned


@dataclass(frozen=True, slots=True)
class Board:
    """The shifts of some days from ``first`` (a day in UTC) on, and the swaps that anything may still become of.

    ``shifts`` are all, in order and without notes; ``own`` are those of each, with the notes, which are for them.
    ``swaps`` are by each of the two and by who entered them, in order of number; ``undecided`` wait for an
    approver. ``covers`` are by who gives, entered, takes or was asked to take them; ``undecided_parts`` of them
    wait for an approver. ``shares`` are what each had in a year. ``unowned`` is all ahead that nobody works, and
    ``open_shifts`` are the covers by which any of that is offered. ``away`` is when each is away, in order.
    """

    first: date
    shifts: tuple[WorkedShift, ...]
    own: Mapping[UUID, Sequence[WorkedShift]]
    swaps: Mapping[UUID, Sequence[UUID]]
    undecided: Sequence[UUID]
    shares: Mapping[UUID, Share]
    covers: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict)
    undecided_parts: Sequence[UUID] = ()
    unowned: tuple[Unowned, ...] = ()
    open_shifts: Sequence[UUID] = ()
    away: Mapping[UUID, Sequence[Away]] = field(default_factory=dict)

    def of(self, member_id: UUID, within: Interval) -> tuple[WorkedShift, ...]:
        """What somebody works at any time within an interval."""
        return tuple(each for each in self.own.get(member_id, ()) if each.interval.overlaps(within))

    def beside(self, reader: Somebody, shift: WorkedShift) -> tuple[WorkedShift, ...]:
        """The others who work on the queue of a shift meanwhile, by name."""
        there = (each for each in self._at(shift.interval) if shift.queue and each.queue == shift.queue)
        others = [each for each in there if each.worker and each.worker.member_id != reader.member_id]
        return tuple(sorted(others, key=by_name))

    def floor(self, now: datetime, tonight: datetime) -> FloorToday:
        """The floor now, and until ``tonight``."""
        there = [each for each in self.shifts if each.interval.contains(now)]
        on, unworked = ([each for each in there if bool(each.worker) is worked] for worked in (True, False))
        return FloorToday(tuple(on), turnovers(self._at(Interval(now, tonight)), now, tonight), tuple(unworked))

    def ahead(self, now: datetime) -> tuple[Unowned, ...]:
        """What nobody works and has not begun, in order; first that for which nobody is asked yet."""
        found = (each for each in self.unowned if each.interval.start > now)
        return tuple(sorted(found, key=lambda each: each.number is not None))

    def _at(self, within: Interval) -> Iterator[WorkedShift]:
        begun = takewhile(lambda each: each.interval.start < within.end, self.shifts)
        return (each for each in begun if each.interval.end > within.start)


def by_name(shift: WorkedShift) -> tuple[str, datetime]:
    """Who works a shift, in the order in which people look for each other."""
    return (shift.worker.name.casefold() if shift.worker else "", shift.interval.start)
