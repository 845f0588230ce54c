"""Who approves what others ask for, and where they are told of it."""

from collections.abc import Collection, Set
from uuid import UUID

from bot.actions.settings import WORKSPACE, preferences
from bot.domain.approval import Approver, EnteredAsProxy, NotAnApprover, OwnRequest, check_approver
from bot.domain.permissions import Actor, Deed, NotPermitted, Role
from bot.domain.rules import Finding
from storage.db import WorkspaceSession
from storage.people import holders

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
) -> Approver:
    """Who decides what is between the parties; a lead counts for this team only.

    Raises ``NotPermitted``, ``OwnRequest``, ``EnteredAsProxy`` and ``NotAnApprover``.
    """
    actor.require(deed, team=team_id)
    assert actor.member_id
    roles = {
        grant.role for grant in actor.grants if grant.role is not Role.LEAD or grant.team_id in (None, team_id)
    }
    coordinators = frozenset(each.id for each in holders(session, Role.COORDINATOR))
    approver = Approver(actor.member_id, frozenset(roles), coordinators)
    check_approver(approver, parties, proxies)
    return approver


def approver_lanes(
    session: WorkspaceSession, team_id: UUID | None, concerned: Collection[UUID | None]
) -> list[str]:
    """The coordinators' channel; where there is none, those who may decide what these are concerned in."""
    channel = preferences(session, f"team:{team_id}" if team_id else WORKSPACE).ops_channel
    if channel:
        return [channel]
    leads = holders(session, Role.LEAD, team_id) if team_id else []
    # The coordinators; where each of them is concerned, or there is none, who may decide in their place.
    for people in (holders(session, Role.COORDINATOR), holders(session, Role.MANAGER), leads):
        if free := [each.slack_id for each in people if each.slack_id and each.id not in concerned]:
            return free
    return []
