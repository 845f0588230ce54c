"""Taking back an import of shifts that were swapped or covered: what is in the way, and what stays on record."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from bot.actions.covers_turn import life_of
from bot.actions.imports_aftermath import BASE
from bot.actions.imports_follow import by_cover, end_parts, end_swap
from bot.deps import Deps
from bot.domain import covers, swaps
from bot.domain.covers_life import is_untaken
from bot.domain.imports import Numbers
from bot.domain.intervals import Interval
from storage.covers import covers_of_shifts, parts_of
from storage.db import WorkspaceSession
from storage.imports_standing import Exchanged, Handed, Swapped, Taken, taken, taken_of, with_handed
from storage.imports_undo import Reference
from storage.shifts import assignments_of, is_as_planned
from storage.swaps import swaps_by_shift
from storage.tables import Assignment, ImportChange, Shift, Swap

_LIVE = swaps.PENDING | {swaps.State.APPROVED}
# What swaps and covers leave behind: assignments that they append to a shift, and their own record, which names
# the shift or its assignments.
_LEFT_BEHIND = {("shift", "assignment"), ("assignment", "swap"), ("shift", "cover")}
RECORDS = frozenset({"swap", "cover", "cover_part"})


def touched_shifts(altered: Iterable[ImportChange], used: Iterable[Reference]) -> set[UUID]:
    """The shifts added by an import, or given new assignments by it, at which something may have been left."""
    left = [change for change in altered if change.table == "assignment"]
    left += [change for change, table, _ in used if (change.table, table) in _LEFT_BEHIND]
    return {shift_id for change in left if (shift_id := _shift_id(change))}


def touched_by(changes: Iterable[ImportChange]) -> set[UUID]:
    """The shifts that an import added, changed or gave to somebody else."""
    return {shift_id for change in changes if (shift_id := _shift_id(change))}


def left_in_vain(session: WorkspaceSession, shift_ids: Collection[UUID]) -> set[UUID]:
    """Those of the shifts that swaps or covers have named and that are worked as planned nevertheless."""
    named = swaps_by_shift(session, shift_ids).keys() | {
        row.shift_id for row in covers_of_shifts(session, shift_ids)
    }
    return _as_planned(session, named)


def in_the_way(session: WorkspaceSession, shift_ids: Collection[UUID], but: Collection[UUID] = ()) -> Numbers:
    """The swaps and covers that wait for one of the shifts or are in force, ``but`` for some swaps and parts.

    A swap of which both shifts are worked as planned again, by whatever later swap, is in nobody's way; nor is
    what was taken of a cover of such a shift, or an open shift of which nobody has taken anything.
    """
    rows = {row.id: row for rows in swaps_by_shift(session, shift_ids, _LIVE).values() for row in rows}
    found = [*with_handed(session, rows.values()), *taken(session, shift_ids)]
    shifts = {each.row.id: {handed.shift_id for handed in each.handed} for each in found if each.row.id not in but}
    planned = _as_planned(session, set().union(*shifts.values()))
    live = [
        each
        for each in found
        if each.row.id in shifts and (each.row.state in swaps.PENDING or not shifts[each.row.id] <= planned)
    ]
    open_ = covers_of_shifts(session, shift_ids, [covers.State.OPEN])
    parts = parts_of(session, [row.id for row in open_])
    waiting = [row.number for row in open_ if not is_untaken(life_of(row, parts.get(row.id, ())))]
    return _numbers(live, waiting)


def given_anew(changes: Iterable[ImportChange]) -> set[UUID]:
    """The shifts to which an import gave new assignments, those that it added included."""
    anew = (change for change in changes if change.table == "assignment" and change.before is None)
    return {shift_id for change in anew if (shift_id := _shift_id(change))}


def settled_of(changes: Iterable[ImportChange]) -> set[UUID]:
    """The swaps and the parts of covers that an import moved or ended."""
    return {change.subject_id for change in changes if change.table in ("swap", "cover_part")}


def changed_since(
    session: WorkspaceSession, changes: Sequence[ImportChange], altered: Sequence[ImportChange]
) -> Numbers:
    """Those that an import moved or ended and that are not as it left them, or have been handed on since."""
    other = {change.subject_id for change in altered}
    replaced = [
        session.get_one(Assignment, (session.workspace_id, change.subject_id))
        for change in altered
        if change.table == "assignment" and change.after is not None
    ]
    found = [
        each
        for each in _settled(session, changes)
        if each.row.id in other
        or (isinstance(each, Taken) and each.cover.id in other)
        or any(_is_of(row, handed) for row in replaced for handed in each.handed)
    ]
    return _numbers(found)


def concerned(session: WorkspaceSession, changes: Sequence[ImportChange]) -> list[Exchanged]:
    """What changes with the undoing of an import: what is in force of its shifts, and what it ended."""
    shifts = touched_by(changes)
    in_force = swaps_by_shift(session, shifts, [swaps.State.APPROVED]).values()
    rows = {row.id: row for rows in in_force for row in rows}
    found = [*_settled(session, changes), *with_handed(session, rows.values()), *taken(session, shifts)]
    return list({each.row.id: each for each in found}.values())


def void(
    session: WorkspaceSession,
    deps: Deps,
    exchanges: Iterable[Exchanged],
    changes: Iterable[ImportChange],
    in_vain: Collection[UUID],
) -> None:
    """Ends what was settled in vain at shifts that are taken back, but for what is taken back itself."""
    own = settled_of(changes)
    ended = [
        each
        for each in exchanges
        if each.row.id not in own and not {handed.shift_id for handed in each.handed}.isdisjoint(in_vain)
    ]
    for each in ended:
        if isinstance(each, Swapped):
            each.row.state = end_swap(deps, each)
    for parts in by_cover([each for each in ended if isinstance(each, Taken)]):
        life = end_parts(session, deps, parts[0].cover, parts)
        parts[0].cover.state = life.state
        for part in parts:
            part.row.state = life.part(part.row.id).state


def is_left_behind(reference: Reference, in_vain: Collection[UUID]) -> bool:
    """Whether a reference is only what has been left behind at a shift that was swapped or covered in vain."""
    change, table, _ = reference
    return (change.table, table) in _LEFT_BEHIND and _shift_id(change) in in_vain


def came_back(change: ImportChange, in_vain: Collection[UUID]) -> bool:
    """Whether what was altered is only an assignment that went to a colleague and came back."""
    return change.table == "assignment" and _shift_id(change) in in_vain


def retire(
    session: WorkspaceSession, changes: Iterable[ImportChange], shift_ids: Collection[UUID], now: datetime
) -> list[ImportChange]:
    """Ends what the records of swaps and covers name instead of forgetting it; what is left to be taken back."""
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


def _as_planned(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> set[UUID]:
    wanted = set(shift_ids)
    standing: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    for row in assignments_of(session, wanted):
        standing[row.shift_id].append(row)
    return {
        shift_id
        for shift_id in wanted
        if _is_as_planned(session.get_one(Shift, (session.workspace_id, shift_id)), standing[shift_id])
    }


def _is_as_planned(shift: Shift, standing: Sequence[Assignment]) -> bool:
    """Whether its owner works it or, as it was planned for somebody who had left, nobody."""
    for_nobody = [(None, shift.start, shift.end, BASE)]
    worked_by = [(row.member_id, row.start, row.end, row.cause) for row in standing]
    return is_as_planned(shift, standing) or worked_by == for_nobody


def _settled(session: WorkspaceSession, changes: Iterable[ImportChange]) -> list[Exchanged]:
    every = list(changes)
    own = {
        table: {change.subject_id for change in every if change.table == table} for table in ("swap", "cover_part")
    }
    rows = [session.get_one(Swap, (session.workspace_id, each)) for each in own["swap"]]
    return [*with_handed(session, rows), *taken_of(session, own["cover_part"])]


def _is_of(row: Assignment, handed: Handed) -> bool:
    """Whether an assignment is one by which somebody works what was handed to them."""
    interval = Interval(row.start, row.end)
    return (row.shift_id, row.member_id) == (handed.shift_id, handed.taker) and interval.overlaps(handed.interval)


def _numbers(found: Iterable[Exchanged], waiting: Iterable[int] = ()) -> Numbers:
    every = list(found)
    return Numbers(
        tuple(sorted({each.number for each in every if isinstance(each, Swapped)})),
        tuple(sorted({*waiting, *(each.number for each in every if isinstance(each, Taken))})),
    )


def _shift_id(change: ImportChange) -> UUID | None:
    """The shift that was added or changed, or to which an added assignment belongs."""
    if change.table == "shift":
        return change.subject_id
    said = (change.after or {}).get("shift_id")
    return UUID(said) if said else None
