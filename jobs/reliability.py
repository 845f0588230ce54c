"""Looks whether the weekly report about departments is due: first each one's lead reads it, then the others."""

from datetime import timedelta

from bot.actions.reliability import post
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def post_reliability(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Makes the reports, once a week."""
    post(deps, workspace_id)


POST = Job("reliability.post", Every(timedelta(minutes=30)), post_reliability)
