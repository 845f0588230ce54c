"""Within a minute of a change of settings, every clock of a case goes by them."""

from datetime import timedelta

from bot.actions.sla_follow import follow
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def follow_settings(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Reckons the clocks anew if any settings were changed since."""
    follow(deps, workspace_id)


FOLLOW = Job("sla.follow", Every(timedelta(minutes=1)), follow_settings)
