"""The covers on somebody's Home: what is offered to them, their own, and the parts that they may decide."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from uuid import UUID

from bot.actions.approvers import REFUSALS
from bot.actions.covers_cards import load_cover, load_part
from bot.actions.covers_decide import approver_of
from bot.actions.covers_look import seat_of
from bot.actions.covers_turn import Turn, UnknownCover
from bot.deps import Deps
from bot.domain.home_board import Board
from bot.domain.home_covers import CoverSeen, PartToDecide
from bot.domain.permissions import Actor, Deed, Reach
from storage.db import WorkspaceSession


def own_covers(
    session: WorkspaceSession, deps: Deps, actor: Actor, reader: UUID, on: Board
) -> tuple[CoverSeen, ...]:
    """The covers that concern somebody, and of which anything may still become."""
    return tuple(_seen(session, deps, actor, on.covers.get(reader, ())))


def parts_to_decide(session: WorkspaceSession, deps: Deps, actor: Actor, on: Board) -> Iterator[PartToDecide]:
    """The parts that wait for the actor's decision, the oldest first."""
    if actor.reach(Deed.DECIDE_COVER) is Reach.NOBODY:
        return
    for part_id in on.undecided_parts:
        with suppress(*REFUSALS):
            approver_of(*Turn.of_part(session, deps, actor, part_id))
            if found := load_part(session, part_id):
                yield PartToDecide(*found)


def _seen(session: WorkspaceSession, deps: Deps, actor: Actor, cover_ids: Iterable[UUID]) -> Iterator[CoverSeen]:
    for cover_id in cover_ids:
        with suppress(UnknownCover):
            shown = load_cover(session, cover_id)
            if shown:
                yield CoverSeen(shown, seat_of(Turn.of(session, deps, actor, cover_id)))
