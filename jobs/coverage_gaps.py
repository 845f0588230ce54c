"""Every quarter of an hour it is looked ahead for gaps, and within a minute of anything that may change them."""

from datetime import timedelta

from bot.actions.coverage_gaps import follow, look
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job

_MINUTE = timedelta(minutes=1)


def look_ahead(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Warns of what is new."""
    look(deps, workspace_id)


def follow_changes(deps: Deps, workspace_id: str, period: Period) -> None:
    """The same if anything was noted since the minute before the last."""
    follow(deps, workspace_id, period.due_at - 2 * _MINUTE)


LOOK = Job("coverage_gaps.look", Every(timedelta(minutes=15)), look_ahead)
# After downtime the other one looks anyway.
FOLLOW = Job("coverage_gaps.follow", Every(_MINUTE), follow_changes, late=5 * _MINUTE)
