"""Deciding to live with a gap, for a reason and for a while, and not any more."""

from datetime import datetime
from uuid import UUID

from bot.actions.coverage_gaps import KIND, gap_of, short_of, watched_of, write
from bot.actions.coverage_gaps_cards import show, touch_gap
from bot.actions.notes import write_note
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.coverage_gaps import Gap
from bot.domain.coverage_gaps_shown import GapRef
from bot.domain.coverage_watch import accept, reopen
from bot.domain.permissions import Deed
from storage.swaps import form_result, remember_form


def to_accept(deps: Deps, caller: Caller, wanted: UUID | GapRef) -> Gap:
    """What is missing in the gap that is meant. Raises ``NotPermitted`` and ``NotOpen``."""
    caller.actor.require(Deed.ACCEPT_GAP)
    with deps.sessions.read(caller.workspace_id) as session:
        return short_of(session, deps, wanted)


def accept_gap(
    deps: Deps, caller: Caller, wanted: UUID | GapRef, nonce: UUID, reason: str, until: datetime | None
) -> None:
    """Nobody is warned of it until then, unless it gets worse. Raises ``NotPermitted`` and ``NotOpen``."""
    caller.actor.require(Deed.ACCEPT_GAP)
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        row, now = gap_of(session, deps, caller.actor, wanted), deps.clock()
        before = row.state
        write(row, accept(watched_of(row), until), now)
        row.accepted_by_id = caller.actor.member_id
        row.reason_id = write_note(session, deps, caller.actor.member_id, reason)
        remember_form(session, nonce, row.id, now)
        after = {"state": row.state, "until": until.isoformat() if until else None}
        record(session, deps, caller.actor, "gap.accept", (KIND, row.id), {"state": before}, after)
        show(session, deps, row)
        touch_gap(session, deps, row)


def warn_again(deps: Deps, caller: Caller, wanted: UUID | GapRef) -> None:
    """Nobody lives with it any more. Raises ``NotPermitted`` and ``NotOpen``."""
    caller.actor.require(Deed.ACCEPT_GAP)
    with deps.sessions.write(caller.workspace_id) as session:
        row = gap_of(session, deps, caller.actor, wanted)
        before = row.state
        write(row, reopen(watched_of(row)), deps.clock())
        record(session, deps, caller.actor, "gap.warn", (KIND, row.id), {"state": before}, {"state": row.state})
        touch_gap(session, deps, row)
