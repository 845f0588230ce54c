"""What somebody does not work because they are not there: it is left to nobody, and given back on their return."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from bot.actions.covers_tell import say, show
from bot.actions.covers_turn import Turn
from bot.actions.handover import RETURNED, Handover, hand_over
from bot.actions.record import record
from bot.actions.unowned import Stint
from bot.deps import Deps
from bot.domain.absences import State
from bot.domain.covers import GiveUp, PartState
from bot.domain.covers_shown import Audience, News
from bot.domain.departures import Gone
from bot.domain.intervals import Interval, merge, subtract
from bot.domain.permissions import Actor
from storage.absences import absences_ahead, have_been_away
from storage.covers import parts_in
from storage.db import WorkspaceSession
from storage.departures import gone_since, have_left
from storage.imports_standing import exchanged
from storage.shifts import assignments_of, shifts_by_id, worked
from storage.tables import Member


def who_is_gone(session: WorkspaceSession, deps: Deps, roster: Iterable[Member]) -> Gone:
    """Who of them has left, and who is away."""
    away = defaultdict[UUID, list[Interval]](list)
    for row in absences_ahead(session, deps.clock(), states=[State.IN_FORCE]):
        away[row.member_id].append(Interval(row.start, row.end))
    return Gone(gone_since(roster), have_left(session) | have_been_away(session), away)


def leave_to_nobody(
    session: WorkspaceSession, deps: Deps, actor: Actor, left: Iterable[tuple[UUID | None, Stint]], cause: str
) -> list[Stint]:
    """Nobody works from now on what each of them would have; what that is.

    Swaps that wait for any of it, and covers of it, end as for any shift that changes hands.
    """
    every = list(left)
    for member_id, stint in every:
        hand_over(session, deps, actor, Handover(stint.shift_id, stint.interval, member_id, None, cause))
    return [stint for _, stint in every]


def give_up_parts(
    session: WorkspaceSession, deps: Deps, actor: Actor, member_id: UUID, within: Interval | None = None
) -> None:
    """Others are asked to take what they took (at a time within it) and nobody has approved."""
    for row in parts_in(session, [PartState.NEEDS_APPROVAL]):
        if row.taker_id == member_id and (within is None or within.overlaps(Interval(row.start, row.end))):
            turn, taken = Turn.of_part(session, deps, actor, row.id)
            states = turn.become(GiveUp(row.id, member_id))
            record(session, deps, actor, "cover.give_up", ("cover", row.cover_id), *states, turn.row.number)
            show(turn)
            say(turn, News.GIVEN_UP, Audience.OWNER, Audience.PROXY, part=taken)


def give_back(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    member_id: UUID,
    had: Iterable[Stint],
    shift_ids: Collection[UUID] | None = None,
    *,
    but: Collection[Interval] = (),
) -> int:
    """How many parts of shifts are theirs again: what nobody works, from now on.

    ``shift_ids`` are the only ones, ``but`` when they are not there still. What is at the same time as something
    else that they are to work stays with nobody, but what is planned for them comes first.
    """
    now = deps.clock()
    theirs: defaultdict[UUID, list[Interval]] = defaultdict(list)
    for stint in had:
        theirs[stint.shift_id].append(stint.interval)
    wanted = _still_theirs(
        session, member_id, theirs.keys() if shift_ids is None else theirs.keys() & set(shift_ids)
    )
    free = [
        (row.shift_id, left)
        for row in assignments_of(session, wanted)
        if row.member_id is None and row.end > now
        for each in merge(theirs[row.shift_id])
        if (part := each.intersection(Interval(max(row.start, now), row.end)))
        for left in subtract(part, but)
    ]
    given, planned = 0, shifts_by_id(session, wanted)
    for shift_id, each in sorted(free, key=lambda one: planned[one[0]].member_id != member_id):
        if not worked(session, each.start, each.end, member_id):
            hand_over(session, deps, actor, Handover(shift_id, each, None, member_id, RETURNED))
            given += 1
    return given


def _still_theirs(session: WorkspaceSession, member_id: UUID, shift_ids: Collection[UUID]) -> set[UUID]:
    """Those of the shifts that they would work by the base, or by what is in force: a shift can be replanned."""
    planned = {row.id for row in shifts_by_id(session, shift_ids).values() if row.member_id == member_id}
    handed = [handed for each in exchanged(session, shift_ids) for handed in each.handed]
    return planned | {each.shift_id for each in handed if each.taker == member_id and each.shift_id in shift_ids}


def is_known(stint: Stint, had: Iterable[Stint]) -> bool:
    """Whether it is among them already."""
    same = (each.interval for each in had if each.shift_id == stint.shift_id)
    return not subtract(stint.interval, same)


def document(stint: Stint) -> dict[str, str]:
    """As it is kept, and read by ``stints_of``."""
    edges = {"start": stint.interval.start.isoformat(), "end": stint.interval.end.isoformat()}
    return {"shift": str(stint.shift_id), **edges}
