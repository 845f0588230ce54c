"""A question of who approves a request for time off to whose it is, and their answer."""

from uuid import UUID

from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.timeoff_cards import say, show
from bot.actions.timeoff_requests import Turn
from bot.deps import Deps
from bot.domain.approval import ReasonMissing
from bot.domain.timeoff import NotOpen, State
from bot.domain.timeoff_seen import DECIDING, Audience, News
from storage.swaps import form_result, remember_form


def question(deps: Deps, caller: Caller, request_id: UUID, nonce: UUID, text: str) -> None:
    """An approver asks; the request goes on waiting.

    Raises what ``timeoff_decide.demand_approver`` does, and ``ReasonMissing`` for nothing.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        if not form_result(session, nonce):
            turn = Turn.of(session, deps, caller.actor, request_id)
            turn.approver()
            _converse(turn, nonce, text, News.QUESTION, "timeoff.question", Audience.ASKER, Audience.PROXY)


def answer(deps: Deps, caller: Caller, request_id: UUID, nonce: UUID, text: str) -> None:
    """The asker, or somebody for them, answers. Raises ``UnknownRequest``, ``NotPermitted``, ``NotOpen`` and
    ``ReasonMissing``."""
    with deps.sessions.write(caller.workspace_id) as session:
        if not form_result(session, nonce):
            turn = Turn.of(session, deps, caller.actor, request_id)
            turn.proxy()
            _converse(turn, nonce, text, News.ANSWER, "timeoff.answer", *DECIDING)


def _converse(turn: Turn, nonce: UUID, text: str, news: News, deed: str, *audiences: Audience) -> None:
    session, deps, row = turn.session, turn.deps, turn.row
    if State(row.state) is not State.NEEDS_APPROVAL:
        raise NotOpen(State(row.state))
    note_id = turn.note(text)
    if note_id is None:
        raise ReasonMissing
    said = {"by": str(turn.who), "at": deps.clock().isoformat(), "note": str(note_id)}
    row.talk = [*row.talk, said]
    remember_form(session, nonce, row.id, deps.clock())
    record(session, deps, turn.actor, deed, ("timeoff", row.id), None, None, row.number)
    show(session, deps, row)
    say(session, deps, row, news, *audiences, but=turn.who, name=f":{note_id}", facts={"note": str(note_id)})
