"""Once a week the coordinators read which records of cases somebody should put right."""

from datetime import time

from bot.actions.hygiene import post
from bot.deps import Deps
from bot.domain.periods import Daily, Period
from jobs.runs import Job


def post_week(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Posts the list, where it was not yet posted this week."""
    post(deps, workspace_id)


POST = Job("hygiene.post", Daily(time(8)), post_week)
