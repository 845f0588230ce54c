"""Taking back an import of shifts that were swapped: what stands in the way, and what stays for the record."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from bot.actions.swaps_turn import life_of
from bot.domain.swaps import PENDING, Replan, State
from bot.domain.swaps_life import transition
from storage.db import WorkspaceSession
from storage.imports import Reference
from storage.imports_swaps import Exchanged, starts_of, with_shifts
from storage.shifts import assignments_of, is_as_planned
from storage.swaps import swaps_by_shift
from storage.tables import Assignment, Import, ImportChange, Shift, Swap

_LIVE = PENDING | {State.APPROVED}
# What swaps leave behind: assignments that they append to a shift, and their own record, which names assignments.
_LEFT_BEHIND = {("shift", "assignment"), ("assignment", "swap")}


def touched_shifts(altered: Iterable[ImportChange], used: Iterable[Reference]) -> set[UUID]:
    """The shifts added by an import, or given new assignments by it, at which swaps may have left something."""
    changes = [change for change in altered if change.table == "assignment"]
    changes += [change for change, table, _ in used if (change.table, table) in _LEFT_BEHIND]
    return {shift_id for change in changes if (shift_id := _shift_id(change))}


def touched_by(changes: Iterable[ImportChange]) -> set[UUID]:
    """The shifts that an import added, changed or gave to somebody else."""
    return {shift_id for change in changes if (shift_id := _shift_id(change))}


def swapped_in_vain(session: WorkspaceSession, shift_ids: Collection[UUID]) -> set[UUID]:
    """Those of the shifts that swaps have named and that are worked as planned nevertheless, or again."""
    return _as_planned(session, swaps_by_shift(session, shift_ids))


def live_swaps(
    session: WorkspaceSession, shift_ids: Collection[UUID], but: Collection[UUID] = ()
) -> tuple[int, ...]:
    """The numbers of the swaps that wait for one of the shifts or are in force, ``but`` for some.

    A swap of which both shifts are worked as planned again, by whatever later swap, is in nobody's way.
    """
    rows = {row.id: row for rows in swaps_by_shift(session, shift_ids, _LIVE).values() for row in rows}
    found = with_shifts(session, [row for row in rows.values() if row.id not in but])
    planned = _as_planned(session, {shift for each in found for shift in (each.given, each.returned)})
    live = [each for each in found if each.swap.state in PENDING or not {each.given, each.returned} <= planned]
    return tuple(sorted(each.swap.number for each in live))


def swaps_of(changes: Iterable[ImportChange]) -> set[UUID]:
    """The swaps that an import moved or ended."""
    return {change.subject_id for change in changes if change.table == "swap"}


def swaps_changed(
    session: WorkspaceSession, changes: Iterable[ImportChange], altered: Iterable[ImportChange]
) -> tuple[int, ...]:
    """The numbers of the swaps that an import moved or ended and that are not as it left them."""
    not_as_left = swaps_of(altered)
    found = {
        change.subject_id
        for change in changes
        if change.table == "swap" and (change.subject_id in not_as_left or _is_built_on(session, change))
    }
    return tuple(sorted(session.get_one(Swap, (session.workspace_id, each)).number for each in found))


def swaps_concerned(session: WorkspaceSession, changes: Sequence[ImportChange]) -> list[Exchanged]:
    """The swaps that change with the undoing of an import: those in force at its shifts, and those it ended."""
    in_force = swaps_by_shift(session, touched_by(changes), [State.APPROVED]).values()
    found = {row.id: row for rows in in_force for row in rows}
    found |= {each: session.get_one(Swap, (session.workspace_id, each)) for each in swaps_of(changes)}
    return with_shifts(session, found.values())


def void(
    swaps: Iterable[Exchanged], changes: Iterable[ImportChange], in_vain: Collection[UUID], now: datetime
) -> None:
    """Ends what was settled in vain at shifts that are taken back, but for what is taken back itself."""
    own = swaps_of(changes)
    for each in swaps:
        if each.swap.id not in own and not {each.given, each.returned}.isdisjoint(in_vain):
            each.swap.state = transition(life_of(each.swap), Replan(), now).state


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


def begun_since(
    session: WorkspaceSession, entry: Import, changes: Iterable[ImportChange], now: datetime
) -> set[UUID]:
    """The shifts that have begun since the import, by what it says or by what was said before."""
    starts: defaultdict[UUID, set[datetime]] = defaultdict(set)
    for change in changes:
        if change.table == "shift":
            said = [each["start"] for each in (change.before, change.after) if each and "start" in each]
            starts[change.subject_id].update(map(datetime.fromisoformat, said))
    for shift_id, start in starts_of(session, starts).items():
        starts[shift_id].add(start)
    since = entry.imported_at
    return {shift_id for shift_id, every in starts.items() if any(since <= each <= now for each in every)}


def _as_planned(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> set[UUID]:
    wanted = set(shift_ids)
    standing: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    for row in assignments_of(session, wanted):
        standing[row.shift_id].append(row)
    return {
        shift_id
        for shift_id in wanted
        if is_as_planned(session.get_one(Shift, (session.workspace_id, shift_id)), standing[shift_id])
    }


def _is_built_on(session: WorkspaceSession, change: ImportChange) -> bool:
    """Whether what an import had somebody work by a swap has changed hands once more."""
    said = change.after or {}
    made = [UUID(said[column]) for column in ("given_made_id", "returned_made_id") if said.get(column)]
    return any(session.get_one(Assignment, (session.workspace_id, each)).replaced_at for each in made)


def _shift_id(change: ImportChange) -> UUID | None:
    """The shift that was added or changed, or to which an added assignment belongs."""
    if change.table == "shift":
        return change.subject_id
    said = (change.after or {}).get("shift_id")
    return UUID(said) if said else None
