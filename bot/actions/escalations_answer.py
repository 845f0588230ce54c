"""What a department does about a question, and what the side that asked says to it."""

from datetime import datetime
from uuid import UUID

from bot.actions.departments import names_of
from bot.actions.escalations_cards import ANSWERED, NEWS, NOTE, say_in_department, say_to_case, show, written
from bot.actions.escalations_load import load_escalation
from bot.actions.escalations_turn import Turn
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.cases_life import AFTER_ANSWER
from bot.domain.escalations import Answer, AskAgain, Event, GiveEta, Inform, NeedInfo, Own, State, WordsMissing
from bot.domain.escalations_shown import News, Said
from bot.domain.permissions import Deed
from bot.domain.promises import State as PromiseState
from bot.views.escalations_words import draft
from storage.promises import promise_row
from storage.swaps import form_result, note_text, remember_form


def own(deps: Deps, caller: Caller, escalation_id: UUID, *, take: bool = False) -> bool:
    """The caller sees to it; ``take`` even if somebody else does. False: they did already.

    Raises ``UnknownEscalation``, ``NotPermitted``, ``OtherDepartment``, ``NotOpen`` and ``OwnedAlready``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        before = State(turn.row.state)
        changed = turn.become(Own(turn.demand_department(), take))
        if changed:
            turn.log("owned", before)
            show(session, deps, turn.row)
        return changed


def give_eta(deps: Deps, caller: Caller, escalation_id: UUID, eta: datetime) -> None:
    """The department promises an answer by then. Raises what ``own`` does, and ``EtaInThePast``."""
    with deps.sessions.write(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        row, before = turn.row, State(turn.row.state)
        if not turn.become(GiveEta(turn.demand_department(), eta)):
            return
        turn.log("eta", before, eta=eta.isoformat())
        show(session, deps, row)
        department = names_of(session)[row.department_id]
        facts = {"news": News.ETA, "eta": eta.isoformat(), "department": department}
        say_to_case(session, deps, row, NEWS, facts, f"{NEWS}:{row.id}:eta:{deps.new_id()}")


def need_info(deps: Deps, caller: Caller, escalation_id: UUID, nonce: UUID, text: str) -> None:
    """The department cannot answer before it knows this. Raises what ``own`` does, and ``WordsMissing``."""
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        note_id = turn.row.need_id = _says(turn, NeedInfo(turn.demand_department()), "needs_info", text)
        remember_form(session, nonce, turn.row.id, deps.clock())
        show(session, deps, turn.row)
        facts = written(session, turn.row, Said.NEED)
        say_to_case(session, deps, turn.row, NOTE, facts, f"{NOTE}:{note_id}", note_id, to_asker=True)


def answer(deps: Deps, caller: Caller, escalation_id: UUID, nonce: UUID, text: str) -> None:
    """The department answers; the case's thread has it, with a draft for the customer.

    Raises what ``own`` does, and ``WordsMissing``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        row, drafted = turn.row, draft(load_escalation(session, turn.row))
        row.answer_id = _says(turn, Answer(turn.demand_department()), "answered", text)
        row.answered_at = deps.clock()
        _draft(turn, drafted)
        remember_form(session, nonce, row.id, deps.clock())
        turn.free_case(AFTER_ANSWER)
        show(session, deps, row)
        facts = written(session, row, Said.REPLY)
        key = f"{ANSWERED}:{row.answer_id}"
        say_to_case(session, deps, row, ANSWERED, facts, key, row.answer_id, to_asker=True)


def inform(deps: Deps, caller: Caller, escalation_id: UUID, nonce: UUID, text: str) -> None:
    """What the department needs to know. Raises ``UnknownEscalation``, ``NotPermitted``, ``NotOpen`` and
    ``WordsMissing``."""
    _from_case(deps, caller, escalation_id, nonce, text, Inform(), Said.INFO)


def ask_again(deps: Deps, caller: Caller, escalation_id: UUID, nonce: UUID, text: str) -> None:
    """The answer does not do, for a reason. Raises what ``inform`` does."""
    _from_case(deps, caller, escalation_id, nonce, text, AskAgain(), Said.AGAIN)


def _draft(turn: Turn, drafted: str) -> None:
    """Where the customer was promised to hear, the draft is where it is edited.

    One that was ``drafted`` from an earlier answer, and that nobody has edited, gives way.
    """
    found = promise_row(turn.session, turn.row.promise_id) if turn.row.promise_id else None
    if found is None or found.state != PromiseState.OPEN:
        return
    if found.draft_id is None or note_text(turn.session, found.draft_id) == drafted:
        found.draft_id = turn.note(draft(load_escalation(turn.session, turn.row)))


def _from_case(
    deps: Deps, caller: Caller, escalation_id: UUID, nonce: UUID, text: str, event: Inform | AskAgain, said: Said
) -> None:
    caller.actor.require(Deed.ESCALATE)
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        note_id = _says(turn, event, "informed" if said is Said.INFO else "asked_again", text)
        remember_form(session, nonce, turn.row.id, deps.clock())
        if said is Said.AGAIN:
            turn.row.answered_at = None
            turn.hold_case()
        facts = written(session, turn.row, said)
        say_in_department(session, deps, turn.row, NOTE, facts, f"{NOTE}:{note_id}", note_id)


def _says(turn: Turn, event: Event, became: str, text: str) -> UUID | None:
    """It becomes what it becomes by words; the note of them."""
    if not text.strip():
        raise WordsMissing
    before = State(turn.row.state)
    turn.become(event)
    note_id = turn.note(text)
    turn.log(became, before, note_id)
    return note_id
