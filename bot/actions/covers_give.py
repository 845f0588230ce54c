"""Giving work to somebody: whom the rules let work it, of those for whom the caller may take it."""

from uuid import UUID

from bot.actions.covers_turn import Turn
from bot.actions.people import Caller
from bot.actions.unowned import who_could
from bot.deps import Deps
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.unowned import Ranked
from storage.db import WorkspaceSession
from storage.people import members_by_id
from storage.tables import Queue


def who_can_take(deps: Deps, caller: Caller, cover_id: UUID, interval: Interval) -> Ranked:
    """Whom the caller could give that much of a cover to, in the order of the ranking. Raises ``UnknownCover``."""
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, cover_id)
        row = turn.row
        # Who gives it away, for themselves or for somebody, takes nothing of it.
        giving = {row.owner_id, row.entered_by_id} if row.owner_id else set()
        return to_give(session, deps, caller, interval, turn.queue, frozenset(each for each in giving if each))


def to_give(
    session: WorkspaceSession,
    deps: Deps,
    caller: Caller,
    interval: Interval,
    queue: Queue | None,
    but: frozenset[UUID] = frozenset(),
) -> Ranked:
    """Whom the caller could give work to, ``but`` none of these, in the order of the ranking."""
    ranked = who_could(session, interval, queue, deps.clock(), but=but)
    people = members_by_id(session, [each.member_id for each, _ in ranked])
    return tuple(
        (each, place)
        for each, place in ranked
        if caller.actor.may(Deed.TAKE_COVER, of=each.member_id, team=people[each.member_id].team_id)
    )
