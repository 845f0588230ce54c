"""What was changed on the day itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from storage.db import WorkspaceSession
from storage.tables import LadderStep


def ladder_step(session: WorkspaceSession, step_id: UUID) -> LadderStep | None:
    """A step by id."""
    return session.get(LadderStep, (session.workspace_id, step_id))


def steps_made(session: WorkspaceSession, start: datetime, end: datetime) -> list[LadderStep]:
    """Those that hold at any time from ``start`` up to ``end``, as they were made."""
    return list(
        session.scalars(
            select(LadderStep)
            .where(
                LadderStep.workspace_id == session.workspace_id,
                LadderStep.undone_at.is_(None),
                LadderStep.start < end,
                LadderStep.end > start,
            )
            .order_by(LadderStep.made_at, LadderStep.id)
        )
    )
