"""Every quarter of an hour it is looked at whether as many contacts come as were expected."""

from datetime import timedelta

from bot.actions.coverage_today import watch
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job

_STEP = timedelta(minutes=15)


def watch_volumes(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Says where it is otherwise."""
    watch(deps, workspace_id)


WATCH = Job("coverage_today.watch", Every(_STEP), watch_volumes, late=_STEP)
