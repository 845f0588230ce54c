"""Covers go on by themselves: the next people are asked, and what nobody took in time comes to an end."""

from datetime import timedelta

from bot.actions.covers_end import expire
from bot.actions.covers_waves import ask_due
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn_covers(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Ends what is over, then asks for what is not."""
    expire(deps, workspace_id)
    ask_due(deps, workspace_id)


TURN = Job("covers.turn", Every(timedelta(minutes=1)), turn_covers)
