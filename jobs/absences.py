"""What was reported a little while ago comes in force, and what nobody works is told again before it begins."""

from datetime import timedelta

from bot.actions.absences import turn
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn_absences(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Looks after the absences of a workspace."""
    turn(deps, workspace_id)


TURN = Job("absences.turn", Every(timedelta(minutes=1)), turn_absences)
