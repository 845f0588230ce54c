"""Time changes what stands on Homes: shifts begin and end, and so do days."""

from datetime import timedelta

from bot.actions.home import turn_homes
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Draws anew what people have open; nothing is published where it shows the same."""
    turn_homes(deps, workspace_id)


TURN = Job("home.turn", Every(timedelta(minutes=15)), turn)
