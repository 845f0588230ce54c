"""Who has left with shifts ahead, and the shifts that are still ahead of somebody."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from storage.db import WorkspaceSession
from storage.tables import Assignment, Departure


def departure(session: WorkspaceSession, departure_id: UUID) -> Departure | None:
    """A departure by id."""
    return session.get(Departure, (session.workspace_id, departure_id))


def departures_ahead(
    session: WorkspaceSession, now: datetime, member_id: UUID | None = None
) -> Sequence[Departure]:
    """The departures, all or of one member, with work that is not over; the first to leave first."""
    statement = select(Departure).where(Departure.workspace_id == session.workspace_id, Departure.until > now)
    if member_id:
        statement = statement.where(Departure.member_id == member_id)
    return session.scalars(statement.order_by(Departure.left_at, Departure.id)).all()


def assignments_ahead(session: WorkspaceSession, member_id: UUID, now: datetime) -> Sequence[Assignment]:
    """What somebody is to work that has not begun, in order."""
    statement = (
        select(Assignment)
        .where(
            Assignment.workspace_id == session.workspace_id,
            Assignment.member_id == member_id,
            Assignment.replaced_at.is_(None),
            Assignment.start > now,
        )
        .order_by(Assignment.start, Assignment.end, Assignment.id)
    )
    return session.scalars(statement).all()
