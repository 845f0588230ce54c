"""Swaps that nobody settles in time come to an end."""

from datetime import timedelta

from bot.actions.swaps_end import expire
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def expire_swaps(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Ends them and tells both."""
    expire(deps, workspace_id)


EXPIRE = Job("swaps.expire", Every(timedelta(minutes=5)), expire_swaps)
