"""What a planner brings in: contact volumes, a plan of heads, breaks."""

from datetime import date, timedelta
from pathlib import Path

from bot.actions.activities_import import import_activities
from bot.actions.requirements_import import import_plan
from bot.actions.volumes_import import import_volumes
from bot.connectors.spreadsheets import read_table
from bot.deps import Deps
from bot.domain import activities_import, requirements_import, volumes
from bot.domain.figures import FiguresImport
from bot.domain.permissions import OPERATOR

VOLUME = "interval_start,queue,offered,aht_seconds"
PLAN = "date,start,end,queue,heads,skill,timezone"
ACTIVITIES = "email,date,start,end,activity,timezone"


class Planner:
    """Gives the bot files of figures."""

    def __init__(self, deps: Deps, workspace_id: str, folder: Path) -> None:
        self._deps, self._workspace_id, self._folder = deps, workspace_id, folder

    def volume(self, *lines: str, columns: str = VOLUME, dry_run: bool = False) -> FiguresImport:
        """Contacts that came."""
        file = self._file("volume.csv", [columns, *lines])
        rows = read_table("volume.csv", file, volumes.REQUIRED)
        return import_volumes(self._deps, self._workspace_id, OPERATOR, rows, files="volume.csv", dry_run=dry_run)

    def plan(self, *lines: str, dry_run: bool = False) -> FiguresImport:
        """How many people are needed."""
        rows = read_table("plan.csv", self._file("plan.csv", [PLAN, *lines]), requirements_import.REQUIRED)
        return import_plan(self._deps, self._workspace_id, OPERATOR, rows, files="plan.csv", dry_run=dry_run)

    def activities(self, *lines: str, dry_run: bool = False) -> FiguresImport:
        """Breaks, training and meetings."""
        file = self._file("activities.csv", [ACTIVITIES, *lines])
        rows = read_table("activities.csv", file, activities_import.REQUIRED)
        run = import_activities
        return run(self._deps, self._workspace_id, OPERATOR, rows, files="activities.csv", dry_run=dry_run)

    def _file(self, name: str, lines: list[str]) -> Path:
        path = self._folder / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path


def weeks_of(queue: str, before: date, weeks: int, offered: int, aht: int = 180) -> list[str]:
    """As many contacts in each hour from 9 to 17 on every working day of the weeks before a Monday."""
    days = (before - timedelta(days=number) for number in range(1, 7 * weeks + 1))
    return [
        f"{day} {hour:02}:{minute:02},{queue},{offered},{aht}"
        for day in sorted(days)
        if day.weekday() < 5
        for hour in range(9, 17)
        for minute in (0, 30)
    ]
