"""Who approves what others ask for, and where they are told of it."""

from collections.abc import Collection, Iterable, Set
from datetime import datetime
from uuid import UUID

from bot.actions.settings import WORKSPACE, preferences
from bot.domain.approval import Approver, EnteredAsProxy, NotAnApprover, OwnRequest, check_approver
from bot.domain.permissions import Actor, Deed, NotPermitted, Role
from bot.domain.rules import Finding
from bot.domain.windows import moment
from storage.absences import absences_of
from storage.db import WorkspaceSession
from storage.people import holders
from storage.tables import Member

# Why somebody does not decide.
REFUSALS = (NotPermitted, OwnRequest, EnteredAsProxy, NotAnApprover)


class ReviewChanged(Exception):
    """More stands on the card now than when it was last looked at; nothing was decided."""

    def __init__(self, since: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(finding.rule for finding in since))
        self.since = since


def approver_of(
    session: WorkspaceSession,
    actor: Actor,
    deed: Deed,
    team_id: UUID | None,
    parties: Set[UUID],
    proxies: Set[UUID],
    now: datetime | None = None,
) -> Approver:
    """Who decides what is between the parties; a lead counts for this team only.

    With ``now`` coordinators who are away do not count, so that others stand in for them.
    Raises ``NotPermitted``, ``OwnRequest``, ``EnteredAsProxy`` and ``NotAnApprover``.
    """
    actor.require(deed, team=team_id)
    assert actor.member_id
    roles = {
        grant.role for grant in actor.grants if grant.role is not Role.LEAD or grant.team_id in (None, team_id)
    }
    coordinators = frozenset(each.id for each in there(session, holders(session, Role.COORDINATOR), now))
    approver = Approver(actor.member_id, frozenset(roles), coordinators)
    check_approver(approver, parties, proxies)
    return approver


def approver_lanes(
    session: WorkspaceSession,
    team_id: UUID | None,
    concerned: Collection[UUID | None],
    now: datetime | None = None,
) -> list[str]:
    """The coordinators' channel; where there is none, those who may decide what these are concerned in.

    With ``now`` nobody who is away then, if anybody is there.
    """
    channel = preferences(session, f"team:{team_id}" if team_id else WORKSPACE).ops_channel
    if channel:
        return [channel]
    leads = holders(session, Role.LEAD, team_id) if team_id else []
    # The coordinators; where each of them is concerned, or there is none, who may decide in their place.
    levels = (holders(session, Role.COORDINATOR), holders(session, Role.MANAGER), leads)
    return [each.slack_id for each in first_there(session, levels, concerned, now) if each.slack_id]


def private_lanes(session: WorkspaceSession, concerned: Collection[UUID | None], now: datetime) -> list[str]:
    """The coordinators or, where each is concerned or away, the managers: for what no channel is to read."""
    levels = (holders(session, Role.COORDINATOR), holders(session, Role.MANAGER))
    return [each.slack_id for each in first_there(session, levels, concerned, now) if each.slack_id]


def first_there(
    session: WorkspaceSession,
    levels: Iterable[Iterable[Member]],
    concerned: Collection[UUID | None],
    now: datetime | None,
) -> list[Member]:
    """Of the first level that has any: who has an account and is neither concerned nor away.

    Where everybody is away, the first level that has anybody at all.
    """
    free = [[each for each in people if each.slack_id and each.id not in concerned] for people in levels]
    present = [there(session, people, now) for people in free]
    return next((people for people in (*present, *free) if people), [])


def there(session: WorkspaceSession, people: Iterable[Member], now: datetime | None) -> list[Member]:
    """Those who are not away at an instant; None: all of them."""
    every = list(people)
    away = absences_of(session, [each.id for each in every], moment(now)) if now else {}
    return [each for each in every if each.id not in away]
