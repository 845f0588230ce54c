"""Looks whether the time for the post at stand-up has come, which is a setting."""

from datetime import timedelta

from bot.actions.standup import post
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def post_standup(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Posts it if it has, once a day."""
    post(deps, workspace_id)


POST = Job("standup.post", Every(timedelta(minutes=5)), post_standup)
