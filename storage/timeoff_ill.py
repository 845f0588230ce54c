"""Illness during leave."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from storage.db import WorkspaceSession
from storage.tables import LeaveIllness


def illness(session: WorkspaceSession, illness_id: UUID) -> LeaveIllness | None:
    """An illness by id."""
    return session.get(LeaveIllness, (session.workspace_id, illness_id))


def illness_of(session: WorkspaceSession, request_id: UUID) -> Sequence[LeaveIllness]:
    """What of a leave is certified, or waits for that, in order."""
    statement = select(LeaveIllness).where(
        LeaveIllness.workspace_id == session.workspace_id,
        LeaveIllness.request_id == request_id,
        LeaveIllness.certified.is_distinct_from(False),
    )
    return session.scalars(statement.order_by(LeaveIllness.first, LeaveIllness.id)).all()
