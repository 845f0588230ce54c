"""What the front desk knows of the workspace, for its examples."""

from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.permissions import Deed, Reach
from bot.domain.swaps import State
from bot.views.floor_help import Examples
from storage.audit import last_numbers
from storage.db import WorkspaceSession
from storage.shifts import queues
from storage.swaps import swaps_of_member


def examples(deps: Deps, caller: Caller) -> Examples:
    """A queue, and the newest swap that they may see and the newest import, as far as there are any."""
    with deps.sessions.read(caller.workspace_id) as session:
        names = [row.name for row in queues(session)]
        newest = last_numbers(session)
        everybodys = caller.actor.reach(Deed.SEE_SWAP) is Reach.ANYBODY
        swap = newest.get("swap") if everybodys else _newest_of(session, caller)
    return Examples(names[0] if names else None, swap, newest.get("import"), newest.get("case"))


def _newest_of(session: WorkspaceSession, caller: Caller) -> int | None:
    return max((row.number for row in swaps_of_member(session, caller.actor.member_id, list(State))), default=None)
