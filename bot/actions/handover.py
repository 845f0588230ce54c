"""A part of a shift changes hands: its assignments are written anew, and whatever waited for them ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bot.actions import covers_end, swaps_end, unowned_cards
from bot.deps import Deps
from bot.domain.intervals import Interval
from bot.domain.parts import Part, handed
from bot.domain.permissions import Actor
from storage.db import WorkspaceSession
from storage.shifts import assignments_of, part_of
from storage.tables import Assignment, Swap

SWAP, COVER, UNDO, LEFT, AWAY, RETURNED = "swap", "cover", "undo", "left", "away", "returned"


@dataclass(frozen=True, slots=True)
class Handover:
    """The taker works an interval of a shift in the giver's place (None: nobody); ``cause`` says by what."""

    shift_id: UUID
    interval: Interval
    giver: UUID | None
    taker: UUID | None
    cause: str


def hand_over(
    session: WorkspaceSession, deps: Deps, actor: Actor, handover: Handover, by: Swap | None = None
) -> UUID:
    """Has it worked so from now on; the id of an assignment of exactly what was handed over.

    That one is in force, or on record only where it is a part of a longer one. Ended are the swaps that wait for
    assignments which are replaced, as taken ``by`` a swap if it is one, and the open covers whose owner does not
    work what is open of them any more. Raises ``ChangedHands``, and then nothing has changed.
    """
    standing = assignments_of(session, [handover.shift_id])
    parts = handed(map(part_of, standing), handover.interval, handover.giver, handover.taker)
    given = Part(handover.interval, handover.taker)
    kept = [row for row in standing if part_of(row) in parts and part_of(row) != given]
    replaced = [row for row in standing if row not in kept]
    now = deps.clock()
    for row in replaced:
        row.replaced_at = now
    made = _assignment(session, deps, handover.shift_id, given, handover.cause)
    made.replaced_at = None if given in parts else now
    known = {given, *map(part_of, kept)}
    session.add(made)
    for part in parts:
        if part not in known:
            session.add(_assignment(session, deps, handover.shift_id, part, _cause(part, handover, replaced)))
    session.flush()
    swaps_end.supersede_rivals(session, deps, actor, [row.id for row in replaced], by)
    undone_by = actor.member_id if handover.cause == UNDO else None
    covers_end.supersede_lost(session, deps, actor, handover.shift_id, undone_by)
    unowned_cards.renew(session, deps, [handover.shift_id])
    return made.id


def _cause(part: Part, handover: Handover, replaced: Iterable[Assignment]) -> str:
    """What is left of an assignment is worked for the same reason as all of it was."""
    if part.interval.overlaps(handover.interval):
        return handover.cause
    return next(row.cause for row in replaced if part_of(row).interval.overlaps(part.interval))


def _assignment(session: WorkspaceSession, deps: Deps, shift_id: UUID, part: Part, cause: str) -> Assignment:
    return Assignment(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        shift_id=shift_id,
        member_id=part.worker,
        start=part.interval.start,
        end=part.interval.end,
        cause=cause,
        assigned_at=deps.clock(),
    )
