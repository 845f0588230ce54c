"""Raising a hand for live help, coming, and what becomes of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.actions.absences_lanes import responsible_now
from bot.actions.cases_named import named
from bot.actions.handup_cards import ask, asker_team, say
from bot.actions.handup_turn import KIND, become, hand_of
from bot.actions.notes import write_note
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain import handup as domain
from bot.domain.cases import UnknownCase
from bot.domain.cases_named import CaseNamed
from bot.domain.handup import AlreadyUp, AnswerTimes, Hand, News, NotWaiting, State, answer_times
from bot.domain.permissions import Deed, NotPermitted
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.handup import hand_up, hands_in, hands_since
from storage.swaps import form_result, remember_form
from storage.tables import Case, HandUp

_TIMES_OF = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Raised:
    """What somebody asks, and about which case; one form raises one hand."""

    nonce: UUID
    question: str = ""
    case_id: UUID | None = None


def to_raise(deps: Deps, caller: Caller, case_id: UUID | None) -> CaseNamed | None:
    """The case from which a hand is raised; None if there is none. Raises ``NotPermitted``."""
    caller.actor.require(Deed.RAISE_HAND, of=caller.actor.member_id)
    if case_id is None:
        return None
    with deps.sessions.read(caller.workspace_id) as session:
        return named(session, case_id)


def raise_hand(deps: Deps, caller: Caller, wanted: Raised) -> None:
    """Asks for live help; one hand at a time. Raises ``NotPermitted``, ``AlreadyUp`` and ``UnknownCase``."""
    caller.actor.require(Deed.RAISE_HAND, of=caller.actor.member_id)
    assert caller.actor.member_id
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, wanted.nonce):
            return
        for known in hands_in(session, domain.LIVE, caller.actor.member_id):
            if known.state == State.WAITING:
                raise AlreadyUp(known.number)
            become(session, deps, caller.actor, known, domain.done(hand_of(known), caller.actor.member_id))
        if wanted.case_id and session.get(Case, (session.workspace_id, wanted.case_id)) is None:
            raise UnknownCase
        row = HandUp(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            number=next_number(session, KIND),
            asked_by_id=caller.actor.member_id,
            case_id=wanted.case_id,
            question_id=write_note(session, deps, caller.actor.member_id, wanted.question),
            asked_at=deps.clock(),
            state=State.WAITING,
            rung=0,
        )
        session.add(row)
        session.flush()
        remember_form(session, wanted.nonce, row.id, deps.clock())
        record(session, deps, caller.actor, "handup.raise", (KIND, row.id), None, {"state": row.state}, row.number)
        ask(session, deps, row)


def come(deps: Deps, caller: Caller, hand_id: UUID) -> None:
    """Somebody comes; the first who says so. Raises ``NotPermitted``, ``NotWaiting`` and ``OwnHand``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _row(session, hand_id)
        _demand_may(session, caller, row, deps)
        assert caller.actor.member_id
        if row.state == State.COMING and row.taken_by_id == caller.actor.member_id:
            return
        hand = domain.come(hand_of(row), caller.actor.member_id)
        become(session, deps, caller.actor, row, hand)
        say(session, deps, row, News.COMING)


def end(deps: Deps, caller: Caller, hand_id: UUID) -> None:
    """It is answered, says one of the two. Raises ``NotWaiting`` and ``NotTheirs``."""
    _end(deps, caller, hand_id, domain.done)


def take_down(deps: Deps, caller: Caller, hand_id: UUID) -> None:
    """Help is not needed any more. Raises ``NotWaiting`` and ``NotTheirs``."""
    _end(deps, caller, hand_id, domain.take_down)


def answered(deps: Deps, caller: Caller) -> AnswerTimes:
    """How long people waited in the last four weeks. Raises ``NotPermitted``."""
    caller.actor.require(Deed.TAKE_HAND)
    with deps.sessions.read(caller.workspace_id) as session:
        raised = hands_since(session, deps.clock() - _TIMES_OF)
        waits = [row.taken_at - row.asked_at for row in raised if row.taken_at]
        how = Counter(row.state for row in raised)
        return answer_times(len(raised), waits, how[State.MISSED], how[State.WAITING])


def _end(deps: Deps, caller: Caller, hand_id: UUID, becomes: Callable[[Hand, UUID], Hand]) -> None:
    if caller.actor.member_id is None:
        raise NotPermitted(Deed.RAISE_HAND)
    with deps.sessions.write(caller.workspace_id) as session:
        row = _row(session, hand_id)
        become(session, deps, caller.actor, row, becomes(hand_of(row), caller.actor.member_id))


def _row(session: WorkspaceSession, hand_id: UUID) -> HandUp:
    row = hand_up(session, hand_id)
    if row is None:
        raise NotWaiting
    return row


def _demand_may(session: WorkspaceSession, caller: Caller, row: HandUp, deps: Deps) -> None:
    """Raises ``NotPermitted`` for who is none of those asked: by their role, or as named for the hour."""
    if caller.actor.may(Deed.TAKE_HAND):
        return
    team_id = asker_team(session, row)
    named = {each.id for at in (row.asked_at, deps.clock()) for each in responsible_now(session, team_id, at)}
    if caller.actor.member_id not in named:
        raise NotPermitted(Deed.TAKE_HAND)
