"""Who waits until a place comes free."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from bot.domain.timeoff_waitlist import OPEN
from storage.db import WorkspaceSession
from storage.tables import LeaveWait


def wait_row(session: WorkspaceSession, wait_id: UUID) -> LeaveWait | None:
    """Somebody's waiting by id."""
    return session.get(LeaveWait, (session.workspace_id, wait_id))


def waiting(
    session: WorkspaceSession, member_id: UUID | None = None, states: Iterable[str] = OPEN
) -> Sequence[LeaveWait]:
    """All, or those of a member, in one of the states, in order of asking."""
    statement = select(LeaveWait).where(
        LeaveWait.workspace_id == session.workspace_id, LeaveWait.state.in_(list(states))
    )
    if member_id:
        statement = statement.where(LeaveWait.member_id == member_id)
    return session.scalars(statement.order_by(LeaveWait.asked_at, LeaveWait.id)).all()
