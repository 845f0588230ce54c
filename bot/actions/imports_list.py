"""The latest imports: who brought what, and when."""

from collections.abc import Mapping
from uuid import UUID

from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.imports_list import ImportShown
from bot.domain.permissions import Deed
from bot.domain.shifts import Somebody
from storage.audit import lines_about
from storage.db import WorkspaceSession
from storage.imports import change_counts, latest_imports
from storage.people import members_by_id
from storage.tables import Import

MOST = 10
_COUNTED = {"people": "member", "shifts": "shift"}


def listed_imports(deps: Deps, caller: Caller) -> tuple[ImportShown, ...]:
    """The last ten, newest first."""
    caller.actor.require(Deed.UNDO_IMPORT)
    with deps.sessions.read(caller.workspace_id) as session:
        rows = latest_imports(session, MOST)
        counts = change_counts(session, [row.id for row in rows])
        actors = _actors(session, [row.id for row in rows])
        return tuple(_shown(row, counts.get(row.id, {}), actors.get(row.id)) for row in rows)


def _shown(row: Import, counts: Mapping[tuple[str, str], int], by: Somebody | None) -> ImportShown:
    counted = {how: count for (table, how), count in counts.items() if table == _COUNTED.get(row.kind)}
    return ImportShown(row.number, row.kind, row.files, row.imported_at, by, row.undone_at, counted)


def _actors(session: WorkspaceSession, import_ids: list[UUID]) -> dict[UUID, Somebody]:
    """Who did each import, where it was a member."""
    found = {
        line.subject_id: line.actor_id
        for line in lines_about(session, "import", import_ids)
        if line.action != "import.undo" and line.subject_id and line.actor_id
    }
    people = members_by_id(session, [actor_id for actor_id in found.values() if actor_id])
    return {
        import_id: Somebody(row.id, row.slack_name or row.name, row.slack_id)
        for import_id, actor_id in found.items()
        if import_id and actor_id and (row := people.get(actor_id))
    }
