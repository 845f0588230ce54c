"""Gaps in coverage that somebody was told of."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bot.domain.coverage_watch import LIVE
from storage.db import WorkspaceSession
from storage.tables import Audit, CoverageGap


def gap(session: WorkspaceSession, gap_id: UUID) -> CoverageGap | None:
    """A gap by id."""
    return session.get(CoverageGap, (session.workspace_id, gap_id))


def gaps_alive(session: WorkspaceSession, states: Collection[str] = LIVE) -> Sequence[CoverageGap]:
    """Those that are neither filled nor over, the first to begin first."""
    statement = select(CoverageGap).where(
        CoverageGap.workspace_id == session.workspace_id, CoverageGap.state.in_(states)
    )
    return session.scalars(statement.order_by(CoverageGap.start, CoverageGap.id)).all()


def gaps_ahead(session: WorkspaceSession, now: datetime) -> Sequence[CoverageGap]:
    """Those whose time has not passed, whatever has become of them."""
    statement = select(CoverageGap).where(CoverageGap.workspace_id == session.workspace_id, CoverageGap.end > now)
    return session.scalars(statement.order_by(CoverageGap.start, CoverageGap.id)).all()


def found_at_once(session: WorkspaceSession, row: CoverageGap) -> Sequence[CoverageGap]:
    """Those that were found in the same look, itself among them, in an order that stays."""
    statement = select(CoverageGap).where(
        CoverageGap.workspace_id == session.workspace_id, CoverageGap.found_at == row.found_at
    )
    return session.scalars(statement.order_by(CoverageGap.id)).all()


def noted_since(session: WorkspaceSession, since: datetime, *, but: str) -> bool:
    """Whether anything was noted from an instant on, but of subjects of one kind."""
    statement = select(Audit.id).where(
        Audit.workspace_id == session.workspace_id, Audit.at >= since, Audit.subject_kind != but
    )
    return session.scalar(statement.limit(1)) is not None
