"""Every minute: what was announced for later goes out, people are reminded, and what is over ends."""

from datetime import timedelta

from bot.actions.announcements_turn import turn
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn_announcements(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Goes on with those for which it is time."""
    turn(deps, workspace_id)


TURN = Job("announcements.turn", Every(timedelta(minutes=1)), turn_announcements)
