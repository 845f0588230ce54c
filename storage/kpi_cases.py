"""What key figures are reckoned from of cases and escalations: rows of some days, without what they are about."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import false, func, or_, select

from bot.domain.kpi import Cut
from bot.domain.sla_policy import Metric
from storage.db import WorkspaceSession
from storage.tables import Case, CaseClock, Escalation, EscalationEta, Member


class CaseCut(NamedTuple):
    """Where a case belongs: in which queue and channel, and whose it is."""

    id: UUID
    queue_id: UUID | None
    channel: str | None
    owner_id: UUID | None


class CaseTimes(NamedTuple):
    """A case with the times that figures are made of."""

    id: UUID
    queue_id: UUID | None
    channel: str | None
    owner_id: UUID | None
    opened_at: datetime
    solved_at: datetime | None
    reopened: int
    satisfaction: str | None
    satisfied_at: datetime | None
    waited: bool  # a customer has waited for a next reply


class ClockDue(NamedTuple):
    """A clock whose time is over: of which case, which one, since when it is, and how it stands."""

    case: CaseCut
    metric: str
    due_at: datetime
    state: str


# As files of figures fold it.
CHANNEL = func.lower(Case.channel)
_CUT = (Case.id, Case.queue_id, CHANNEL, Case.owner_id)
_TIMES = (
    Case.id,
    Case.queue_id,
    CHANNEL,
    Case.owner_id,
    Case.opened_at,
    Case.solved_at,
    Case.reopened,
    Case.satisfaction,
    Case.satisfied_at,
)


def cases_touching(session: WorkspaceSession, start: datetime, end: datetime) -> list[CaseTimes]:
    """The cases that were open at any time between two instants, or that a customer judged then, or whose last
    next reply would have fallen due since, however early it was given.

    One that came back may have been solved in between: its events say so.
    """
    replies = select(CaseClock.case_id).where(
        CaseClock.workspace_id == session.workspace_id, CaseClock.metric == Metric.NEXT_REPLY
    )
    waited = replies.where(CaseClock.case_id == Case.id).exists()
    statement = select(*_TIMES, waited).where(
        Case.workspace_id == session.workspace_id,
        Case.external_gone_at.is_(None),
        Case.opened_at < end,
        or_(
            Case.solved_at.is_(None),
            Case.solved_at >= start,
            Case.satisfied_at.between(start, end),
            Case.id.in_(replies.where(CaseClock.due_at >= start)),
        ),
    )
    return [CaseTimes._make(row) for row in session.execute(statement)]


def count_opened(session: WorkspaceSession, start: datetime, end: datetime) -> int:
    """How many cases were opened between two instants."""
    statement = select(func.count()).where(
        Case.workspace_id == session.workspace_id,
        Case.external_gone_at.is_(None),
        Case.opened_at >= start,
        Case.opened_at < end,
    )
    return session.scalar(statement) or 0


def first_asked(session: WorkspaceSession) -> datetime | None:
    """When a department was first asked anything."""
    statement = select(Escalation.asked_at).where(Escalation.workspace_id == session.workspace_id)
    return session.scalar(statement.order_by(Escalation.asked_at).limit(1))


def first_opened(session: WorkspaceSession) -> datetime | None:
    """When the first case was opened."""
    statement = select(Case.opened_at).where(Case.workspace_id == session.workspace_id)
    return session.scalar(statement.order_by(Case.opened_at).limit(1))


def clocks_due(
    session: WorkspaceSession, start: datetime, end: datetime, metrics: Sequence[str]
) -> list[ClockDue]:
    """The clocks whose time was over between two instants."""
    statement = (
        select(*_CUT, CaseClock.metric, CaseClock.due_at, CaseClock.state)
        .join(Case, (Case.workspace_id == CaseClock.workspace_id) & (Case.id == CaseClock.case_id))
        .where(
            CaseClock.workspace_id == session.workspace_id,
            CaseClock.due_at >= start,
            CaseClock.due_at < end,
            CaseClock.metric.in_(metrics),
            Case.external_gone_at.is_(None),
        )
    )
    rows = session.execute(statement)
    return [ClockDue(CaseCut._make(row[:4]), row[4], row[5], row[6]) for row in rows if row[5]]


def open_at(session: WorkspaceSession, at: datetime, cut: Cut) -> list[CaseTimes]:
    """The cases that were open at an instant, or of which only their events say whether they were."""
    statement = select(*_TIMES, false()).where(
        Case.workspace_id == session.workspace_id,
        Case.external_gone_at.is_(None),
        Case.opened_at < at,
        or_(Case.solved_at.is_(None), Case.solved_at >= at),
    )
    if cut.team_id:
        statement = statement.join(
            Member, (Member.workspace_id == Case.workspace_id) & (Member.id == Case.owner_id)
        ).where(Member.team_id == cut.team_id)
    wanted = ((Case.queue_id, cut.queue_id), (CHANNEL, cut.channel), (Case.owner_id, cut.member_id))
    for column, value in wanted:
        if value is not None:
            statement = statement.where(column == value)
    return [CaseTimes._make(row) for row in session.execute(statement)]


def escalations_asked(session: WorkspaceSession, start: datetime, end: datetime) -> list[tuple[CaseCut, datetime]]:
    """About which case departments were asked anything between two instants, and when."""
    statement = (
        select(*_CUT, Escalation.asked_at)
        .join(Case, (Case.workspace_id == Escalation.workspace_id) & (Case.id == Escalation.case_id))
        .where(
            Escalation.workspace_id == session.workspace_id,
            Escalation.asked_at >= start,
            Escalation.asked_at < end,
        )
    )
    return [(CaseCut._make(row[:4]), row[4]) for row in session.execute(statement)]


def etas_due(session: WorkspaceSession, start: datetime, end: datetime) -> list[tuple[CaseCut, datetime, str]]:
    """What departments had promised for between two instants: about which case, for when, and its state."""
    statement = (
        select(*_CUT, EscalationEta.eta_at, EscalationEta.state)
        .join(
            Escalation,
            (Escalation.workspace_id == EscalationEta.workspace_id)
            & (Escalation.id == EscalationEta.escalation_id),
        )
        .join(Case, (Case.workspace_id == Escalation.workspace_id) & (Case.id == Escalation.case_id))
        .where(
            EscalationEta.workspace_id == session.workspace_id,
            EscalationEta.eta_at >= start,
            EscalationEta.eta_at < end,
        )
    )
    return [(CaseCut._make(row[:4]), row[4], row[5]) for row in session.execute(statement)]
