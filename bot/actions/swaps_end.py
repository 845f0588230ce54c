"""How a swap ends without anybody's answer: its time is over, or one of its shifts changes."""

from collections.abc import Collection
from uuid import UUID

from bot.actions.record import record
from bot.actions.swaps_cards import say, show
from bot.actions.swaps_turn import PARTIES, Turn
from bot.deps import Deps
from bot.domain.permissions import CLOCK, Actor, Deed
from bot.domain.swaps import PENDING, Expire
from bot.domain.swaps_shown import News
from storage.db import WorkspaceSession
from storage.swaps import swaps_of_shifts, swaps_overdue, swaps_with
from storage.tables import Swap


def expire(deps: Deps, workspace_id: str) -> None:
    """Ends the swaps that nobody settled in time; writes only where there is one."""
    CLOCK.require(Deed.EXPIRE_SWAP)
    with deps.sessions.read(workspace_id) as session:
        if not swaps_overdue(session, PENDING, deps.clock()):
            return
    with deps.sessions.write(workspace_id) as session:
        for row in swaps_overdue(session, PENDING, deps.clock()):
            before, after = Turn(session, deps, CLOCK, row).become(Expire())
            record(session, deps, CLOCK, "swap.expire", ("swap", row.id), before, after, row.number)
            show(session, deps, row)
            say(session, deps, row, News.EXPIRED, *PARTIES)


def supersede_rivals(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    assignment_ids: Collection[UUID],
    by: Swap | None = None,
) -> None:
    """Ends the swaps that wait for any of these assignments, because the actor has them go elsewhere.

    ``by`` is the swap that takes them, if it is one.
    """
    for row in swaps_with(session, assignment_ids, PENDING):
        if row is not by:
            states = Turn(session, deps, actor, row).supersede(by)
            record(session, deps, actor, "swap.supersede", ("swap", row.id), *states, row.number)


def supersede(session: WorkspaceSession, deps: Deps, actor: Actor, shift_ids: Collection[UUID]) -> None:
    """Ends the swaps that wait for any of these shifts, because the actor changes them."""
    for row in swaps_of_shifts(session, shift_ids, PENDING):
        states = Turn(session, deps, actor, row).supersede()
        record(session, deps, actor, "swap.supersede", ("swap", row.id), *states, row.number)
