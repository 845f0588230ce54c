"""Hands that were raised for live help."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from storage.db import WorkspaceSession
from storage.tables import HandUp


def hand_up(session: WorkspaceSession, hand_id: UUID) -> HandUp | None:
    """A raised hand by id."""
    return session.get(HandUp, (session.workspace_id, hand_id))


def hands_in(session: WorkspaceSession, states: Collection[str], asked_by: UUID | None = None) -> Sequence[HandUp]:
    """Those in one of the states, of all or of one member, the oldest first."""
    statement = select(HandUp).where(HandUp.workspace_id == session.workspace_id, HandUp.state.in_(states))
    if asked_by:
        statement = statement.where(HandUp.asked_by_id == asked_by)
    return session.scalars(statement.order_by(HandUp.asked_at, HandUp.number)).all()


def hands_since(session: WorkspaceSession, since: datetime) -> Sequence[HandUp]:
    """Those that were raised since then, the oldest first."""
    statement = (
        select(HandUp)
        .where(HandUp.workspace_id == session.workspace_id, HandUp.asked_at >= since)
        .order_by(HandUp.asked_at, HandUp.number)
    )
    return session.scalars(statement).all()
