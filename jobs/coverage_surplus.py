"""Whoever is next is asked whether they want the time off that is offered, and what is over ends."""

from datetime import timedelta

from bot.actions.coverage_surplus import turn
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn_offers(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Looks after the offers of a workspace."""
    turn(deps, workspace_id)


TURN = Job("coverage_surplus.turn", Every(timedelta(minutes=1)), turn_offers)
