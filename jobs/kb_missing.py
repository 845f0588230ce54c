"""Counts once an hour what people looked for in vain."""

from datetime import timedelta

from bot.actions.kb_missing import count_unopened
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def count_missing(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Counts searches whose hits nobody opened, and forgets old ones."""
    count_unopened(deps, workspace_id)


COUNT = Job("kb.missing", Every(timedelta(hours=1)), count_missing)
