"""The covers on somebody's Home: their own, the open shifts that they could take, parts that they may decide."""

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

from bot.actions.approvers import REFUSALS
from bot.actions.covers_cards import load_covers, load_part
from bot.actions.covers_decide import approver_of
from bot.actions.covers_look import seat_of
from bot.actions.covers_possible import takeable
from bot.actions.covers_turn import Turn
from bot.deps import Deps
from bot.domain.home_board import Board
from bot.domain.home_covers import CoverSeen, OpenShifts, PartToDecide
from bot.domain.permissions import Actor, Deed, Reach, Role
from storage.covers import covers_by_id, parts_of
from storage.db import WorkspaceSession
from storage.people import member

# As many as anybody looks through on a Home; the list has the others.
_MOST = 4
# Whoever runs the desk sees to it that somebody takes what is open, and does not read of it twice.
_WORK_SHIFTS = frozenset({Role.AGENT, Role.LEAD})


def covers_of(
    session: WorkspaceSession, deps: Deps, actor: Actor, reader: UUID, on: Board
) -> tuple[tuple[CoverSeen, ...], OpenShifts]:
    """The covers that concern somebody, and of which anything may still become; and the open shifts besides.

    The rules are asked about all of them at once.
    """
    own, me = on.covers.get(reader, ()), member(session, reader)
    if me is None:
        return (), OpenShifts()
    works = any(grant.role in _WORK_SHIFTS for grant in actor.grants)
    others = [each for each in on.open_shifts if each not in own] if works else []
    rows = covers_by_id(session, [*own, *others])
    parts = parts_of(session, rows)
    possible = takeable(session, deps, actor, rows.values(), parts)
    found = [each for each in others if each in possible]
    shown = load_covers(session, [*own, *found[:_MOST]])
    seen = (
        CoverSeen(shown[each], seat_of(Turn(session, deps, actor, rows[each], parts.get(each, [])), possible))
        for each in own
        if each in shown
    )
    return tuple(seen), OpenShifts(tuple(shown[each] for each in found[:_MOST]), len(found))


def parts_to_decide(session: WorkspaceSession, deps: Deps, actor: Actor, on: Board) -> Iterator[PartToDecide]:
    """The parts that wait for the actor's decision, the oldest first."""
    if actor.reach(Deed.DECIDE_COVER) is Reach.NOBODY:
        return
    for part_id in on.undecided_parts:
        with suppress(*REFUSALS):
            approver_of(*Turn.of_part(session, deps, actor, part_id))
            if found := load_part(session, part_id):
                yield PartToDecide(*found)
