"""Who has left with shifts ahead, and what is still ahead of somebody."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Assignment, Departure, Member, Shift


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


def gone_since(roster: Iterable[Member]) -> dict[UUID, datetime]:
    """Those who are not there any more, and since when."""
    return {each.id: each.deactivated_at for each in roster if each.deactivated_at}


def have_left(session: WorkspaceSession) -> set[UUID]:
    """Whoever has ever left with shifts ahead, be they back or not."""
    return set(
        session.scalars(
            select(Departure.member_id).where(Departure.workspace_id == session.workspace_id).distinct()
        )
    )


def planned_for_nobody(
    session: WorkspaceSession, shift_ids: Iterable[UUID], now: datetime
) -> list[tuple[UUID, Assignment]]:
    """What of these shifts is somebody's by the base, is worked by nobody and has not begun, after whose it is."""
    statement = (
        select(Shift.member_id, Assignment)
        .join(Shift, (Shift.workspace_id == Assignment.workspace_id) & (Shift.id == Assignment.shift_id))
        .where(Assignment.member_id.is_(None), Shift.member_id.is_not(None))
    )
    return _ahead(session, statement, shift_ids, now)


def worked_by_gone(
    session: WorkspaceSession, shift_ids: Iterable[UUID], now: datetime
) -> list[tuple[UUID, Assignment]]:
    """What of these shifts is to be worked by somebody who has left and has not begun, after who that is."""
    statement = (
        select(Member.id, Assignment)
        .join(Member, (Member.workspace_id == Assignment.workspace_id) & (Member.id == Assignment.member_id))
        .where(Member.deactivated_at.is_not(None))
    )
    return _ahead(session, statement, shift_ids, now)


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


def _ahead(
    session: WorkspaceSession, statement: Select[Any, Assignment], shift_ids: Iterable[UUID], now: datetime
) -> list[tuple[UUID, Assignment]]:
    ahead = statement.where(
        Assignment.workspace_id == session.workspace_id, Assignment.replaced_at.is_(None), Assignment.start > now
    ).order_by(Assignment.start, Assignment.end, Assignment.id)
    wanted, found = list(shift_ids), list[tuple[UUID, Assignment]]()
    for at in range(0, len(wanted), PARAMETERS):
        rows = session.execute(ahead.where(Assignment.shift_id.in_(wanted[at : at + PARAMETERS])))
        found += [(member_id, row) for member_id, row in rows]
    return found
