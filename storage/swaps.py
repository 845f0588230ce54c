"""Swaps, the assignments that they exchange, and forms that were submitted."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from storage.db import PARAMETERS, WorkspaceSession
from storage.shifts import at_work, queue_of_shift
from storage.tables import Assignment, Form, Note, Queue, Shift, Swap


class Held(NamedTuple):
    """An assignment with the queue that its shift is for."""

    assignment: Assignment
    queue: Queue | None


def swap(session: WorkspaceSession, swap_id: UUID) -> Swap | None:
    """A swap by id."""
    return session.get(Swap, (session.workspace_id, swap_id))


def swap_of_number(session: WorkspaceSession, number: int) -> Swap | None:
    """A swap by the number that people quote."""
    return session.scalar(select(Swap).where(Swap.workspace_id == session.workspace_id, Swap.number == number))


def swaps_of_member(session: WorkspaceSession, member_id: UUID | None, states: Collection[str]) -> Sequence[Swap]:
    """The swaps in one of the states that somebody is one of the two of, or has entered, in order of number."""
    statement = (
        select(Swap)
        .where(
            Swap.workspace_id == session.workspace_id,
            Swap.state.in_(states),
            or_(Swap.asker_id == member_id, Swap.colleague_id == member_id, Swap.entered_by_id == member_id),
        )
        .order_by(Swap.number)
    )
    return session.scalars(statement).all()


def assignment(session: WorkspaceSession, assignment_id: UUID) -> Assignment | None:
    """An assignment by id, whether it is in force or was replaced."""
    return session.get(Assignment, (session.workspace_id, assignment_id))


def note_text(session: WorkspaceSession, note_id: UUID | None) -> str | None:
    """What a note says; None where there is none, or none any more."""
    note = session.get(Note, (session.workspace_id, note_id)) if note_id else None
    return note.text if note and note.erased_at is None else None


def swaps_with(
    session: WorkspaceSession, assignment_ids: Collection[UUID], states: Collection[str]
) -> Sequence[Swap]:
    """The swaps in one of the states that would exchange one of these assignments, in order of number."""
    statement = (
        select(Swap)
        .where(
            Swap.workspace_id == session.workspace_id,
            Swap.state.in_(states),
            or_(Swap.given_id.in_(assignment_ids), Swap.returned_id.in_(assignment_ids)),
        )
        .order_by(Swap.number)
    )
    return session.scalars(statement).all()


def swaps_of_shifts(
    session: WorkspaceSession, shift_ids: Collection[UUID], states: Collection[str]
) -> Sequence[Swap]:
    """The swaps in one of the states that would exchange any part of these shifts, in order of number."""
    given, returned = aliased(Assignment), aliased(Assignment)
    statement = (
        select(Swap, given.shift_id, returned.shift_id)
        .join(given, (given.workspace_id == Swap.workspace_id) & (given.id == Swap.given_id))
        .join(returned, (returned.workspace_id == Swap.workspace_id) & (returned.id == Swap.returned_id))
        .where(Swap.workspace_id == session.workspace_id, Swap.state.in_(states))
        .order_by(Swap.number)
    )
    # Few swaps wait at a time, and an import may change thousands of shifts.
    wanted = set(shift_ids)
    return [row for row, *both in session.execute(statement) if wanted.intersection(both)]


def swaps_by_shift(
    session: WorkspaceSession, shift_ids: Collection[UUID], states: Collection[str] | None = None
) -> dict[UUID, list[Swap]]:
    """The swaps, all or in one of the states, by the shifts of which they exchange any part, by number."""
    wanted = list(shift_ids)
    found: dict[UUID, list[Swap]] = {}
    for at in range(0, len(wanted), PARAMETERS):
        statement = (
            select(Assignment.shift_id, Swap)
            .join(
                Swap,
                (Swap.workspace_id == Assignment.workspace_id)
                & or_(Swap.given_id == Assignment.id, Swap.returned_id == Assignment.id),
            )
            .where(
                Assignment.workspace_id == session.workspace_id,
                Swap.workspace_id == session.workspace_id,
                Assignment.shift_id.in_(wanted[at : at + PARAMETERS]),
            )
            .order_by(Swap.number)
        )
        if states is not None:
            statement = statement.where(Swap.state.in_(states))
        for shift_id, row in session.execute(statement):
            found.setdefault(shift_id, []).append(row)
    return found


def swaps_overdue(session: WorkspaceSession, states: Collection[str], now: datetime) -> Sequence[Swap]:
    """The swaps in one of the states whose time is over, in order of number."""
    statement = (
        select(Swap)
        .where(Swap.workspace_id == session.workspace_id, Swap.state.in_(states), Swap.expires_at <= now)
        .order_by(Swap.number)
    )
    return session.scalars(statement).all()


def held(session: WorkspaceSession, member_id: UUID, start: datetime, end: datetime) -> list[Held]:
    """What somebody works at any time from ``start`` up to ``end``, in order."""
    statement = (
        select(Assignment, Queue)
        .join(Shift, (Shift.workspace_id == Assignment.workspace_id) & (Shift.id == Assignment.shift_id))
        .outerjoin(Queue, (Queue.workspace_id == Shift.workspace_id) & (Queue.id == Shift.queue_id))
        .where(
            Assignment.workspace_id == session.workspace_id,
            Assignment.member_id == member_id,
            Assignment.replaced_at.is_(None),
            *at_work(Assignment, start, end),
        )
        .order_by(Assignment.start, Assignment.end)
    )
    return [Held(*row) for row in session.execute(statement)]


def queue_of(session: WorkspaceSession, row: Assignment) -> Queue | None:
    """The queue that an assignment's shift is for."""
    return queue_of_shift(session, row.shift_id)


def form_result(session: WorkspaceSession, nonce: UUID) -> UUID | None:
    """What came of a form that was submitted before."""
    form = session.get(Form, (session.workspace_id, nonce))
    return form.subject_id if form else None


def remember_form(session: WorkspaceSession, nonce: UUID, subject_id: UUID, now: datetime) -> None:
    """Notes what came of a form, with whatever else the transaction stores."""
    session.add(Form(workspace_id=session.workspace_id, id=nonce, subject_id=subject_id, submitted_at=now))
