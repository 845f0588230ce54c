"""Every few minutes: approvers are reminded of exceptions, and what nobody decided in time expires."""

from datetime import timedelta

from bot.actions.exceptions_turn import turn
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn_exceptions(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Goes on with those that wait in a workspace."""
    turn(deps, workspace_id)


TURN = Job("exceptions.turn", Every(timedelta(minutes=5)), turn_exceptions)
