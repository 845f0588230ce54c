"""The cases of the sample team, the departments that it asks, and who may approve what."""

from pathlib import Path
from zoneinfo import ZoneInfo

from bot.actions.cases_import import import_cases
from bot.actions.departments import change_desk
from bot.actions.matrix_change import approve, propose_rows
from bot.actions.people import recognise
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.settings_change import change_settings
from bot.connectors.spreadsheets import read_table
from bot.deps import Deps
from bot.domain import cases_import
from bot.domain.desks import DeskWanted
from bot.domain.matrix import Row
from bot.sandbox import Sandbox
from bot.sandbox.sample_cases import ASKED, write_cases
from storage.people import departments

_SETTINGS = {
    "business_hours": "mon-fri 08:00-20:00; sat 09:00-14:00",
    "exception_limits": "agent 20 EUR; lead 100 EUR; coordinator 1000 EUR",
}


def bring_in_cases(sandbox: Sandbox, deps: Deps, workspace_id: str, folder: Path) -> None:
    """Ben says which department is asked what, Nora approves it, and he imports what the helpdesk has open."""
    ben, nora = (recognise(deps, workspace_id, sandbox.user_id(each)) for each in ("ben", "nora"))
    change_settings(deps, workspace_id, nora.actor, WORKSPACE, _SETTINGS)
    with deps.sessions.read(workspace_id) as session:
        ids = {each.name: each.id for each in departments(session)}
        zone = ZoneInfo(preferences(session).time_zone)
    for name, department_id in ids.items():
        change_desk(deps, ben, DeskWanted(department_id, sandbox.channel_id(f"#{name}"), None, None, None))
    rows = tuple(Row(ids[name], category) for category, name in ASKED.items())
    version = propose_rows(deps, ben, deps.new_id(), "As we have agreed with the departments", lambda _: rows)
    approve(deps, nora, version.id)
    file = write_cases(folder, deps.clock().astimezone(zone))
    lines = read_table(file.name, file, cases_import.REQUIRED)
    import_cases(deps, workspace_id, ben.actor, lines, files=file.name, dry_run=False)
