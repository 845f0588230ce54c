"""Who is on leave or ill, and who does their duties meanwhile."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from bot.domain.absences import Kind, State
from bot.domain.intervals import Interval
from bot.domain.timeoff import TAKEN
from storage.db import WorkspaceSession
from storage.tables import Absence, Deputy, LeaveRequest


def leave_around(
    session: WorkspaceSession, within: Interval, member_id: UUID | None = None
) -> Sequence[LeaveRequest]:
    """The approved leave that touches an interval, of everybody or of one member, in order."""
    statement = select(LeaveRequest).where(
        LeaveRequest.workspace_id == session.workspace_id,
        LeaveRequest.state.in_(TAKEN),
        LeaveRequest.start < within.end,
        LeaveRequest.end > within.start,
    )
    if member_id:
        statement = statement.where(LeaveRequest.member_id == member_id)
    return session.scalars(statement.order_by(LeaveRequest.start, LeaveRequest.number)).all()


def illness_around(
    session: WorkspaceSession, within: Interval, member_id: UUID | None = None
) -> Sequence[Absence]:
    """The sick calls in force, or come back from, that touch an interval, in order."""
    statement = select(Absence).where(
        Absence.workspace_id == session.workspace_id,
        Absence.kind == Kind.SICK,
        Absence.state.in_((State.IN_FORCE, State.ENDED)),
        Absence.start < within.end,
        Absence.end >= within.start,
    )
    if member_id:
        statement = statement.where(Absence.member_id == member_id)
    return session.scalars(statement.order_by(Absence.start, Absence.id)).all()


def deputies_of(session: WorkspaceSession, request_id: UUID) -> Sequence[Deputy]:
    """Who does duties during a leave, in the order in which they were given."""
    statement = select(Deputy).where(
        Deputy.workspace_id == session.workspace_id,
        Deputy.request_id == request_id,
        Deputy.ended_at.is_(None),
    )
    return session.scalars(statement.order_by(Deputy.given_at, Deputy.id)).all()


def leave_with_deputies(session: WorkspaceSession) -> set[UUID]:
    """The requests during whose leave somebody does duties."""
    return set(
        session.scalars(
            select(Deputy.request_id)
            .where(Deputy.workspace_id == session.workspace_id, Deputy.ended_at.is_(None))
            .distinct()
        )
    )
