"""The rules that say where cases belong, and how often they were wrong."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from bot.domain.cases import Kind
from bot.domain.routing import Score
from storage.cases_lists import live
from storage.db import WorkspaceSession
from storage.tables import Case, CaseEvent, RoutingRule


def routing_rules(session: WorkspaceSession) -> Sequence[RoutingRule]:
    """Those in force, in the order in which they are asked."""
    statement = select(RoutingRule).where(
        RoutingRule.workspace_id == session.workspace_id, RoutingRule.ended_at.is_(None)
    )
    return session.scalars(statement.order_by(RoutingRule.position, RoutingRule.id)).all()


def routing_rule(session: WorkspaceSession, rule_id: UUID) -> RoutingRule | None:
    """A rule by id."""
    return session.get(RoutingRule, (session.workspace_id, rule_id))


def rule_of_name(session: WorkspaceSession, name: str) -> RoutingRule | None:
    """A rule by its name, in force or not."""
    return session.scalar(
        select(RoutingRule).where(
            RoutingRule.workspace_id == session.workspace_id, func.lower(RoutingRule.name) == name.lower()
        )
    )


def routing_scores(session: WorkspaceSession, since: datetime) -> dict[UUID, Score]:
    """How many of the cases opened since then each rule placed, and how many were sent on as misrouted."""
    placed = (Case.workspace_id == session.workspace_id, Case.routed_by_id.is_not(None), Case.opened_at >= since)
    wrong = (
        select(Case.routed_by_id, func.count(func.distinct(Case.id)))
        .join(CaseEvent, (CaseEvent.workspace_id == Case.workspace_id) & (CaseEvent.case_id == Case.id))
        .where(
            *placed,
            CaseEvent.workspace_id == session.workspace_id,
            CaseEvent.kind == Kind.QUEUE,
            CaseEvent.data["rule"].as_string().is_not(None),
        )
        .group_by(Case.routed_by_id)
    )
    misrouted = {rule_id: number for rule_id, number in session.execute(wrong) if rule_id}
    every = select(Case.routed_by_id, func.count()).where(*placed).group_by(Case.routed_by_id)
    return {
        rule_id: Score(number, misrouted.get(rule_id, 0)) for rule_id, number in session.execute(every) if rule_id
    }


def unplaced(session: WorkspaceSession, most: int) -> Sequence[Case]:
    """Live cases that are in no queue, the first due first."""
    statement = select(Case).where(*live(session), Case.queue_id.is_(None))
    return session.scalars(statement.order_by(Case.due_at.is_(None), Case.due_at, Case.number).limit(most)).all()
