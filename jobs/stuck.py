"""Every five minutes it is looked which cases are stuck between two teams."""

from datetime import timedelta

from bot.actions.stuck import look as look_for
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def look(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Looks."""
    look_for(deps, workspace_id)


LOOK = Job("stuck.look", Every(timedelta(minutes=5)), look)
