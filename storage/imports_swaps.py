"""Swaps in force and the base schedule around them, as an import of shifts finds them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from storage.db import PARAMETERS, WorkspaceSession
from storage.shifts import BaseShift
from storage.tables import Assignment, Member, Note, Queue, Shift, Swap


class Exchanged(NamedTuple):
    """A swap with the shifts of which it exchanges any part."""

    swap: Swap
    given: UUID
    returned: UUID


def exchanged(session: WorkspaceSession, shift_ids: Iterable[UUID], state: str) -> list[Exchanged]:
    """Swaps in a state that exchange any of these shifts, or one that such a swap does, and so on; by number."""
    given, returned = aliased(Assignment), aliased(Assignment)
    statement = (
        select(Swap, given.shift_id, returned.shift_id)
        .join(given, (given.workspace_id == Swap.workspace_id) & (given.id == Swap.given_id))
        .join(returned, (returned.workspace_id == Swap.workspace_id) & (returned.id == Swap.returned_id))
        .where(Swap.workspace_id == session.workspace_id, Swap.state == state)
    )
    found: dict[UUID, Exchanged] = {}
    new, known = set(shift_ids), set[UUID]()
    while new:
        known |= new
        some = sorted(new)
        for at in range(0, len(some), PARAMETERS):
            portion = some[at : at + PARAMETERS]
            wanted = or_(given.shift_id.in_(portion), returned.shift_id.in_(portion))
            rows = session.execute(statement.where(wanted))
            found |= {row.id: Exchanged(row, *shifts) for row, *shifts in rows}
        new = {shift for each in found.values() for shift in (each.given, each.returned)} - known
    return sorted(found.values(), key=lambda each: each.swap.number)


def with_shifts(session: WorkspaceSession, swaps: Iterable[Swap]) -> list[Exchanged]:
    """The swaps with what they exchange."""

    def shift(assignment_id: UUID) -> UUID:
        return session.get_one(Assignment, (session.workspace_id, assignment_id)).shift_id

    return [Exchanged(row, shift(row.given_id), shift(row.returned_id)) for row in swaps]


def worked_otherwise(session: WorkspaceSession, start: datetime, end: datetime, cause: str) -> set[UUID]:
    """The shifts of which any part is worked for that cause at any time from ``start`` up to ``end``."""
    statement = select(Assignment.shift_id).where(
        Assignment.workspace_id == session.workspace_id,
        Assignment.cause == cause,
        Assignment.replaced_at.is_(None),
        Assignment.start < end,
        Assignment.end > start,
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
        Shift.start < end,
        Shift.end > start,
    ]
    rows = list(session.execute(statement.where(*around)))
    ids = list(shift_ids)
    for at in range(0, len(ids), PARAMETERS):
        rows += session.execute(statement.where(Shift.id.in_(ids[at : at + PARAMETERS])))
    return list({row[0].id: BaseShift._make(row) for row in rows}.values())


def starts_of(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the shifts start, whatever became of them."""
    wanted = list(shift_ids)
    found: dict[UUID, datetime] = {}
    for at in range(0, len(wanted), PARAMETERS):
        statement = select(Shift.id, Shift.start).where(
            Shift.workspace_id == session.workspace_id, Shift.id.in_(wanted[at : at + PARAMETERS])
        )
        found |= dict(session.execute(statement).all())
    return found


def worked_at_once(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> set[UUID]:
    """The other shifts of which whoever works one of these works a part at the same time."""
    own, other = aliased(Assignment), aliased(Assignment)
    wanted = list(shift_ids)
    found: set[UUID] = set()
    for at in range(0, len(wanted), PARAMETERS):
        found.update(
            session.scalars(
                select(other.shift_id)
                .join(own, (own.workspace_id == other.workspace_id) & (own.member_id == other.member_id))
                .where(
                    own.workspace_id == session.workspace_id,
                    other.workspace_id == session.workspace_id,
                    own.shift_id.in_(wanted[at : at + PARAMETERS]),
                    own.replaced_at.is_(None),
                    other.replaced_at.is_(None),
                    other.shift_id != own.shift_id,
                    other.start < own.end,
                    other.end > own.start,
                )
            )
        )
    return found
