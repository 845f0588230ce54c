"""Once a day it is looked at which hours are short week after week."""

from datetime import time

from bot.actions.coverage_patterns import look
from bot.deps import Deps
from bot.domain.periods import Daily, Period
from jobs.runs import Job


def look_back(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Proposes what is new of it."""
    look(deps, workspace_id)


LOOK = Job("coverage_patterns.look", Daily(time(5, 30)), look_back)
