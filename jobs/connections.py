"""Every minute what was decided is written to the helpdesks, and what changed in the tools is read."""

from datetime import timedelta

from bot.actions.connections_sync import turn
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn_helpdesks(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Goes on where it was left; what fails is tried again in its time."""
    turn(deps, workspace_id)


SYNC = Job("connections.sync", Every(timedelta(minutes=1)), turn_helpdesks)
