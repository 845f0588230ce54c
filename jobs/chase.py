"""Every minute: departments are asked again, missed times are counted, and what nobody speaks about goes up."""

from datetime import timedelta

from bot.actions.chase_turn import turn_all
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn_chase(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Looks after the questions of a workspace."""
    turn_all(deps, workspace_id)


TURN = Job("chase.turn", Every(timedelta(minutes=1)), turn_chase)
