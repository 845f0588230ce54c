"""Hours that are short week after week."""

from collections.abc import Collection
from operator import attrgetter
from uuid import UUID

from sqlalchemy import select

from storage.db import WorkspaceSession
from storage.tables import CoveragePattern


def pattern(session: WorkspaceSession, pattern_id: UUID) -> CoveragePattern | None:
    """One of them by id."""
    return session.get(CoveragePattern, (session.workspace_id, pattern_id))


def patterns(session: WorkspaceSession, states: Collection[str]) -> list[CoveragePattern]:
    """Those in these states, the oldest first."""
    statement = select(CoveragePattern).where(
        CoveragePattern.workspace_id == session.workspace_id, CoveragePattern.state.in_(states)
    )
    # Asked for in that order, SQLite would go through the whole primary key, which has it.
    return sorted(session.scalars(statement), key=attrgetter("id"))
