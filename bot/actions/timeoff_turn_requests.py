"""What time does to requests for time off: approvers are reminded, the next level hears of it, and it expires."""

from datetime import timedelta

from bot.actions.record import record
from bot.actions.timeoff_cards import say, show
from bot.actions.timeoff_requests import Turn
from bot.deps import Deps
from bot.domain.permissions import CLOCK, Deed
from bot.domain.timeoff import Expire, State
from bot.domain.timeoff_seen import DECIDING, Audience, News
from storage.db import WorkspaceSession
from storage.tables import LeaveRequest
from storage.timeoff_requests import request, requests_in

_HOUR = timedelta(hours=1)


def turn_requests(deps: Deps, workspace_id: str) -> None:
    """Does what is due for each request that waits, by itself; writes only where anything is."""
    CLOCK.require(Deed.TURN_TIMEOFF)
    with deps.sessions.read(workspace_id) as session:
        due = [row.id for row in requests_in(session, [State.NEEDS_APPROVAL]) if _is_due(session, deps, row)]
    for request_id in due:
        with deps.sessions.write(workspace_id) as session:
            row = request(session, request_id)
            # Another process may have been here since, or somebody has decided.
            if row and row.state == State.NEEDS_APPROVAL and _is_due(session, deps, row):
                _turn(Turn(session, deps, CLOCK, row))


def _is_due(session: WorkspaceSession, deps: Deps, row: LeaveRequest) -> bool:
    turn = Turn(session, deps, CLOCK, row)
    return _is_over(turn) or _rung(turn) > row.rung


def _turn(turn: Turn) -> None:
    session, deps, row = turn.session, turn.deps, turn.row
    if _is_over(turn):
        row.expires_at = min(row.expires_at, deps.clock())
        states = turn.become(Expire())
        turn.keep_ledgers()
        turn.free_days()
        record(session, deps, CLOCK, "timeoff.expire", ("timeoff", row.id), *states, row.number)
        show(session, deps, row)
        say(session, deps, row, News.EXPIRED, *Audience)
        return
    rung = row.rung = _rung(turn)
    # Whoever was away when it was asked for may be there by now.
    show(session, deps, row, Audience.APPROVERS)
    say(session, deps, row, News.WAITS, *DECIDING, name=f":{rung}")
    show(session, deps, row, Audience.NEXT_LEVEL)
    record(session, deps, CLOCK, "timeoff.remind", ("timeoff", row.id), None, {"rung": rung}, row.number)


def _is_over(turn: Turn) -> bool:
    """Whether nobody decides it any more; who has left asks for nothing."""
    return turn.deps.clock() >= turn.row.expires_at or turn.person.deactivated_at is not None


def _rung(turn: Turn) -> int:
    """How often approvers should have been reminded by now, each time after twice as long."""
    preferred, waited = turn.preferred, turn.deps.clock() - turn.row.asked_at
    reminders = (waited // (preferred.leave_reminder_hours * _HOUR)).bit_length()
    return reminders + turn.is_late
