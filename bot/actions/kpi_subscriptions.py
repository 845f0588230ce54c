"""Subscribing to reports of key figures, and changing, pausing, trying and ending that."""

from datetime import time
from uuid import UUID

from bot.actions.cards import is_person
from bot.actions.channels import trouble_with
from bot.actions.kpi_digests import KIND, audited, last_whole, next_of, send, subscribe
from bot.actions.kpi_digests_cards import CARD, may_read, whose
from bot.actions.kpi_digests_report import report_of
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.channels import BadChannels
from bot.domain.kpi import Figure
from bot.domain.kpi_digests import NoSuchSubscription
from bot.domain.kpi_periods import Cadence
from bot.domain.kpi_subscriptions import Choices, NotAReader, NoTeam, SubscriptionShown, Wanted
from bot.domain.permissions import Deed, NotPermitted, Reach
from storage.db import WorkspaceSession
from storage.kpi_digests import subscription, subscriptions
from storage.outbox import Priority
from storage.people import teams
from storage.shifts import queues
from storage.swaps import form_result, remember_form
from storage.tables import KpiSubscription

# What ``BadChannels`` calls the channel.
LANE = "lane"


def subscribed(deps: Deps, caller: Caller) -> tuple[SubscriptionShown, ...]:
    """What the caller may change. Raises ``NotPermitted``."""
    _demand(caller)
    with deps.sessions.read(caller.workspace_id) as session:
        return tuple(_shown(session, row) for row in subscriptions(session) if _may(caller, row.team_id))


def choices(deps: Deps, caller: Caller, subscription_id: UUID | None = None) -> Choices:
    """What the form offers. Raises ``NotPermitted`` and ``NoSuchSubscription``."""
    _demand(caller)
    with deps.sessions.read(caller.workspace_id) as session:
        row = _own(session, caller, subscription_id) if subscription_id else None
        return Choices(
            {team.id: team.name for team in teams(session) if _may(caller, team.id)},
            {queue.id: queue.name for queue in queues(session)},
            _may(caller, None),
            _shown(session, row) if row else None,
        )


def save(
    deps: Deps, caller: Caller, nonce: UUID, wanted: Wanted, subscription_id: UUID | None = None
) -> SubscriptionShown:
    """Subscribes, or changes a subscription, which is not paused any more.

    Raises ``NotPermitted``, ``NoTeam``, ``BadChannels``, ``NotAReader`` and ``NoSuchSubscription``.
    """
    _demand(caller)
    if not _may(caller, wanted.team_id):
        raise NoTeam
    if not is_person(wanted.lane) and (trouble := trouble_with(deps, wanted.lane)):
        raise BadChannels({LANE: trouble})
    with deps.sessions.write(caller.workspace_id) as session:
        if (known := form_result(session, nonce)) and (row := subscription(session, known)):
            return _shown(session, row)
        if not may_read(session, wanted.lane, wanted.team_id):
            raise NotAReader
        row = _own(session, caller, subscription_id) if subscription_id else None
        before = audited(row) if row else None
        row = row or KpiSubscription(
            workspace_id=session.workspace_id, id=deps.new_id(), owner_id=caller.actor.member_id
        )
        _write(row, wanted)
        if before is None:
            subscribe(session, deps, caller.actor, row)
        else:
            row.next_at = next_of(session, deps, row)
            _note_change(session, deps, caller, "kpi.subscription", row, before)
        remember_form(session, nonce, row.id, deps.clock())
        return _shown(session, row)


def pause(deps: Deps, caller: Caller, subscription_id: UUID) -> SubscriptionShown:
    """Has no report come until it is resumed. Raises ``NotPermitted`` and ``NoSuchSubscription``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _own(session, caller, subscription_id)
        if row.next_at:
            row.next_at = None
            _note_change(session, deps, caller, "kpi.pause", row, None)
        return _shown(session, row)


def resume(deps: Deps, caller: Caller, subscription_id: UUID) -> SubscriptionShown:
    """Has reports come again from the next time on. Raises ``NotPermitted`` and ``NoSuchSubscription``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _own(session, caller, subscription_id)
        if row.next_at is None:
            row.next_at = next_of(session, deps, row)
            _note_change(session, deps, caller, "kpi.resume", row, None)
        return _shown(session, row)


def delete(deps: Deps, caller: Caller, subscription_id: UUID) -> SubscriptionShown:
    """Ends it; what was sent stays. Raises ``NotPermitted`` and ``NoSuchSubscription``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _own(session, caller, subscription_id)
        row.deleted_at, row.next_at = deps.clock(), None
        _note_change(session, deps, caller, "kpi.unsubscribe", row, audited(row))
        return _shown(session, row)


def bring_back(deps: Deps, caller: Caller, subscription_id: UUID) -> SubscriptionShown:
    """Has one that was deleted go on. Raises ``NotPermitted`` and ``NoSuchSubscription``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _own(session, caller, subscription_id, deleted=True)
        if row.deleted_at:
            row.deleted_at, row.next_at = None, next_of(session, deps, row)
            record(session, deps, caller.actor, "kpi.subscribe", (KIND, row.id), None, audited(row), row.number)
        return _shown(session, row)


def try_now(deps: Deps, caller: Caller, subscription_id: UUID) -> SubscriptionShown:
    """Sends the caller, and nobody else, the report of the last whole period as it would be now.

    Raises ``NotPermitted`` and ``NoSuchSubscription``.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        row = _own(session, caller, subscription_id)
        report = report_of(session, deps, row, last_whole(session, deps, row))
    with deps.sessions.write(caller.workspace_id) as session:
        row = _own(session, caller, subscription_id)
        send(session, deps, row, report, caller.slack_id, f"{CARD}:try:{deps.new_id()}", Priority.PRESS)
        _note_change(session, deps, caller, "kpi.try", row, None)
        return _shown(session, row)


def _demand(caller: Caller) -> None:
    if caller.actor.reach(Deed.SUBSCRIBE_KPI) is Reach.NOBODY:
        raise NotPermitted(Deed.SUBSCRIBE_KPI)


def _may(caller: Caller, team_id: UUID | None) -> bool:
    return caller.actor.may(Deed.SUBSCRIBE_KPI, team=team_id)


def _own(
    session: WorkspaceSession, caller: Caller, subscription_id: UUID, *, deleted: bool = False
) -> KpiSubscription:
    row = subscription(session, subscription_id)
    if row is None or (row.deleted_at and not deleted):
        raise NoSuchSubscription
    caller.actor.require(Deed.SUBSCRIBE_KPI, team=row.team_id)
    return row


def _write(row: KpiSubscription, wanted: Wanted) -> None:
    row.cadence, row.lane, row.team_id, row.queue_id = wanted.cadence, wanted.lane, wanted.team_id, wanted.queue_id
    row.measures = [str(each) for each in wanted.figures]
    row.weekday, row.at = wanted.weekday, f"{wanted.at:%H:%M}" if wanted.at else None


def _note_change(
    session: WorkspaceSession,
    deps: Deps,
    caller: Caller,
    action: str,
    row: KpiSubscription,
    before: dict[str, object] | None,
) -> None:
    session.flush()
    after = None if row.deleted_at else audited(row)
    record(session, deps, caller.actor, action, (KIND, row.id), before, after, row.number)


def _shown(session: WorkspaceSession, row: KpiSubscription) -> SubscriptionShown:
    wanted = Wanted(
        Cadence(row.cadence),
        row.lane,
        row.team_id,
        row.queue_id,
        tuple(map(Figure, row.measures)),
        row.weekday,
        time.fromisoformat(row.at) if row.at else None,
    )
    return SubscriptionShown(row.id, row.number, wanted, whose(session, row.team_id, row.queue_id), row.next_at)
