"""That somebody has looked at what is another person's is noted."""

from datetime import timedelta
from uuid import UUID

from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from storage.audit import has_line_since

# Who turns pages, or comes back, is noted once.
_SAME_LOOK = timedelta(hours=1)


def note_look(deps: Deps, caller: Caller, action: str, member_id: UUID) -> None:
    """Notes that the caller has looked at something about a member."""
    with deps.sessions.write(caller.workspace_id) as session:
        since = deps.clock() - _SAME_LOOK
        if not has_line_since(session, action, caller.actor.member_id, member_id, since):
            record(session, deps, caller.actor, action, ("member", member_id), None, None)
