"""At night it is reckoned what is likely to come in the weeks ahead."""

from datetime import time

from bot.actions.forecast import forecast
from bot.deps import Deps
from bot.domain.periods import Daily, Period
from jobs.runs import Job


def renew(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Reckons it from everything that is known by now."""
    forecast(deps, workspace_id)


FORECAST = Job("coverage.forecast", Daily(time(3, 45)), renew)
