"""The cases that key figures are made of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, or_, select

from bot.domain.kpi import Cut
from storage.db import WorkspaceSession
from storage.kpi_cases import CHANNEL
from storage.tables import Case, CaseClock, Member


def opened(session: WorkspaceSession, start: datetime, end: datetime, cut: Cut) -> Sequence[UUID]:
    """Those that were opened between two instants, the last first."""
    return _ids(session, cut, Case.opened_at >= start, Case.opened_at < end, order=Case.opened_at.desc())


def solved(session: WorkspaceSession, start: datetime, end: datetime, cut: Cut) -> Sequence[UUID]:
    """Those that are solved since a time between two instants, the last first."""
    return _ids(session, cut, Case.solved_at >= start, Case.solved_at < end, order=Case.solved_at.desc())


def dissatisfied(
    session: WorkspaceSession, start: datetime, end: datetime, cut: Cut, verdict: str
) -> Sequence[UUID]:
    """Those of which the customer said so between two instants, the last first."""
    said = (Case.satisfaction == verdict, Case.satisfied_at >= start, Case.satisfied_at < end)
    return _ids(session, cut, *said, order=Case.satisfied_at.desc())


def open_then(session: WorkspaceSession, at: datetime, cut: Cut) -> Sequence[UUID]:
    """Those that were open at an instant, the oldest first."""
    still = or_(Case.solved_at.is_(None), Case.solved_at >= at)
    return _ids(session, cut, Case.opened_at < at, still, order=Case.opened_at)


def late(
    session: WorkspaceSession, start: datetime, end: datetime, cut: Cut, metric: str, met: str
) -> Sequence[UUID]:
    """Those with a clock that was due between two instants and was not ``met``, the first due first."""
    statement = select(Case.id).join(
        CaseClock, (CaseClock.workspace_id == Case.workspace_id) & (CaseClock.case_id == Case.id)
    )
    missed = (
        CaseClock.metric == metric,
        CaseClock.state != met,
        CaseClock.due_at >= start,
        CaseClock.due_at < end,
    )
    return list(
        dict.fromkeys(
            session.scalars(_within(session, statement, cut, *missed).order_by(CaseClock.due_at, Case.number))
        )
    )


def _ids(
    session: WorkspaceSession, cut: Cut, *wanted: ColumnElement[bool], order: SQLColumnExpression[Any]
) -> Sequence[UUID]:
    return session.scalars(_within(session, select(Case.id), cut, *wanted).order_by(order, Case.number)).all()


def _within(
    session: WorkspaceSession, statement: Select[UUID], cut: Cut, *wanted: ColumnElement[bool]
) -> Select[UUID]:
    of = ((Case.queue_id, cut.queue_id), (CHANNEL, cut.channel), (Case.owner_id, cut.member_id))
    if cut.team_id:
        statement = statement.join(
            Member, (Member.workspace_id == Case.workspace_id) & (Member.id == Case.owner_id)
        ).where(Member.team_id == cut.team_id)
    return statement.where(
        Case.workspace_id == session.workspace_id,
        Case.external_gone_at.is_(None),
        *(column == value for column, value in of if value is not None),
        *wanted,
    )
