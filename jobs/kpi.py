"""Every few minutes it is looked whether what was measured has to be reckoned anew."""

from datetime import timedelta

from bot.actions.kpi_collect import collect
from bot.deps import Deps
from bot.domain.periods import Every, Period
from bot.domain.permissions import CLOCK
from jobs.runs import Job


def collect_facts(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Reckons what may have changed since."""
    collect(deps, workspace_id, CLOCK)


COLLECT = Job("kpi.collect", Every(timedelta(minutes=5)), collect_facts)
