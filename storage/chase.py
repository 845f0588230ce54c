"""Questions to departments as the chase, the lists and the weekly report ask for them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select

from bot.domain.escalations import LIVE, WAITING
from storage.db import WorkspaceSession
from storage.tables import Case, Escalation, EscalationEta


def due(session: WorkspaceSession, now: datetime, most: int) -> Sequence[Escalation]:
    """What the clock has to look at by now, the longest due first."""
    return session.scalars(
        select(Escalation)
        .where(
            Escalation.workspace_id == session.workspace_id,
            Escalation.state.in_(WAITING),
            Escalation.next_at <= now,
        )
        .order_by(Escalation.next_at, Escalation.number)
        .limit(most)
    ).all()


def waiting_for(session: WorkspaceSession, member_ids: Collection[UUID]) -> Sequence[Escalation]:
    """What waits for these people: they own it or, where nobody does, the matrix names them."""
    return session.scalars(
        select(Escalation)
        .where(
            Escalation.workspace_id == session.workspace_id,
            Escalation.state.in_(WAITING),
            or_(
                Escalation.owner_id.in_(member_ids),
                and_(Escalation.owner_id.is_(None), Escalation.contact_id.in_(member_ids)),
            ),
        )
        .order_by(Escalation.number)
    ).all()


def live(session: WorkspaceSession, department_id: UUID | None = None) -> Sequence[Escalation]:
    """All that is not closed, of one department or of all; the oldest first."""
    statement = select(Escalation).where(
        Escalation.workspace_id == session.workspace_id, Escalation.state.in_(list(LIVE))
    )
    if department_id:
        statement = statement.where(Escalation.department_id == department_id)
    return session.scalars(statement.order_by(Escalation.asked_at, Escalation.number)).all()


def escalations_by_id(session: WorkspaceSession, ids: Collection[UUID]) -> dict[UUID, Escalation]:
    """Those of these ids."""
    found = session.scalars(
        select(Escalation).where(Escalation.workspace_id == session.workspace_id, Escalation.id.in_(list(ids)))
    )
    return {row.id: row for row in found}


def cases_of(session: WorkspaceSession, rows: Sequence[Escalation]) -> dict[UUID, Case]:
    """The cases that these are about."""
    found = session.scalars(
        select(Case).where(
            Case.workspace_id == session.workspace_id, Case.id.in_(list({row.case_id for row in rows}))
        )
    )
    return {row.id: row for row in found}


def etas_between(session: WorkspaceSession, start: datetime, end: datetime) -> Sequence[EscalationEta]:
    """The promised times that lie between two instants."""
    return session.scalars(
        select(EscalationEta).where(
            EscalationEta.workspace_id == session.workspace_id,
            EscalationEta.eta_at >= start,
            EscalationEta.eta_at < end,
        )
    ).all()


def answered_between(session: WorkspaceSession, start: datetime, end: datetime) -> Sequence[Escalation]:
    """What was answered between two instants."""
    return session.scalars(
        select(Escalation).where(
            Escalation.workspace_id == session.workspace_id,
            Escalation.answered_at >= start,
            Escalation.answered_at < end,
        )
    ).all()
