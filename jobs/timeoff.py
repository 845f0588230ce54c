"""At night leave is earned, carried over and lapses, and whoever is to lose some is told."""

from datetime import time

from bot.actions.timeoff_turn import turn_ledgers
from bot.deps import Deps
from bot.domain.periods import Daily, Period
from jobs.runs import Job


def turn(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Brings every ledger up to today."""
    turn_ledgers(deps, workspace_id)


TURN = Job("timeoff.turn", Daily(time(2, 30)), turn)
