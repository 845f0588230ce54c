"""What somebody does not work while they are away: left to nobody, kept to be given back, and shown."""

from collections.abc import Collection, Iterable
from uuid import UUID

from bot.actions.absences_cards import show
from bot.actions.handover import AWAY
from bot.actions.release import document, give_back, is_known, leave_to_nobody
from bot.actions.unowned import Stint, stints_of
from bot.deps import Deps
from bot.domain.absences import State
from bot.domain.intervals import Interval
from bot.domain.permissions import Actor
from storage.absences import absences_ahead, absences_ended
from storage.db import WorkspaceSession
from storage.departures import planned_for_nobody
from storage.people import member
from storage.swaps import held
from storage.tables import Absence, Import


def follow_plan(
    session: WorkspaceSession, deps: Deps, actor: Actor, entry: Import, shift_ids: Collection[UUID]
) -> None:
    """Does what follows where an import, or its undoing, has changed these shifts.

    Nobody works what is planned for who is away; and what was released before an import is theirs again who came
    back since, where it is undone.
    """
    if entry.undone_at:
        for row in absences_ended(session, entry.imported_at):
            give_back_again(session, deps, actor, row, shift_ids)
    planned = planned_for_nobody(session, shift_ids, deps.clock())
    for row in absences_ahead(session, deps.clock(), states=[State.IN_FORCE]):
        away = Interval(row.start, row.end)
        for_nobody = [
            Stint(each.shift_id, shared)
            for owner, each in planned
            if owner == row.member_id and (shared := away.intersection(Interval(each.start, each.end)))
        ]
        keep(session, deps, row, [*release(session, deps, actor, row, shift_ids), *for_nobody])


def follow_return(session: WorkspaceSession, deps: Deps, actor: Actor, member_id: UUID) -> None:
    """Nobody works what was given back to somebody who is among us again, but away."""
    for row in absences_ahead(session, deps.clock(), member_id, [State.IN_FORCE]):
        keep(session, deps, row, release(session, deps, actor, row))


def release(
    session: WorkspaceSession, deps: Deps, actor: Actor, row: Absence, shift_ids: Collection[UUID] | None = None
) -> list[Stint]:
    """What they would work while they are away, of these shifts or of all, which nobody works from now on."""
    found = [each.assignment for each in held(session, row.member_id, row.start, row.end)]
    left = [
        (row.member_id, Stint(each.shift_id, Interval(max(each.start, row.start), min(each.end, row.end))))
        for each in found
        if shift_ids is None or each.shift_id in shift_ids
    ]
    return leave_to_nobody(session, deps, actor, left, AWAY)


def pass_on(session: WorkspaceSession, deps: Deps, row: Absence) -> None:
    """What was released for an absence that is over stays so for any other that goes on."""
    for other in absences_ahead(session, deps.clock(), row.member_id):
        if other.id != row.id:
            away = Interval(other.start, other.end)
            had = [(each.shift_id, away.intersection(each.interval)) for each in stints_of(row)]
            keep(session, deps, other, [Stint(shift_id, shared) for shift_id, shared in had if shared])


def give_back_again(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    row: Absence,
    shift_ids: Collection[UUID] | None = None,
) -> int:
    """How much is theirs again, which nothing is of who has left; what they are away for still is not."""
    person = member(session, row.member_id)
    if person is None or person.deactivated_at:
        return 0
    live = absences_ahead(session, deps.clock(), row.member_id)
    but = [Interval(each.start, each.end) for each in live]
    return give_back(session, deps, actor, row.member_id, stints_of(row), shift_ids, but=but)


def keep(session: WorkspaceSession, deps: Deps, row: Absence, stints: Iterable[Stint]) -> None:
    """Notes what was released, to be given back, and shows it to whoever finds somebody to step in."""
    had = stints_of(row)
    new = [each for each in stints if not is_known(each, had)]
    row.work = [*row.work, *map(document, new)]
    session.flush()
    if new and row.state == State.IN_FORCE:
        show(session, deps, row)
