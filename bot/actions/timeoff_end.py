"""How a request for time off ends by its asker's will: withdrawn while it waits, cancelled once it is approved."""

from uuid import UUID

from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.timeoff_absence import end
from bot.actions.timeoff_cards import say, show
from bot.actions.timeoff_requests import Turn
from bot.deps import Deps
from bot.domain.timeoff import Cancel, Withdraw
from bot.domain.timeoff_seen import Audience, News
from storage.timeoff_requests import change_of


def withdraw(deps: Deps, caller: Caller, request_id: UUID) -> None:
    """The asker, or somebody for them, does not want it any more.

    Raises ``UnknownRequest``, ``NotPermitted`` and ``NotOpen``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, request_id)
        withdraw_request(turn)
        turn.free_days()


def withdraw_request(turn: Turn) -> None:
    """The same within a transaction, which says itself what days it frees in the end."""
    session, deps, row = turn.session, turn.deps, turn.row
    states = turn.become(Withdraw(row.member_id, turn.proxy()))
    row.ended_by_id = turn.who
    turn.keep_ledgers()
    record(session, deps, turn.actor, "timeoff.withdraw", ("timeoff", row.id), *states, row.number)
    show(session, deps, row)
    say(session, deps, row, News.WITHDRAWN, *Audience, but=turn.who)


def cancel(deps: Deps, caller: Caller, request_id: UUID) -> int:
    """What of it has not begun is not wanted any more; how many parts of shifts are theirs again.

    A change of it that waits is withdrawn with it. Raises ``UnknownRequest``, ``NotPermitted``, ``NotOpen`` and
    ``NothingLeft``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, request_id)
        row = turn.row
        states = turn.become(Cancel(row.member_id, turn.proxy()))
        row.ended_by_id = turn.who
        if change := change_of(session, row):
            withdraw_request(Turn(session, deps, caller.actor, change))
        given = end(turn)
        turn.keep_ledgers()
        turn.free_days()
        record(session, deps, caller.actor, "timeoff.cancel", ("timeoff", row.id), *states, row.number)
        show(session, deps, row)
        say(session, deps, row, News.CANCELLED, *Audience, but=turn.who)
        return given
