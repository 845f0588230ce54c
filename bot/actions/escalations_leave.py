"""Somebody of a department is no longer here: what they saw to is anybody's there again."""

from uuid import UUID

from bot.actions import chase
from bot.actions.escalations_cards import show
from bot.actions.escalations_turn import Turn
from bot.deps import Deps
from bot.domain.escalations import State
from bot.domain.permissions import Actor
from storage.chase import waiting_for
from storage.db import WorkspaceSession


def leave(session: WorkspaceSession, deps: Deps, actor: Actor, member_id: UUID) -> None:
    """What a member owned nobody owns any more, and what they promised is nobody's promise."""
    for row in waiting_for(session, [member_id]):
        chase.leave(session, deps, row)
        if row.contact_id == member_id:
            row.contact_id = None
        if row.owner_id == member_id:
            before = State(row.state)
            chase.put_aside(session, deps, row)
            row.state, row.owner_id, row.owned_at = State.ASKED, None, None
            Turn(session, deps, actor, row).log("left", before)
        chase.plan_next(session, deps, row)
        show(session, deps, row)
