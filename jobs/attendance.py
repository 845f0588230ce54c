"""Who gives no sign when their work begins is asked, then whoever answers for them; after the day none is kept."""

from datetime import time, timedelta

from bot.actions.attendance_turn import forget, turn
from bot.deps import Deps
from bot.domain.periods import Daily, Every, Period
from jobs.runs import Job


def turn_attendance(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Goes on with who is waited for in a workspace."""
    turn(deps, workspace_id)


def forget_attendance(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Forgets who had come."""
    forget(deps, workspace_id)


TURN = Job("attendance.turn", Every(timedelta(minutes=1)), turn_attendance)
FORGET = Job("attendance.forget", Daily(time(4, 15)), forget_attendance)
