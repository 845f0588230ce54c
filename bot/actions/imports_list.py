"""The imports that there were: who brought what, and when."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from bot.actions.people import Caller
from bot.actions.shifts_import import EDIT, SHIFTS
from bot.actions.unowned import not_offered
from bot.deps import Deps
from bot.domain.imports_list import PAGE, ImportPage, ImportShown, Shelf
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.shifts import ShiftChange, Somebody, WorkedShift
from storage.audit import lines_about
from storage.db import WorkspaceSession
from storage.documents import decode, document
from storage.imports import begun_since, change_counts, count_imports, latest_imports, shift_changes
from storage.people import members, members_by_id
from storage.shifts import queues, shifts_by_id
from storage.tables import Import, Member

_COUNTED = {
    "people": "member",
    "leave": "leave_line",
    SHIFTS: "shift",
    EDIT: "shift",
    "volume": "volume",
    "plan": "requirement",
    "activities": "activity",
    "cases": "case",
    "figures": "kpi_fact",
}
_KINDS = {Shelf.FILES: tuple(kind for kind in _COUNTED if kind != EDIT), Shelf.EDITS: (EDIT,)}


def listed_imports(
    deps: Deps, caller: Caller, shelf: Shelf | None = None, page: int = 0
) -> tuple[ImportPage, ...]:
    """A page of the imports of a kind or, where none is named, the first page of each."""
    caller.actor.require(Deed.UNDO_IMPORT)
    with deps.sessions.read(caller.workspace_id) as session:
        return tuple(_page(session, deps, each, page) for each in ([shelf] if shelf else Shelf))


def edited_by_hand(session: WorkspaceSession, import_ids: Collection[UUID]) -> Mapping[UUID, list[ShiftChange]]:
    """What was done to which shifts, by import, with whose each was and is."""
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


def _page(session: WorkspaceSession, deps: Deps, shelf: Shelf, page: int) -> ImportPage:
    total = count_imports(session, _KINDS[shelf])
    page = max(0, min(page, (total - 1) // PAGE))
    rows = latest_imports(session, _KINDS[shelf], page * PAGE, PAGE)
    counts = change_counts(session, [row.id for row in rows])
    actors = _actors(session, [row.id for row in rows])
    begun = {row.id for row in rows if row.undone_at is None and begun_since(session, row, deps.clock())}
    edited = edited_by_hand(session, [row.id for row in rows if row.kind == EDIT])
    in_force = [row.id for row in rows if row.undone_at is None]
    unowned = not_offered(session, in_force, deps.clock())
    shown = (
        replace(
            _shown(row, counts.get(row.id, {}), actors.get(row.id), begun=row.id in begun),
            edited=tuple(edited.get(row.id, ())),
            unowned=len(unowned.get(row.id, ())),
        )
        for row in rows
    )
    return ImportPage(shelf, tuple(shown), page, total)


def _shown(row: Import, counts: Mapping[tuple[str, str], int], by: Somebody | None, *, begun: bool) -> ImportShown:
    counted = {how: count for (table, how), count in counts.items() if table == _COUNTED.get(row.kind)}
    return ImportShown(row.number, row.kind, row.files, row.imported_at, by, row.undone_at, counted, begun)


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
