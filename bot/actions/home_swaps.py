"""The swaps on somebody's Home: their own, and those that they may decide."""

from contextlib import suppress
from datetime import timedelta

from bot.actions.swaps_cards import load_swap
from bot.actions.swaps_decide import may_decide
from bot.actions.swaps_look import seat_of
from bot.actions.swaps_turn import Turn
from bot.deps import Deps
from bot.domain.home import Decisions, SwapSeen
from bot.domain.permissions import Actor, Deed, NotPermitted, Reach
from bot.domain.shifts import Somebody
from bot.domain.swaps import PENDING, State
from storage.db import WorkspaceSession
from storage.home import swaps_settled, swaps_waiting
from storage.swaps import swaps_of_member

# As many as anybody decides before looking again; the next ones move up.
_MOST = 10
# Nothing is set to end longer before its earlier shift: what ended before lies behind both.
_LONG_AGO = timedelta(days=60)


def own_swaps(session: WorkspaceSession, deps: Deps, actor: Actor, reader: Somebody) -> tuple[SwapSeen, ...]:
    """The swaps of somebody, or entered by them, that wait for anything; and those that may still be undone."""
    rows = [
        *swaps_of_member(session, reader.member_id, PENDING),
        *swaps_settled(session, reader.member_id, State.APPROVED, deps.clock() - _LONG_AGO),
    ]
    turns = [Turn(session, deps, actor, row) for row in rows]
    return tuple(seen for each in turns if (seen := _seen(each)))


def decisions(session: WorkspaceSession, deps: Deps, actor: Actor) -> Decisions | None:
    """What waits for the actor's decision; None for who decides nothing."""
    if actor.reach(Deed.DECIDE_SWAP) is Reach.NOBODY:
        return None
    waiting = swaps_waiting(session, State.NEEDS_APPROVAL)
    found = [row for row in waiting if may_decide(Turn(session, deps, actor, row))]
    first = (load_swap(session, row.id) for row in found[:_MOST])
    return Decisions(tuple(each for each in first if each), len(found))


def _seen(turn: Turn) -> SwapSeen | None:
    """None where it was entered by who may not look at it any more."""
    shown = load_swap(turn.session, turn.row.id)
    with suppress(NotPermitted):
        return SwapSeen(shown, seat_of(turn)) if shown else None
    return None
