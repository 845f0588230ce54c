"""The audit: who did what, when, and what was there before and after."""

from uuid import UUID

from sqlalchemy import select

from storage.db import WorkspaceSession
from storage.tables import Audit


def audit_of(session: WorkspaceSession, subject_kind: str, subject_id: UUID) -> list[Audit]:
    """The lines about one thing, oldest first."""
    return list(
        session.scalars(
            select(Audit)
            .where(
                Audit.workspace_id == session.workspace_id,
                Audit.subject_kind == subject_kind,
                Audit.subject_id == subject_id,
            )
            .order_by(Audit.at, Audit.id)
        )
    )
