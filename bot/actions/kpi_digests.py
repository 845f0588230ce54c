"""Reports of key figures that come by themselves: made when their time has come, once, and kept as sent."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from bot.actions.kpi_collect import collect
from bot.actions.kpi_digests_cards import CARD, PEOPLE, ROWS, may_read, sees_people
from bot.actions.kpi_digests_report import as_documents, report_of, times_of, zone_of_workspace
from bot.actions.outbox import tell
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.actions.uploads_documents import to_document
from bot.deps import Deps
from bot.domain.kpi_digests import LATE, Report, Times, due, earlier, next_time, reported
from bot.domain.kpi_periods import Cadence, Span
from bot.domain.permissions import CLOCK, Actor, Deed
from bot.domain.wallclock import local_date
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.kpi_digests import (
    COUNTER,
    digest_of,
    first_noted,
    forget_digests,
    never_subscribed,
    subscription,
    subscriptions,
)
from storage.outbox import Priority
from storage.tables import KpiDigest, KpiSubscription

# What the audit calls a subscription.
KIND = "report"


def turn(deps: Deps, workspace_id: str) -> None:
    """Makes the reports whose time has come, and has the coordinators get a weekly one once there are figures.

    That begins on the morning after the first ones were noted, when they are complete, with the last whole week.
    """
    CLOCK.require(Deed.COLLECT_KPI)
    _begin_usual(deps, workspace_id)
    with deps.sessions.read(workspace_id) as session:
        waiting = [row for row in subscriptions(session) if row.next_at and _next_at(session, deps, row)]
        is_due = any(_due(session, deps, row) for row in waiting)
    if is_due:
        collect(deps, workspace_id, CLOCK)
    for row in waiting:
        _turn(deps, workspace_id, row.id)


def send(
    session: WorkspaceSession,
    deps: Deps,
    row: KpiSubscription,
    report: Report,
    lane: str,
    key: str,
    priority: Priority = Priority.CARD,
) -> None:
    """Posts a report in a lane, and its rows as a workbook in the thread below it."""
    facts = {"report": to_document(report), "key": key}
    said: dict[str, Any] = {"to": lane, "subject": row.id, "facts": facts, "priority": priority}
    told = tell(session, deps, card=CARD, key=key, **said)
    if report.nothing:
        return
    audience = PEOPLE if sees_people(session, lane, row.team_id) else ""
    tell(session, deps, card=ROWS, key=f"{key}:rows", parent=told, audience=audience, **said)


def subscribe(session: WorkspaceSession, deps: Deps, actor: Actor, row: KpiSubscription) -> None:
    """Stores a new subscription, whose first report comes at its next time."""
    row.number, row.created_at = next_number(session, COUNTER), deps.clock()
    row.next_at = next_of(session, deps, row)
    session.add(row)
    session.flush()
    record(session, deps, actor, "kpi.subscribe", (KIND, row.id), None, audited(row), row.number)


def next_of(session: WorkspaceSession, deps: Deps, row: KpiSubscription) -> datetime:
    """When the next report of a subscription comes, if none is missed."""
    preferred = preferences(session)
    return next_time(times_of(row, preferred), deps.clock(), zone_of_workspace(preferred))


def last_whole(session: WorkspaceSession, deps: Deps, row: KpiSubscription) -> Span:
    """The last whole period up to now that a report of a subscription is about."""
    preferred = preferences(session)
    today = local_date(deps.clock(), zone_of_workspace(preferred))
    return reported(Cadence(row.cadence), today, preferred.week_starts)


def audited(row: KpiSubscription) -> dict[str, Any]:
    """What the audit says of a subscription."""
    return {
        "cadence": row.cadence,
        "lane": row.lane,
        "team": str(row.team_id) if row.team_id else None,
        "queue": str(row.queue_id) if row.queue_id else None,
        "measures": list(row.measures),
        "weekday": row.weekday,
        "at": row.at,
    }


def _begin_usual(deps: Deps, workspace_id: str) -> None:
    with deps.sessions.read(workspace_id) as session:
        if not _wants_usual(session, deps):
            return
    with deps.sessions.write(workspace_id) as session:
        channel = _wants_usual(session, deps)
        if channel:
            row = KpiSubscription(
                workspace_id=workspace_id, id=deps.new_id(), cadence=Cadence.WEEKLY, lane=channel, measures=[]
            )
            subscribe(session, deps, CLOCK, row)
            if not report_of(session, deps, row, last_whole(session, deps, row)).nothing:
                row.next_at = deps.clock()


def _wants_usual(session: WorkspaceSession, deps: Deps) -> str | None:
    """The coordinators' channel, where nobody has ever said who gets what and there is something to say."""
    preferred = preferences(session)
    if not preferred.ops_channel or not never_subscribed(session):
        return None
    noted, mornings = first_noted(session), Times(Cadence.DAILY, 0, time.fromisoformat(preferred.digest_at))
    if noted is None or next_time(mornings, noted, zone_of_workspace(preferred)) > deps.clock():
        return None
    return preferred.ops_channel


def _turn(deps: Deps, workspace_id: str, subscription_id: UUID) -> None:
    """Makes the report that is due, or notes when the next one comes where the workspace has said otherwise."""
    with deps.sessions.read(workspace_id) as session:
        row = subscription(session, subscription_id)
        found = _due(session, deps, row) if row else None
        report = report_of(session, deps, row, found) if row and found else None
        seen = audited(row) if row else None
    with deps.sessions.write(workspace_id) as session:
        row = subscription(session, subscription_id)
        # Whoever has changed it meanwhile gets the report at the next look.
        if row is None or row.next_at is None or audited(row) != seen or _due(session, deps, row) != found:
            return
        if not may_read(session, row.lane, row.team_id):
            _end(session, deps, row)
            return
        next_at = _next_at(session, deps, row)
        if report and digest_of(session, row.id, report.span.starts, report.span.ends) is None:
            _send(session, deps, row, report)
        row.next_at = next_at or row.next_at


def _end(session: WorkspaceSession, deps: Deps, row: KpiSubscription) -> None:
    """Whoever has left, or may not read these figures any more, gets no more of them."""
    before, row.deleted_at, row.next_at = audited(row), deps.clock(), None
    record(session, deps, CLOCK, "kpi.unsubscribe", (KIND, row.id), before, None, row.number)


def _send(session: WorkspaceSession, deps: Deps, row: KpiSubscription, report: Report) -> None:
    figures, corrected = as_documents(report)
    digest = KpiDigest(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        subscription_id=row.id,
        starts=report.span.starts,
        ends=report.span.ends,
        team_id=report.cut.team_id,
        queue_id=report.cut.queue_id,
        made_at=report.made_at,
        figures=figures,
        corrected=corrected,
    )
    session.add(digest)
    forget_digests(session, row.id, earlier(report.span, LATE)[0].starts)
    send(session, deps, row, report, row.lane, f"{CARD}:{digest.id}")


def _due(session: WorkspaceSession, deps: Deps, row: KpiSubscription) -> Span | None:
    if row.next_at is None:
        return None
    preferred = preferences(session)
    zone = zone_of_workspace(preferred)
    return due(times_of(row, preferred), row.next_at, deps.clock(), preferred.week_starts, zone)


def _next_at(session: WorkspaceSession, deps: Deps, row: KpiSubscription) -> datetime | None:
    """When its next report comes, unless that is noted already."""
    expected = next_of(session, deps, row)
    return None if row.next_at == expected else expected
