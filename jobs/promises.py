"""Every minute: who promised a customer something is reminded of it, and of what went by."""

from datetime import timedelta

from bot.actions.promises_turn import turn_promises
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Goes on with the promises of a workspace."""
    turn_promises(deps, workspace_id)


TURN = Job("promises.turn", Every(timedelta(minutes=1)), turn)
