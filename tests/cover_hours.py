"""Who works each hour of each shift, and who is to by what is in force, where all happens on the hour."""

from collections.abc import Iterator
from datetime import datetime, timedelta
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
from storage.tables import Assignment, Base, Cover, CoverPart, Shift, Swap

HOUR = timedelta(hours=1)

Slot = tuple[UUID, datetime]
"""A shift, and an hour of it by its start."""
Hours = dict[Slot, UUID | None]
"""Who works what (None: nobody)."""
Table = TypeVar("Table", bound=Base)


class Timed(Protocol):
    """What lasts from a full hour to another."""

    @property
    def start(self) -> datetime:
        """When it starts."""

    @property
    def end(self) -> datetime:
        """When it ends."""


class Leg(NamedTuple):
    """Hours of a shift that change hands, from whom (None: from nobody) to whom."""

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

    @property
    def open_covers(self) -> list[Cover]:
        """The covers of which something is to be taken or approved."""
        return [row for row in self.covers.values() if row.state == CoverState.OPEN]

    @property
    def settled_swaps(self) -> list[Swap]:
        """The swaps in force."""
        return [row for row in self.swaps if row.state == State.APPROVED]

    def worked(self) -> Hours:
        """Who works each hour; raises AssertionError where two work the same."""
        worked: Hours = {}
        for row in (row for row in self.assignments.values() if row.replaced_at is None):
            slots = slots_of(row.shift_id, row)
            assert worked.keys().isdisjoint(slots)
            worked |= dict.fromkeys(slots, row.member_id)
        return worked

    def planned(self) -> Hours:
        """Whose each hour is by the base."""
        planned = [row for row in self.shifts.values() if row.removed_at is None]
        return {slot: row.member_id for row in planned for slot in slots_of(row.id, row)}

    def handed(self) -> Hours:
        """Whose each hour is by the base with all that is in force put on it, but for what is ``stuck``.

        Raises AssertionError where somebody has given what was not theirs.
        """
        hours = {slot: owner for slot, owner in self.planned().items() if slot[0] not in self.stuck}
        for leg in self.legs():
            for slot in hours.keys() & leg.slots:
                assert hours[slot] == leg.giver
                hours[slot] = leg.taker
        return hours

    def offered(self) -> Iterator[tuple[Slot, UUID | None]]:
        """Each hour that is still to be taken or approved, by cover, and its owner (None: nobody)."""
        for row in self.open_covers:
            for each in life_of(row, self.parts.get(row.id, [])).unsettled:
                yield from ((slot, row.owner_id) for slot in slots_of(row.shift_id, each))

    def taken(self, state: PartState) -> list[CoverPart]:
        """The parts that stand so, in the order in which they were taken."""
        return [row for rows in self.parts.values() for row in rows if row.state == state]

    def legs(self) -> list[Leg]:
        """What is in force, as it was settled."""
        found: list[tuple[int, list[Leg]]] = []
        for row in self.settled_swaps:
            given, returned = self._made(row)
            there = Leg(slots_of(given.shift_id, given), row.asker_id, row.colleague_id)
            back = Leg(slots_of(returned.shift_id, returned), row.colleague_id, row.asker_id)
            found.append((row.settled_in or 0, [there, back]))
        for part in self.taken(PartState.CONFIRMED):
            cover = self.covers[part.cover_id]
            leg = Leg(slots_of(cover.shift_id, part), cover.owner_id, part.taker_id)
            found.append((part.settled_in or 0, [leg]))
        return [leg for _, legs in sorted(found, key=lambda each: each[0]) for leg in legs]

    @property
    def stuck(self) -> set[UUID]:
        """The shifts that have begun and are worked by a swap for which a file left no room: that stays so."""
        ended = (row for row in self.swaps if row.settled_at and row.state == State.SUPERSEDED)
        return {made.shift_id for row in ended for made in self._made(row) if made.start <= self.now}

    def _made(self, swap: Swap) -> tuple[Assignment, Assignment]:
        assert swap.given_made_id
        assert swap.returned_made_id
        return self.assignments[swap.given_made_id], self.assignments[swap.returned_made_id]


def slots_of(shift_id: UUID, timed: Timed) -> tuple[Slot, ...]:
    """The hours that something lasts."""
    assert timed.start.minute == timed.end.minute == 0
    return tuple((shift_id, timed.start + HOUR * each) for each in range((timed.end - timed.start) // HOUR))


def stored(session: WorkspaceSession, table: type[Table]) -> list[Table]:
    """All rows of a table, in the order in which they were made."""
    columns = table.__table__.c
    statement = select(table).where(columns.workspace_id == session.workspace_id)
    return list(session.scalars(statement.order_by(columns.id)))
