"""Every minute: a raised hand to which nobody has come goes up a level."""

from datetime import timedelta

from bot.actions.handup_turn import turn
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn_hands(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Goes on with those that wait in a workspace."""
    turn(deps, workspace_id)


TURN = Job("handup.turn", Every(timedelta(minutes=1)), turn_hands)
