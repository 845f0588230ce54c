"""What stands in the terminal when the demo has started."""

from datetime import timedelta
from pathlib import Path

from bot.demo.cast import ZONE
from bot.demo.stage import Stage
from storage.shifts import last_planned

_AHEAD = timedelta(days=14)  # for which people plan, and which they see first


def greeting(stage: Stage, folder: Path) -> str:
    """Where it is, whom one meets there, and what there is to do; ``folder`` is where it is kept."""
    sandbox = stage.sandbox
    waits = ", answer the swap that waits for Ana, approve one as Ben" if stage.first else ""
    kept = "The team is kept" if stage.first else "Everything is as you left it"
    return f"""\
Floorwalker is at work: {sandbox.url}/?as=ana&in={sandbox.channel_id("#floor")}

You are Ana, an agent; “Acting as” at the top makes you anybody else: Carla leads the voice team, Ben
coordinates, Nora is the manager. Type /shifts, /swap or /case{waits}.

{kept} in {folder}; --fresh begins anew.{_running_out(stage)} Ctrl+C ends it."""


def _running_out(stage: Stage) -> str:
    """Says when the schedule ends, where that is soon."""
    with stage.deps.sessions.read(stage.sandbox.team_id) as session:
        last = last_planned(session)
    if last is None or last - stage.deps.clock() > _AHEAD:
        return ""
    day = last.astimezone(ZONE)
    return f" The schedule there ends on {day:%a, %b} {day.day}."
