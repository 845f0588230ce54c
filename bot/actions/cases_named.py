"""Naming the case that something else is about."""

from uuid import UUID

from bot.domain.cases_named import CaseNamed
from storage.db import WorkspaceSession
from storage.tables import Case


def named(session: WorkspaceSession, case_id: UUID | None) -> CaseNamed | None:
    """A case by id, as others name it; None where there is none."""
    row = session.get(Case, (session.workspace_id, case_id)) if case_id else None
    if row is None:
        return None
    return CaseNamed(row.id, row.number, row.title, row.source, row.external_id, row.external_url)
