"""Every minute it is looked which cases are about to be late, and everybody is told what waits for them."""

from datetime import timedelta

from bot.actions.nudges_turn import turn as take_turn
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Warns, and tells."""
    take_turn(deps, workspace_id)


TURN = Job("nudges.turn", Every(timedelta(minutes=1)), turn)
