"""Swaps and covers in force and the base schedule around them, as an import of shifts finds them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from bot.domain.covers import PartState
from bot.domain.imports_standing import Kind
from bot.domain.intervals import Interval
from bot.domain.swaps import State
from storage.db import PARAMETERS, WorkspaceSession
from storage.shifts import BaseShift, at_work
from storage.tables import Assignment, Cover, CoverPart, Member, Note, Queue, Shift, Swap


class Handed(NamedTuple):
    """The part of a shift that changes hands, from whom (None: from nobody) to whom."""

    shift_id: UUID
    interval: Interval
    giver: UUID | None
    taker: UUID


@dataclass(frozen=True, slots=True)
class Swapped:
    """A swap with what it hands on: what was given, and what was returned."""

    row: Swap
    handed: tuple[Handed, ...]
    in_force: ClassVar = State.APPROVED

    @property
    def kind(self) -> Kind:
        """What people call it."""
        return Kind.SWAP

    @property
    def number(self) -> int:
        """What they quote it by."""
        return self.row.number


@dataclass(frozen=True, slots=True)
class Taken:
    """A part that somebody has taken of a cover."""

    row: CoverPart
    cover: Cover
    in_force: ClassVar = PartState.CONFIRMED

    @property
    def kind(self) -> Kind:
        """What people call it."""
        return Kind.COVER if self.cover.owner_id else Kind.OPEN_SHIFT

    @property
    def number(self) -> int:
        """What they quote it by."""
        return self.cover.number

    @property
    def handed(self) -> tuple[Handed, ...]:
        """What it hands on."""
        interval = Interval(self.row.start, self.row.end)
        return (Handed(self.cover.shift_id, interval, self.cover.owner_id, self.row.taker_id),)


Exchanged = Swapped | Taken


def exchanged(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> list[Exchanged]:
    """What is in force of these shifts, or of one that such a swap exchanges, and so on; as it was settled."""
    given, returned = aliased(Assignment), aliased(Assignment)
    statement = (
        select(Swap, given.shift_id, returned.shift_id)
        .join(given, (given.workspace_id == Swap.workspace_id) & (given.id == Swap.given_id))
        .join(returned, (returned.workspace_id == Swap.workspace_id) & (returned.id == Swap.returned_id))
        .where(Swap.workspace_id == session.workspace_id, Swap.state == State.APPROVED)
    )
    swaps: dict[UUID, Swap] = {}
    new, known = set(shift_ids), set[UUID]()
    while new:
        known |= new
        both = set[UUID]()
        for some in _portions(new):
            rows = session.execute(statement.where(or_(given.shift_id.in_(some), returned.shift_id.in_(some))))
            for row, *shifts in rows:
                swaps[row.id] = row
                both.update(shifts)
        new = both - known
    found = [*with_handed(session, swaps.values()), *taken(session, known)]
    return sorted(found, key=lambda each: (each.row.settled_in or 0, each.number))


def with_handed(session: WorkspaceSession, swaps: Iterable[Swap]) -> list[Exchanged]:
    """The swaps with what they exchange, or would."""

    rows = list(swaps)
    named = {
        each
        for row in rows
        for each in (row.given_made_id or row.given_id, row.returned_made_id or row.returned_id)
    }
    assignments: dict[UUID, Assignment] = {}
    for some in _portions(named):
        statement = select(Assignment).where(
            Assignment.workspace_id == session.workspace_id, Assignment.id.in_(some)
        )
        assignments |= {row.id: row for row in session.scalars(statement)}

    def handed(assignment_id: UUID, giver: UUID, taker: UUID) -> Handed:
        row = assignments[assignment_id]
        return Handed(row.shift_id, Interval(row.start, row.end), giver, taker)

    return [
        Swapped(
            row,
            (
                handed(row.given_made_id or row.given_id, row.asker_id, row.colleague_id),
                handed(row.returned_made_id or row.returned_id, row.colleague_id, row.asker_id),
            ),
        )
        for row in rows
    ]


def taken_of(session: WorkspaceSession, part_ids: Iterable[UUID]) -> list[Exchanged]:
    """Parts of covers, by id."""
    rows = (session.get_one(CoverPart, (session.workspace_id, each)) for each in part_ids)
    return [Taken(row, session.get_one(Cover, (session.workspace_id, row.cover_id))) for row in rows]


def taken(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> Iterator[Exchanged]:
    """What is confirmed of the covers of these shifts."""
    statement = (
        select(CoverPart, Cover)
        .join(Cover, (Cover.workspace_id == CoverPart.workspace_id) & (Cover.id == CoverPart.cover_id))
        .where(
            CoverPart.workspace_id == session.workspace_id,
            CoverPart.state == PartState.CONFIRMED,
            Cover.workspace_id == session.workspace_id,
        )
    )
    for some in _portions(shift_ids):
        for row, cover in session.execute(statement.where(Cover.shift_id.in_(some))):
            yield Taken(row, cover)


def worked_otherwise(session: WorkspaceSession, start: datetime, end: datetime) -> set[UUID]:
    """The shifts of which not the owner works a part at any time from ``start`` up to ``end``."""
    statement = (
        select(Assignment.shift_id)
        .join(Shift, (Shift.workspace_id == Assignment.workspace_id) & (Shift.id == Assignment.shift_id))
        .where(
            Assignment.workspace_id == session.workspace_id,
            Assignment.member_id.is_distinct_from(Shift.member_id),
            Assignment.replaced_at.is_(None),
            *at_work(Assignment, start, end),
        )
    )
    return set(session.scalars(statement))


def shifts_around(
    session: WorkspaceSession,
    shift_ids: Collection[UUID],
    owner_ids: Collection[UUID],
    start: datetime,
    end: datetime,
) -> Sequence[BaseShift]:
    """The shifts of these ids, whatever became of them, and what of the base the owners have in that time."""
    statement = (
        select(Shift, Member.email, Queue.name, Note.text)
        .outerjoin(Member, (Member.workspace_id == Shift.workspace_id) & (Member.id == Shift.member_id))
        .outerjoin(Queue, (Queue.workspace_id == Shift.workspace_id) & (Queue.id == Shift.queue_id))
        .outerjoin(Note, (Note.workspace_id == Shift.workspace_id) & (Note.id == Shift.note_id))
        .where(Shift.workspace_id == session.workspace_id)
    )
    around = [
        Shift.member_id.in_(list(owner_ids)),
        Shift.removed_at.is_(None),
        *at_work(Shift, start, end),
    ]
    rows = list(session.execute(statement.where(*around)))
    for some in _portions(shift_ids):
        rows += session.execute(statement.where(Shift.id.in_(some)))
    return list({row[0].id: BaseShift._make(row) for row in rows}.values())


def worked_at_once(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> set[UUID]:
    """The other shifts of which whoever works one of these works a part at the same time."""
    own, other = aliased(Assignment), aliased(Assignment)
    found: set[UUID] = set()
    for some in _portions(shift_ids):
        found.update(
            session.scalars(
                select(other.shift_id)
                .join(own, (own.workspace_id == other.workspace_id) & (own.member_id == other.member_id))
                .where(
                    own.workspace_id == session.workspace_id,
                    other.workspace_id == session.workspace_id,
                    own.shift_id.in_(some),
                    own.replaced_at.is_(None),
                    other.replaced_at.is_(None),
                    other.shift_id != own.shift_id,
                    other.start < own.end,
                    other.end > own.start,
                )
            )
        )
    return found


def _portions(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    every = sorted(ids)
    return (every[at : at + PARAMETERS] for at in range(0, len(every), PARAMETERS))
