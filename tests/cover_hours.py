"""Who works each quarter of an hour of each shift, and who is to by what is in force."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import select

from bot.actions.covers_turn import life_of
from bot.deps import Deps
from bot.domain.covers import PartState
from bot.domain.covers import State as CoverState
from bot.domain.swaps import State
from storage.covers import parts_of
from storage.db import WorkspaceSession
from storage.tables import Assignment, Base, Cover, CoverPart, Departure, Import, Member, Shift, Swap

QUARTER = timedelta(minutes=15)

Slot = tuple[UUID, datetime]
"""A shift, and a quarter of an hour of it by its start."""
Hours = dict[Slot, UUID | None]
"""Who works what (None: nobody)."""
Table = TypeVar("Table", bound=Base)


class Timed(Protocol):
    """What lasts from one quarter of an hour to another."""

    @property
    def start(self) -> datetime:
        """When it starts."""

    @property
    def end(self) -> datetime:
        """When it ends."""


class Leg(NamedTuple):
    """What changes hands of a shift, from whom (None: from nobody) to whom."""

    slots: tuple[Slot, ...]
    giver: UUID | None
    taker: UUID


class Ledger:
    """The schedule, swaps and covers as they are stored at one moment."""

    def __init__(self, deps: Deps) -> None:
        self.now = deps.clock()
        with deps.sessions.read("T1") as session:
            self.shifts = {row.id: row for row in stored(session, Shift)}
            self.assignments = {row.id: row for row in stored(session, Assignment)}
            self.swaps = stored(session, Swap)
            self.covers = {row.id: row for row in stored(session, Cover)}
            self.parts = parts_of(session, self.covers)
            self.departures = stored(session, Departure)
            self.gone = {row.id for row in stored(session, Member) if row.deactivated_at}
            self.imports = sorted(row.number for row in stored(session, Import) if not row.undone_at)
        self.open_covers = [row for row in self.covers.values() if row.state == CoverState.OPEN]
        self.settled_swaps = [row for row in self.swaps if row.state == State.APPROVED]
        in_force = [row for row in self.assignments.values() if row.replaced_at is None]
        self.in_force = sorted(in_force, key=lambda row: (row.start, row.id))

    @cached_property
    def worked(self) -> Hours:
        """Who works what; raises AssertionError where two work the same."""
        worked: Hours = {}
        for row in self.in_force:
            slots = slots_of(row.shift_id, row)
            assert worked.keys().isdisjoint(slots)
            worked |= dict.fromkeys(slots, row.member_id)
        return worked

    @cached_property
    def planned(self) -> Hours:
        """Whose it is by the base."""
        planned = [row for row in self.shifts.values() if row.removed_at is None]
        return {slot: row.member_id for row in planned for slot in slots_of(row.id, row)}

    def handed(self) -> dict[Slot, set[UUID | None]]:
        """Whose it can be by the base with all that is in force put on it, but for what is ``stuck``.

        That is one person, or nobody, as long as nobody has left. Raises AssertionError where somebody has given
        what was not theirs.
        """
        hours = {slot: self._with(owner) for slot, owner in self.planned.items() if slot[0] not in self._stuck}
        for leg in self.legs:
            for slot in hours.keys() & leg.slots:
                assert leg.giver in hours[slot]
                hours[slot] = self._with(leg.taker)
        return hours

    def offered(self) -> Iterator[tuple[Slot, UUID | None]]:
        """What is still to be taken, and what somebody waits for approval of, and its owner (None: nobody)."""
        for row in self.open_covers:
            parts = self.parts.get(row.id, [])
            waiting = [each for each in parts if each.state == PartState.NEEDS_APPROVAL]
            timed: list[Timed] = [*life_of(row, parts).open_parts, *waiting]
            yield from ((slot, row.owner_id) for each in timed for slot in slots_of(row.shift_id, each))

    def taken(self, state: PartState) -> list[CoverPart]:
        """The parts that stand so, what was taken last first."""
        rows = [row for rows in self.parts.values() for row in rows if row.state == state]
        return sorted(rows, key=lambda row: row.id, reverse=True)

    def ahead(self, member_id: UUID | None) -> set[Slot]:
        """What somebody works, or (None) nobody, by what has not begun."""
        rows = [row for row in self.in_force if row.member_id == member_id and row.start > self.now]
        return {slot for row in rows for slot in slots_of(row.shift_id, row)}

    @cached_property
    def legs(self) -> list[Leg]:
        """What is in force, as it was settled."""
        settled: list[Swap | CoverPart] = [*self.settled_swaps, *self.taken(PartState.CONFIRMED)]
        return [leg for row in sorted(settled, key=lambda row: row.settled_in or 0) for leg in self.legs_of(row)]

    def legs_of(self, row: Swap | CoverPart) -> list[Leg]:
        """What something settled hands on."""
        if isinstance(row, CoverPart):
            cover = self.covers[row.cover_id]
            return [Leg(slots_of(cover.shift_id, row), cover.owner_id, row.taker_id)]
        given, returned = self._made(row)
        there = Leg(slots_of(given.shift_id, given), row.asker_id, row.colleague_id)
        return [there, Leg(slots_of(returned.shift_id, returned), row.colleague_id, row.asker_id)]

    @cached_property
    def _stuck(self) -> set[UUID]:
        """The shifts that have begun and are worked by a swap for which a file left no room: that stays so."""
        ended = (row for row in self.swaps if row.settled_at and row.state == State.SUPERSEDED)
        return {made.shift_id for row in ended for made in self._made(row) if made.start <= self.now}

    def _with(self, member_id: UUID | None) -> set[UUID | None]:
        """Whoever leaves lets go of it, and whoever comes back has what they had if it is nobody's."""
        left = {row.member_id for row in self.departures} | self.gone
        return {member_id, None, *left} if member_id in left else {member_id}

    def _made(self, swap: Swap) -> tuple[Assignment, Assignment]:
        assert swap.given_made_id
        assert swap.returned_made_id
        return self.assignments[swap.given_made_id], self.assignments[swap.returned_made_id]


def slots_of(shift_id: UUID, timed: Timed) -> tuple[Slot, ...]:
    """What something lasts, quarter by quarter."""
    assert timed.start.minute % 15 == timed.end.minute % 15 == 0
    quarters = (timed.end - timed.start) // QUARTER
    return tuple((shift_id, timed.start + QUARTER * each) for each in range(quarters))


def stored(session: WorkspaceSession, table: type[Table]) -> list[Table]:
    """All rows of a table, in the order in which they were made."""
    columns = table.__table__.c
    statement = select(table).where(columns.workspace_id == session.workspace_id)
    return list(session.scalars(statement.order_by(columns.id)))
