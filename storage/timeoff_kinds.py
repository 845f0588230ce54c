"""Which kinds of leave anybody has ever had to do with."""

from sqlalchemy import exists, select

from bot.domain.limits import folded
from bot.domain.timeoff_kinds import BUILT_IN, Kind
from storage.db import WorkspaceSession
from storage.tables import LeaveLot, LeaveRequest


def is_used(session: WorkspaceSession, kind: Kind) -> bool:
    """Whether somebody has asked for it, whatever became of that, or has a balance of its own ledger."""
    asked = exists().where(
        LeaveRequest.workspace_id == session.workspace_id, LeaveRequest.kind == folded(kind.name)
    )
    kept = exists().where(LeaveLot.workspace_id == session.workspace_id, LeaveLot.ledger == kind.ledger)
    shared = kind.ledger in {each.ledger for each in BUILT_IN.values()}
    return bool(session.scalar(select(asked))) or (not shared and bool(session.scalar(select(kept))))
