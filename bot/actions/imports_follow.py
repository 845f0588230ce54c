"""Writes what a new schedule makes of the swaps and covers in force, so that it is taken back with the import."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from bot.actions import covers_turn, swaps_turn
from bot.actions.handover import SWAP
from bot.actions.imports_aftermath import Aftermath
from bot.deps import Deps
from bot.domain import covers, covers_life, swaps, swaps_life
from bot.domain.imports_standing import Leg
from bot.domain.intervals import Interval
from bot.domain.parts import Part
from storage.covers import parts_of
from storage.db import WorkspaceSession
from storage.imports import Recorder
from storage.imports_standing import Exchanged, Swapped, Taken
from storage.shifts import part_of
from storage.tables import Assignment, Cover

Made = Mapping[UUID, Sequence[Assignment]]


def follow(
    session: WorkspaceSession, deps: Deps, recorder: Recorder, aftermath: Aftermath, made: Made
) -> list[Exchanged]:
    """Ends what has ended, and has the rest go by the assignments ``made``, by shift; all that is concerned."""
    reasons = aftermath.reasons
    ended = [each for each in aftermath.exchanges if each.row.id in reasons]
    standing = [each for each in aftermath.exchanges if each.row.id not in reasons]
    moved = [each for each in standing if any(leg.shift in made for leg in aftermath.legs[each.row.id])]
    swapped = [
        (each, _made_by(deps, recorder, each, aftermath.legs[each.row.id], made))
        for each in moved
        if isinstance(each, Swapped)
    ]
    for each, columns in swapped:
        # Here and below with its state, so that nobody who takes the import back undoes what became of it since.
        recorder.change(each.row, state=each.row.state, **columns)
    for begun in standing:
        # It stays on record as it was.
        if begun not in moved and any(leg.shift in aftermath.reowned for leg in aftermath.legs[begun.row.id]):
            recorder.change(begun.row, state=begun.row.state)
    _end_swaps(deps, recorder, [each for each in ended if isinstance(each, Swapped)])
    taken = [each for each in (*ended, *moved) if isinstance(each, Taken)]
    for parts in by_cover(taken):
        _change_cover(session, deps, recorder, parts, aftermath, made)
    at_them = [stint for shift in made.keys() | aftermath.changed for stint in aftermath.stints(shift)]
    touched = {stint.exchange.id for stint in at_them if stint.exchange}
    return [*ended, *(each for each in standing if each.row.id in touched)]


def end_swap(deps: Deps, swap: Swapped) -> str:
    """What a swap becomes that a new schedule leaves no room for."""
    return swaps_life.transition(swaps_turn.life_of(swap.row), swaps.Replan(), deps.clock()).state


def end_parts(session: WorkspaceSession, deps: Deps, cover: Cover, ended: Iterable[Taken]) -> covers.Cover:
    """What a cover becomes without some parts of it."""
    life = covers_turn.life_of(cover, parts_of(session, [cover.id])[cover.id])
    for each in ended:
        life = covers_life.transition(life, covers.Replan(each.row.id), deps.clock())
    return life


def by_cover(taken: Sequence[Taken]) -> list[list[Taken]]:
    """Parts of the same cover together."""
    ordered = sorted(taken, key=lambda each: each.cover.id)
    return [list(parts) for _, parts in groupby(ordered, key=lambda each: each.cover.id)]


def _end_swaps(deps: Deps, recorder: Recorder, ended: Sequence[Swapped]) -> None:
    for each in ended:
        recorder.change(each.row, state=end_swap(deps, each))


def _change_cover(
    session: WorkspaceSession,
    deps: Deps,
    recorder: Recorder,
    parts: Sequence[Taken],
    aftermath: Aftermath,
    made: Made,
) -> None:
    """Ends those parts of one cover that have ended; one of a whole shift moves with it, and so does the rest."""
    cover = parts[0].cover
    life = end_parts(session, deps, cover, [each for each in parts if each.row.id in aftermath.reasons])
    moved: dict[str, datetime] = {}
    for each in parts:
        [leg] = aftermath.legs[each.row.id]
        follows = leg.part is None and each.row.id not in aftermath.reasons
        times = _times(made[leg.shift]) if follows else {}
        recorder.change(each.row, state=life.part(each.row.id).state, **times)
        moved |= times
    recorder.change(cover, state=life.state, **moved)


def _made_by(deps: Deps, recorder: Recorder, swap: Swapped, legs: Sequence[Leg], made: Made) -> dict[str, UUID]:
    """The assignments by which a swap goes from now on, be it one on record only."""
    found = {}
    for column, leg, before in zip(("given_made_id", "returned_made_id"), legs, swap.handed, strict=True):
        if leg.shift not in made:
            continue
        part = Part(leg.part or Interval(**_times(made[leg.shift])), leg.taker)
        row = next((row for row in made[leg.shift] if part_of(row) == part), None)
        if row is None and part.interval != before.interval:
            row = _on_record(deps, made[leg.shift][0], part)
            recorder.add(row)
        if row:
            found[column] = row.id
    return found


def _on_record(deps: Deps, beside: Assignment, part: Part) -> Assignment:
    return Assignment(
        workspace_id=beside.workspace_id,
        id=deps.new_id(),
        shift_id=beside.shift_id,
        member_id=part.worker,
        start=part.interval.start,
        end=part.interval.end,
        cause=SWAP,
        assigned_at=beside.assigned_at,
        replaced_at=beside.assigned_at,
    )


def _times(made: Sequence[Assignment]) -> dict[str, datetime]:
    """When the shift is worked of which these are all assignments."""
    return {"start": min(row.start for row in made), "end": max(row.end for row in made)}
