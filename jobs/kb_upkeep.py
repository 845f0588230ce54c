"""Every morning owners of articles are reminded of what is due, and others read what stays overdue."""

from datetime import time

from bot.actions.kb_upkeep_turn import remind
from bot.deps import Deps
from bot.domain.periods import Daily, Period
from jobs.runs import Job


def remind_owners(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Reminds, and lists."""
    remind(deps, workspace_id)


UPKEEP = Job("kb.upkeep", Daily(time(9)), remind_owners)
