"""What time does to a waiting list: who has not answered is passed over, and what came free is offered on."""

from datetime import timedelta

from bot.actions.timeoff_waitlist import turn
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn_waitlist(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Looks after the waiting list of a workspace."""
    turn(deps, workspace_id)


TURN = Job("timeoff_waitlist.turn", Every(timedelta(minutes=5)), turn_waitlist)
