"""The versions of the matrix, and how departments are reached."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from storage.db import WorkspaceSession
from storage.tables import Department, DepartmentDesk, EscalationMatrix, Member


def version(session: WorkspaceSession, version_id: UUID) -> EscalationMatrix | None:
    """One of them by id."""
    return session.get(EscalationMatrix, (session.workspace_id, version_id))


def version_in(session: WorkspaceSession, state: str) -> EscalationMatrix | None:
    """The newest in this state: of those that are in force or proposed there is one at most."""
    return session.scalar(
        select(EscalationMatrix)
        .where(EscalationMatrix.workspace_id == session.workspace_id, EscalationMatrix.state == state)
        .order_by(EscalationMatrix.number.desc())
        .limit(1)
    )


def versions(session: WorkspaceSession, states: Collection[str], most: int) -> list[EscalationMatrix]:
    """Those in these states, the newest first."""
    return list(
        session.scalars(
            select(EscalationMatrix)
            .where(EscalationMatrix.workspace_id == session.workspace_id, EscalationMatrix.state.in_(states))
            .order_by(EscalationMatrix.number.desc())
            .limit(most)
        )
    )


def department(session: WorkspaceSession, department_id: UUID) -> Department | None:
    """A department by id."""
    return session.get(Department, (session.workspace_id, department_id))


def desk(session: WorkspaceSession, department_id: UUID) -> DepartmentDesk | None:
    """How a department is reached, as far as anybody has said."""
    return session.get(DepartmentDesk, (session.workspace_id, department_id))


def desks(session: WorkspaceSession) -> dict[UUID, DepartmentDesk]:
    """How every department is reached, by department."""
    rows = session.scalars(select(DepartmentDesk).where(DepartmentDesk.workspace_id == session.workspace_id))
    return {row.department_id: row for row in rows}


def contacts(session: WorkspaceSession, department_id: UUID) -> list[Member]:
    """Who is of a department and there, by name."""
    return list(
        session.scalars(
            select(Member)
            .where(
                Member.workspace_id == session.workspace_id,
                Member.department_id == department_id,
                Member.deactivated_at.is_(None),
            )
            .order_by(Member.name, Member.id)
        )
    )
