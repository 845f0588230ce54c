"""At night it is counted what each person has had of nights, weekends, holidays and last-minute covers."""

from datetime import time

from bot.actions.fairness import count_burdens
from bot.deps import Deps
from bot.domain.periods import Daily, Period
from jobs.runs import Job


def tally(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Counts the last year."""
    count_burdens(deps, workspace_id)


TALLY = Job("fairness.tally", Daily(time(3, 30)), tally)
