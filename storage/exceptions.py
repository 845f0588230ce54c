"""Exceptions that somebody must approve."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from storage.db import WorkspaceSession
from storage.tables import CaseException


def exception_of(session: WorkspaceSession, exception_id: UUID) -> CaseException | None:
    """An exception by id."""
    return session.get(CaseException, (session.workspace_id, exception_id))


def exceptions_by_id(session: WorkspaceSession, ids: Collection[UUID]) -> dict[UUID, CaseException]:
    """Those of the ids that there are."""
    statement = select(CaseException).where(
        CaseException.workspace_id == session.workspace_id, CaseException.id.in_(ids)
    )
    return {row.id: row for row in session.scalars(statement)}


def exceptions_in(session: WorkspaceSession, states: Collection[str]) -> Sequence[CaseException]:
    """Those in one of the states, the earliest deadline first."""
    statement = select(CaseException).where(
        CaseException.workspace_id == session.workspace_id, CaseException.state.in_(states)
    )
    return session.scalars(statement.order_by(CaseException.due_at, CaseException.number)).all()


def exceptions_of_case(
    session: WorkspaceSession, case_id: UUID, states: Collection[str]
) -> Sequence[CaseException]:
    """Those of one case in one of the states, by number."""
    statement = select(CaseException).where(
        CaseException.workspace_id == session.workspace_id,
        CaseException.case_id == case_id,
        CaseException.state.in_(states),
    )
    return session.scalars(statement.order_by(CaseException.number)).all()
