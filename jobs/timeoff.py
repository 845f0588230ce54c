"""At night leave is earned, carried over and lapses; all day long requests for time off are not left to wait."""

from datetime import time, timedelta

from bot.actions.timeoff_turn import turn_ledgers
from bot.actions.timeoff_turn_requests import turn_requests
from bot.deps import Deps
from bot.domain.periods import Daily, Every, Period
from jobs.runs import Job


def turn(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Brings every ledger up to today."""
    turn_ledgers(deps, workspace_id)


def remind(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Reminds approvers of what waits, and ends what nobody decided in time."""
    turn_requests(deps, workspace_id)


TURN = Job("timeoff.turn", Daily(time(2, 30)), turn)
REMIND = Job("timeoff.remind", Every(timedelta(minutes=5)), remind)
