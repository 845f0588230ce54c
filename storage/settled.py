"""What swaps and covers in force have handed over, and in which order."""

from uuid import UUID

from sqlalchemy import func, or_, select

from bot.domain.covers import PartState
from bot.domain.intervals import Interval
from bot.domain.swaps import State
from storage.db import WorkspaceSession
from storage.tables import Assignment, Cover, CoverPart, Swap


def handed_on(session: WorkspaceSession, shift_id: UUID, interval: Interval, settled_in: int | None) -> bool:
    """Whether what was settled later, and is in force, hands on any of that part of a shift.

    ``settled_in`` is the workspace's revision at which the part was handed over itself.
    """
    since = settled_in or 0
    swapped = (
        select(Swap.id)
        .join(
            Assignment,
            (Assignment.workspace_id == Swap.workspace_id)
            & or_(Assignment.id == Swap.given_made_id, Assignment.id == Swap.returned_made_id),
        )
        .where(
            Swap.workspace_id == session.workspace_id,
            Swap.state == State.APPROVED,
            func.coalesce(Swap.settled_in, 0) > since,
            Assignment.workspace_id == session.workspace_id,
            Assignment.shift_id == shift_id,
            Assignment.start < interval.end,
            Assignment.end > interval.start,
        )
    )
    covered = (
        select(CoverPart.id)
        .join(Cover, (Cover.workspace_id == CoverPart.workspace_id) & (Cover.id == CoverPart.cover_id))
        .where(
            CoverPart.workspace_id == session.workspace_id,
            CoverPart.state == PartState.CONFIRMED,
            CoverPart.settled_in > since,
            CoverPart.start < interval.end,
            CoverPart.end > interval.start,
            Cover.workspace_id == session.workspace_id,
            Cover.shift_id == shift_id,
        )
    )
    return any(session.scalar(statement.limit(1)) is not None for statement in (swapped, covered))
