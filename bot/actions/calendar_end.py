"""How the address of a calendar feed comes to an end."""

from collections.abc import Iterable
from uuid import UUID

from bot.actions.record import record
from bot.deps import Deps
from bot.domain.permissions import Actor
from storage.calendar import feed_token, forget_feeds
from storage.db import WorkspaceSession


def revoke(session: WorkspaceSession, deps: Deps, actor: Actor, member_id: UUID) -> None:
    """Nobody can read the member's calendar any more; nothing happens where they have none."""
    token = feed_token(session, member_id)
    if token:
        token.revoked_at = deps.clock()
        session.flush()  # only one may be in force, and another may follow
        record(session, deps, actor, "calendar.stop", ("member", member_id), None, None)


def forget(session: WorkspaceSession, deps: Deps, actor: Actor, member_ids: Iterable[UUID]) -> None:
    """The same for members who go from the roster, on whom nothing may hang then."""
    for member_id in member_ids:
        revoke(session, deps, actor, member_id)
        forget_feeds(session, member_id)
