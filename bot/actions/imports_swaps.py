"""Taking back an import of shifts that were swapped: what stands in the way, and what stays for the record."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from bot.domain.swaps import PENDING, State
from storage.db import WorkspaceSession
from storage.imports import Reference
from storage.shifts import assignments_of, is_as_planned
from storage.swaps import swaps_by_shift
from storage.tables import Assignment, ImportChange, Shift

_LIVE = PENDING | {State.APPROVED}
# What swaps leave behind: assignments that they append to a shift, and their own record, which names assignments.
_LEFT_BEHIND = {("shift", "assignment"), ("assignment", "swap")}


def touched_shifts(altered: Iterable[ImportChange], used: Iterable[Reference]) -> set[UUID]:
    """The shifts added by an import, or given new assignments by it, at which swaps may have left something."""
    changes = [change for change in altered if change.table == "assignment"]
    changes += [change for change, table, _ in used if (change.table, table) in _LEFT_BEHIND]
    return {shift_id for change in changes if (shift_id := _shift_id(change))}


def swapped_in_vain(session: WorkspaceSession, shift_ids: Collection[UUID]) -> set[UUID]:
    """Those of the shifts that swaps have named and that are worked as planned nevertheless, or again."""
    standing: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    for row in assignments_of(session, shift_ids):
        standing[row.shift_id].append(row)
    return {
        shift_id
        for shift_id in swaps_by_shift(session, shift_ids)
        if is_as_planned(session.get_one(Shift, (session.workspace_id, shift_id)), standing[shift_id])
    }


def live_swaps(session: WorkspaceSession, shift_ids: Collection[UUID]) -> tuple[int, ...]:
    """The numbers of the swaps that wait for one of the shifts or are in force."""
    found = swaps_by_shift(session, shift_ids, _LIVE).values()
    return tuple(sorted({row.number for rows in found for row in rows}))


def is_left_behind(reference: Reference, in_vain: Collection[UUID]) -> bool:
    """Whether a reference is only what swaps have left behind at a shift that was swapped in vain."""
    change, table, _ = reference
    return (change.table, table) in _LEFT_BEHIND and _shift_id(change) in in_vain


def came_back(change: ImportChange, in_vain: Collection[UUID]) -> bool:
    """Whether what was altered is only an assignment that went to a colleague and came back."""
    return change.table == "assignment" and _shift_id(change) in in_vain


def retire(
    session: WorkspaceSession, changes: Iterable[ImportChange], shift_ids: Collection[UUID], now: datetime
) -> list[ImportChange]:
    """Ends what the records of swaps name instead of forgetting it; what is left to be taken back."""
    for row in assignments_of(session, shift_ids):
        row.replaced_at = now
    left = []
    for change in changes:
        if change.before is not None or _shift_id(change) not in shift_ids:
            left.append(change)
        elif change.table == "shift":
            shift = session.get_one(Shift, (session.workspace_id, change.subject_id))
            # The note goes with the import.
            shift.removed_at, shift.note_id = now, None
    return left


def _shift_id(change: ImportChange) -> UUID | None:
    """The shift that was added or changed, or to which an added assignment belongs."""
    if change.table == "shift":
        return change.subject_id
    said = (change.after or {}).get("shift_id")
    return UUID(said) if said else None
