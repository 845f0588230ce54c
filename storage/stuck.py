"""Cases that may be stuck between two teams, and those that were found to be."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from bot.domain.cases import LIVE
from bot.domain.cases import Kind as What
from bot.domain.nudges import Kind
from bot.domain.stuck import REOPENED, REROUTED
from storage.db import WorkspaceSession
from storage.tables import Case, CaseEvent, ExternalCase, Member, Nudge


def may_be_stuck(session: WorkspaceSession, nobodys_before: datetime, most: int) -> Sequence[Case]:
    """Live cases that are nobody's, or were rerouted or reopened too often since a coordinator was told of it.

    Nobody's are those that were so already at an instant, unless somebody whom we do not know has them in their
    helpdesk. The oldest come first.
    """
    told = select(Nudge.id).where(
        Nudge.workspace_id == session.workspace_id,
        Nudge.subject_id == Case.id,
        Nudge.kind == Kind.STUCK,
        Nudge.data["rerouted"].as_integer() >= Case.rerouted,
        Nudge.data["reopened"].as_integer() >= Case.reopened,
    )
    round_and_round = and_(or_(Case.rerouted >= REROUTED, Case.reopened >= REOPENED), ~told.exists())
    taken_away = _owner_events(session).where(CaseEvent.case_id == Case.id, CaseEvent.at > nobodys_before)
    elsewhere = select(ExternalCase.case_id).where(
        ExternalCase.workspace_id == session.workspace_id,
        ExternalCase.case_id == Case.id,
        ExternalCase.seen["owner"].as_string().is_not(None),
    )
    unowned = and_(Case.owner_id.is_(None), ~elsewhere.exists())
    nobodys = and_(unowned, Case.opened_at <= nobodys_before, ~taken_away.exists())
    statement = select(Case).where(*_alive(session), Case.stuck_at.is_(None), or_(nobodys, round_and_round))
    return session.scalars(statement.order_by(Case.opened_at, Case.number).limit(most)).all()


def owned_by_gone(session: WorkspaceSession, most: int) -> Sequence[Case]:
    """Live cases of people who have left: reopened since, or so in a helpdesk or a file."""
    gone = select(Member.id).where(Member.workspace_id == session.workspace_id, Member.deactivated_at.is_not(None))
    statement = select(Case).where(*_alive(session), Case.owner_id.in_(gone))
    return session.scalars(statement.order_by(Case.opened_at, Case.number).limit(most)).all()


def taken_away_at(session: WorkspaceSession, case_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When the owner of these cases changed last; nothing for those of which it never did."""
    statement = _owner_events(session).with_only_columns(CaseEvent.case_id, func.max(CaseEvent.at))
    rows = session.execute(statement.where(CaseEvent.case_id.in_(case_ids)).group_by(CaseEvent.case_id)).all()
    return {row[0]: row[1] for row in rows}


def seen_to(session: WorkspaceSession, most: int) -> Sequence[Case]:
    """Cases that were stuck and that somebody has seen to since."""
    waits = select(Nudge.id).where(
        Nudge.workspace_id == session.workspace_id,
        Nudge.subject_id == Case.id,
        Nudge.kind == Kind.STUCK,
        Nudge.ended_at.is_(None),
    )
    statement = select(Case).where(*_alive(session), Case.stuck_at.is_not(None), ~waits.exists())
    return session.scalars(statement.order_by(Case.stuck_at, Case.number).limit(most)).all()


def _owner_events(session: WorkspaceSession) -> Select[Any]:
    return select(CaseEvent.id).where(CaseEvent.workspace_id == session.workspace_id, CaseEvent.kind == What.OWNER)


def _alive(session: WorkspaceSession) -> tuple[ColumnElement[bool], ...]:
    return Case.workspace_id == session.workspace_id, Case.state.in_(LIVE), Case.external_gone_at.is_(None)
