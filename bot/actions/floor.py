"""What the front desk knows of the workspace, for its examples."""

from bot.actions.people import Caller
from bot.deps import Deps
from bot.views.floor_help import Examples
from storage.audit import last_numbers
from storage.shifts import queues


def examples(deps: Deps, caller: Caller) -> Examples:
    """A queue, and the newest swap and import, as far as there are any."""
    with deps.sessions.read(caller.workspace_id) as session:
        names = [row.name for row in queues(session)]
        newest = last_numbers(session)
    return Examples(names[0] if names else None, newest.get("swap"), newest.get("import"))
