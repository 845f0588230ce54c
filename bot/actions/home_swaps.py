"""The swaps on somebody's Home: their own, and those that they may decide."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from uuid import UUID

from bot.actions.home_covers import parts_to_decide
from bot.actions.swaps_cards import load_swap
from bot.actions.swaps_decide import may_decide
from bot.actions.swaps_look import seat_of
from bot.actions.swaps_turn import Turn
from bot.deps import Deps
from bot.domain.home import Decisions, SwapSeen
from bot.domain.home_board import Board
from bot.domain.permissions import Actor, Deed, NotPermitted, Reach, Role
from storage.db import WorkspaceSession
from storage.swaps import swap

# As many as anybody decides before looking again; the next ones move up.
_MOST = 3


def own_swaps(
    session: WorkspaceSession, deps: Deps, actor: Actor, reader: UUID, on: Board
) -> tuple[SwapSeen, ...]:
    """The swaps of somebody, or entered by them, that wait for anything; and those that may still be undone."""
    turns = _turns(session, deps, actor, on.swaps.get(reader, ()))
    return tuple(seen for each in turns if (seen := _seen(each)))


def decisions(session: WorkspaceSession, deps: Deps, actor: Actor, on: Board) -> Decisions | None:
    """What waits for the actor's decision; None for who decides nothing.

    Who decides only in a coordinator's place does so where there is something to decide.
    """
    if actor.reach(Deed.DECIDE_SWAP) is Reach.NOBODY:
        return None
    found = [turn for turn in _turns(session, deps, actor, on.undecided) if may_decide(turn)]
    parts = list(parts_to_decide(session, deps, actor, on))
    if not found and not parts and Role.COORDINATOR not in {grant.role for grant in actor.grants}:
        return None
    swaps = [shown for turn in found[:_MOST] if (shown := load_swap(session, turn.row.id))]
    return Decisions(tuple(swaps), len(found) + len(parts), tuple(parts[: _MOST - len(swaps)]))


def _turns(session: WorkspaceSession, deps: Deps, actor: Actor, swap_ids: Iterable[UUID]) -> Iterator[Turn]:
    rows = (swap(session, each) for each in swap_ids)
    return (Turn(session, deps, actor, row) for row in rows if row)


def _seen(turn: Turn) -> SwapSeen | None:
    """None where it was entered by who may not look at it any more."""
    shown = load_swap(turn.session, turn.row.id)
    with suppress(NotPermitted):
        return SwapSeen(shown, seat_of(turn)) if shown else None
    return None
