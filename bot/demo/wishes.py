"""What people of the sample team have said of being asked to cover, brought in as they would."""

from bot.actions.own import OwnPreferences, change_own
from bot.actions.people import recognise
from bot.deps import Deps
from bot.sandbox import Sandbox

# Between them they work in every queue, and in turns, so that somebody of them is free at most hours.
_AT_ANY_HOUR = ("eva", "karim", "vera")


def bring_in_wishes(sandbox: Sandbox, deps: Deps, workspace_id: str) -> None:
    """Some may be asked at any hour in an emergency."""
    for handle in _AT_ANY_HOUR:
        actor = recognise(deps, workspace_id, sandbox.user_id(handle)).actor
        change_own(deps, workspace_id, actor, OwnPreferences(at_any_hour=True))
