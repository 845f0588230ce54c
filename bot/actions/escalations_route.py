"""A question goes to another department: that one says that it is not theirs, or somebody sends it elsewhere."""

from uuid import UUID

from bot.actions import matrix
from bot.actions.approvers import approver_lanes
from bot.actions.departments import names_of
from bot.actions.escalations_ask import send
from bot.actions.escalations_cards import NEWS, NOTE, say_to_case, show, written
from bot.actions.escalations_turn import Turn
from bot.actions.outbox import tell
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.escalations import OPEN, NothingToAsk, Reroute, State
from bot.domain.escalations_shown import News, Said, Side
from bot.domain.matrix import Severity
from bot.domain.permissions import Deed
from storage.swaps import form_result, remember_form

# So many departments have said that it is not theirs that somebody should see whose it is.
_TO_AND_FRO = 2


def elsewhere(deps: Deps, caller: Caller, escalation_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """The departments that it could go to, by name.

    Raises ``UnknownEscalation``, ``NotPermitted``, ``OtherDepartment``, ``NotOpen`` and ``NothingToAsk``.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        _demand(turn)
        turn.demand_state(OPEN)
        names = names_of(session)
        found = tuple((each, names[each]) for each in names if each != turn.row.department_id)
        if not found:
            raise NothingToAsk
        return tuple(sorted(found, key=lambda each: each[1].casefold()))


def reroute(
    deps: Deps, caller: Caller, escalation_id: UUID, department_id: UUID | None, nonce: UUID, reason: str
) -> None:
    """It is the other department's from now on, by the matrix; None: nobody knows whose, and the desk decides.

    Raises what ``elsewhere`` does, and ``SameDepartment``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        _demand(turn)
        turn.demand_state(OPEN)
        row, before = turn.row, State(turn.row.state)
        remember_form(session, nonce, row.id, deps.clock())
        note_id = turn.note(reason)
        if note_id:
            facts = written(session, row, Said.ELSEWHERE)
            say_to_case(session, deps, row, NOTE, facts, f"{NOTE}:{note_id}", note_id)
        if department_id is None:
            _lose(turn, before, note_id)
        else:
            _send(turn, before, note_id, department_id)


def _send(turn: Turn, before: State, note_id: UUID | None, department_id: UUID) -> None:
    session, deps, row = turn.session, turn.deps, turn.row
    names = names_of(session)
    if department_id not in names:
        raise NothingToAsk
    left = row.department_id
    about = turn.case
    turn.become(Reroute(department_id))
    severity = Severity(row.severity)
    route = matrix.route(session, deps.clock(), about.category, severity, about.tier, department_id)
    assert route
    send(session, deps, row, route)
    moved = {"from": str(left), "to": str(department_id)}
    turn.log("moved", before, note_id, **moved)
    turn.hold_case()
    show(session, deps, row)
    facts = {"news": News.MOVED, "from": names[left], "to": names[department_id]}
    say_to_case(session, deps, row, NEWS, facts, f"{NEWS}:{row.id}:moved:{row.hop}")
    if row.hop >= _TO_AND_FRO:
        _tell_desk(turn, News.TO_AND_FRO)


def _lose(turn: Turn, before: State, note_id: UUID | None) -> None:
    """It stays where it is until the desk has sent it elsewhere."""
    turn.log("lost", before, note_id)
    _tell_desk(turn, News.LOST)


def _tell_desk(turn: Turn, news: News) -> None:
    session, row = turn.session, turn.row
    facts = {"news": news, "hop": row.hop, "department": names_of(session)[row.department_id]}
    for lane in approver_lanes(session, None, ()):
        key = f"{NEWS}:{row.id}:{news}:{row.hop}:{lane}"
        tell(session, turn.deps, to=lane, card=NEWS, subject=row.id, audience=Side.CASE, facts=facts, key=key)


def _demand(turn: Turn) -> None:
    """Raises ``NotPermitted`` or ``OtherDepartment`` unless who acts chases, or speaks for the department."""
    if not turn.actor.may(Deed.CHASE):
        turn.demand_department()
