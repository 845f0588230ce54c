"""A question to a department is closed, with its outcome and what it came from."""

from uuid import UUID

from bot.actions.escalations_cards import NEWS, say_in_department, say_to_case
from bot.actions.escalations_turn import Turn
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.cases_life import AFTER_CLOSING
from bot.domain.escalations import LIVE, Cause, Close, Outcome, State
from bot.domain.escalations_shown import News
from bot.domain.permissions import Deed
from storage.swaps import form_result, remember_form


def demand_closing(deps: Deps, caller: Caller, escalation_id: UUID) -> None:
    """Raises ``UnknownEscalation``, ``NotPermitted`` or ``NotOpen`` unless the caller may close it now.

    Whoever asked, has the case, or chases may.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        _demand(turn)
        turn.demand_state(LIVE)


def close(
    deps: Deps, caller: Caller, escalation_id: UUID, nonce: UUID, outcome: Outcome, cause: Cause, words: str
) -> None:
    """Nothing is left to do. Raises what ``demand_closing`` does, ``NoAnswer`` and ``WordsMissing``."""
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        _demand(turn)
        row, before = turn.row, State(turn.row.state)
        turn.become(Close(outcome, cause, words))
        row.closed_at, row.closed_by_id = deps.clock(), turn.who
        row.outcome, row.cause, row.outcome_id = outcome, cause, turn.note(words)
        remember_form(session, nonce, row.id, deps.clock())
        turn.log("closed", before, row.outcome_id, outcome=outcome, cause=cause)
        turn.free_case(AFTER_CLOSING)
        facts, key = {"news": News.CLOSED}, f"{NEWS}:{row.id}:closed"
        say_in_department(session, deps, row, NEWS, facts, key)
        say_to_case(session, deps, row, NEWS, facts, key)


def _demand(turn: Turn) -> None:
    if turn.who not in (turn.row.asked_by_id, turn.case.owner_id):
        turn.actor.require(Deed.CHASE)
