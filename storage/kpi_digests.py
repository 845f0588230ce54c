"""Subscriptions to reports of key figures, and the reports that were sent."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from storage.db import WorkspaceSession
from storage.tables import Counter, KpiDigest, KpiFact, KpiSubscription

COUNTER = "kpi_subscription"


def subscription(session: WorkspaceSession, subscription_id: UUID) -> KpiSubscription | None:
    """The subscription with this id, deleted or not."""
    return session.get(KpiSubscription, (session.workspace_id, subscription_id))


def subscriptions(session: WorkspaceSession) -> Sequence[KpiSubscription]:
    """All that are not deleted, in order."""
    statement = select(KpiSubscription).where(
        KpiSubscription.workspace_id == session.workspace_id, KpiSubscription.deleted_at.is_(None)
    )
    return session.scalars(statement.order_by(KpiSubscription.number)).all()


def never_subscribed(session: WorkspaceSession) -> bool:
    """Whether there has never been a subscription."""
    return session.get(Counter, (session.workspace_id, COUNTER)) is None


def first_noted(session: WorkspaceSession) -> datetime | None:
    """When the oldest of what was measured was noted; None where nothing was."""
    oldest = func.min(KpiFact.changed_at, type_=KpiFact.changed_at.type)
    return session.scalar(select(oldest).where(KpiFact.workspace_id == session.workspace_id))


def digests_before(
    session: WorkspaceSession, row: KpiSubscription, starts: date, most: int
) -> Sequence[KpiDigest]:
    """The newest reports of a subscription, as it is now, about what lies before a day, oldest first."""
    statement = (
        select(KpiDigest)
        .where(
            KpiDigest.workspace_id == session.workspace_id,
            KpiDigest.subscription_id == row.id,
            KpiDigest.team_id.is_not_distinct_from(row.team_id),
            KpiDigest.queue_id.is_not_distinct_from(row.queue_id),
            KpiDigest.starts < starts,
        )
        .order_by(KpiDigest.starts.desc())
        .limit(most)
    )
    return session.scalars(statement).all()[::-1]


def digest_of(session: WorkspaceSession, subscription_id: UUID, starts: date, ends: date) -> KpiDigest | None:
    """The report of a subscription about a period."""
    return session.scalar(
        select(KpiDigest).where(
            KpiDigest.workspace_id == session.workspace_id,
            KpiDigest.subscription_id == subscription_id,
            KpiDigest.starts == starts,
            KpiDigest.ends == ends,
        )
    )


def forget_digests(session: WorkspaceSession, subscription_id: UUID, before: date) -> None:
    """Those about what lies before a day: nothing is compared with them any more."""
    session.execute(
        delete(KpiDigest).where(
            KpiDigest.workspace_id == session.workspace_id,
            KpiDigest.subscription_id == subscription_id,
            KpiDigest.starts < before,
        )
    )


def facts_of(session: WorkspaceSession, starts: date, ends: date) -> Sequence[KpiFact]:
    """What was measured from a day up to another, in order."""
    statement = select(KpiFact).where(
        KpiFact.workspace_id == session.workspace_id, KpiFact.day >= starts, KpiFact.day < ends
    )
    return session.scalars(statement.order_by(KpiFact.day, KpiFact.measure, KpiFact.source, KpiFact.cut)).all()
