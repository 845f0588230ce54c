"""The latest imports: who brought what, and when."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from bot.actions.people import Caller
from bot.actions.shifts_import import EDIT, SHIFTS
from bot.deps import Deps
from bot.domain.imports_list import ImportShown
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.shifts import ShiftChange, Somebody, WorkedShift
from storage.audit import lines_about
from storage.db import WorkspaceSession
from storage.documents import decode, document
from storage.imports import begun_since, change_counts, latest_imports, shift_changes
from storage.people import members, members_by_id
from storage.shifts import queues, shifts_by_id
from storage.tables import Import, Member

MOST = 10
_COUNTED = {"people": "member", SHIFTS: "shift", EDIT: "shift"}


def listed_imports(deps: Deps, caller: Caller) -> tuple[ImportShown, ...]:
    """The last ten, newest first."""
    caller.actor.require(Deed.UNDO_IMPORT)
    with deps.sessions.read(caller.workspace_id) as session:
        rows = latest_imports(session, MOST)
        counts = change_counts(session, [row.id for row in rows])
        actors = _actors(session, [row.id for row in rows])
        begun = {row.id for row in rows if row.undone_at is None and begun_since(session, row, deps.clock())}
        edited = _edited(session, [row.id for row in rows if row.kind == EDIT])
        return tuple(
            replace(
                _shown(row, counts.get(row.id, {}), actors.get(row.id), begun=row.id in begun),
                edited=tuple(edited.get(row.id, ())),
            )
            for row in rows
        )


def _shown(row: Import, counts: Mapping[tuple[str, str], int], by: Somebody | None, *, begun: bool) -> ImportShown:
    counted = {how: count for (table, how), count in counts.items() if table == _COUNTED.get(row.kind)}
    return ImportShown(row.number, row.kind, row.files, row.imported_at, by, row.undone_at, counted, begun)


def _edited(session: WorkspaceSession, import_ids: list[UUID]) -> Mapping[UUID, list[ShiftChange]]:
    """What was done by hand, by import."""
    changes = shift_changes(session, import_ids)
    rows = shifts_by_id(session, [change.subject_id for change in changes])
    people = {row.id: _somebody(row) for row in members(session)} if changes else {}
    names = {row.id: row.name for row in queues(session)} if changes else {}

    def read(said: dict[str, Any]) -> WorkedShift:
        values = decode("shift", said)
        worker, queue = people.get(values["member_id"]), names.get(values["queue_id"])
        return WorkedShift(Interval(values["start"], values["end"]), worker, queue)

    found: defaultdict[UUID, list[ShiftChange]] = defaultdict(list)
    for change in changes:
        before, after = change.before, change.after
        if after and "removed_at" in after and before is not None:
            before, after = document(rows[change.subject_id]), None
        pair = (read(each) if each else None for each in (before, after))
        found[change.import_id].append(ShiftChange(*pair))
    # What was there comes before what was not.
    return {each: sorted(done, key=lambda change: change.before is None) for each, done in found.items()}


def _actors(session: WorkspaceSession, import_ids: list[UUID]) -> dict[UUID, Somebody]:
    """Who did each import, where it was a member."""
    found = {
        line.subject_id: line.actor_id
        for line in lines_about(session, "import", import_ids)
        if line.action != "import.undo" and line.subject_id and line.actor_id
    }
    people = members_by_id(session, [actor_id for actor_id in found.values() if actor_id])
    return {
        import_id: _somebody(row)
        for import_id, actor_id in found.items()
        if import_id and actor_id and (row := people.get(actor_id))
    }


def _somebody(row: Member) -> Somebody:
    return Somebody(row.id, row.slack_name or row.name, row.slack_id)
