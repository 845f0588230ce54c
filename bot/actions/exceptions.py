"""Asking for an exception for a customer, deciding it, and taking it back."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.actions.cases_named import named
from bot.actions.exceptions_cards import ask, load_exception, say, show_asker
from bot.actions.exceptions_turn import KIND, asked_of, become, limits_of, roles_for, team_of
from bot.actions.notes import write_note
from bot.actions.outbox import touch
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain import exceptions as domain
from bot.domain.approval import ReasonMissing
from bot.domain.cases import CaseIsOver, UnknownCase
from bot.domain.cases import State as CaseState
from bot.domain.cases_named import CaseNamed
from bot.domain.exceptions import ExceptionShown, ExceptionsPage, Kind, Limit, Money, News, NotWaiting, State
from bot.domain.permissions import Deed, NotPermitted, Role
from storage.cases import case
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.exceptions import exception_of, exceptions_in, exceptions_of_case
from storage.swaps import form_result, remember_form
from storage.tables import CaseException

_LISTED = 15


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for."""

    nonce: UUID
    case_id: UUID
    kind: Kind
    money: Money
    reason: str


def currencies_of(caller: Caller) -> list[str]:
    """Those in which somebody may approve something where the caller works, each once."""
    limits = domain.read_limits(caller.preferences.exception_limits or "")
    return list(dict.fromkeys(each.most.currency for each in limits))


def to_ask(deps: Deps, caller: Caller, case_id: UUID) -> CaseNamed:
    """The case for which somebody asks. Raises ``NotPermitted`` and ``UnknownCase``."""
    caller.actor.require(Deed.ASK_EXCEPTION)
    with deps.sessions.read(caller.workspace_id) as session:
        found = named(session, case_id)
    if found is None:
        raise UnknownCase
    return found


def waiting_for(deps: Deps, caller: Caller, case_id: UUID) -> list[ExceptionShown]:
    """What is asked for a case already and waits for approval. Raises ``NotPermitted``."""
    caller.actor.require(Deed.ASK_EXCEPTION)
    with deps.sessions.read(caller.workspace_id) as session:
        rows = exceptions_of_case(session, case_id, [State.NEEDS_APPROVAL])
        return [load_exception(session, row) for row in rows]


def ask_for(deps: Deps, caller: Caller, wanted: Wanted) -> ExceptionShown:
    """Asks for it; what is so little that nobody has to be asked is approved at once.

    Raises ``NotPermitted``, ``ReasonMissing``, ``UnknownCase`` and ``CaseIsOver``.
    """
    caller.actor.require(Deed.ASK_EXCEPTION)
    assert caller.actor.member_id
    if not wanted.reason.strip():
        raise ReasonMissing
    with deps.sessions.write(caller.workspace_id) as session:
        known = form_result(session, wanted.nonce)
        if known and (row := exception_of(session, known)):
            return load_exception(session, row)
        _demand_open(session, wanted.case_id)
        limits = limits_of(session, caller.actor.member_id)
        free = domain.needs_nobody(wanted.money, limits)
        row = _added(session, deps, caller, wanted, State.APPROVED if free else State.NEEDS_APPROVAL)
        remember_form(session, wanted.nonce, row.id, deps.clock())
        record(
            session, deps, caller.actor, "exception.ask", (KIND, row.id), None, {"state": row.state}, row.number
        )
        show_asker(session, deps, row)
        if free:
            say(session, deps, row, News.APPROVED)
        else:
            ask(session, deps, row, limits)
        touch(session, deps, "case", row.case_id)
        return load_exception(session, row)


def approve(deps: Deps, caller: Caller, exception_id: UUID) -> None:
    """Raises ``NotPermitted``, ``NotWaiting``, ``OwnRequest`` and ``AboveLimit``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _to_decide(session, deps, caller, exception_id)
        become(session, deps, caller.actor, row, domain.approve(asked_of(row), *_decider(session, caller, row)))
        say(session, deps, row, News.APPROVED)


def decline(deps: Deps, caller: Caller, exception_id: UUID, nonce: UUID, reason: str) -> None:
    """Raises the same, and ``ReasonMissing``."""
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        row = _to_decide(session, deps, caller, exception_id)
        declined = domain.decline(asked_of(row), *_decider(session, caller, row), reason)
        row.decision_id = write_note(session, deps, caller.actor.member_id, reason)
        remember_form(session, nonce, row.id, deps.clock())
        become(session, deps, caller.actor, row, declined)
        say(session, deps, row, News.DECLINED)


def demand_decider(deps: Deps, caller: Caller, exception_id: UUID) -> ExceptionShown:
    """What is to be declined. Raises what ``approve`` does."""
    with deps.sessions.read(caller.workspace_id) as session:
        row = _to_decide(session, deps, caller, exception_id)
        domain.approve(asked_of(row), *_decider(session, caller, row))
        return load_exception(session, row)


def withdraw(deps: Deps, caller: Caller, exception_id: UUID) -> None:
    """Whoever asked takes it back. Raises ``NotPermitted``, ``NotWaiting`` and ``NotTheirs``."""
    caller.actor.require(Deed.ASK_EXCEPTION)
    with deps.sessions.write(caller.workspace_id) as session:
        row = exception_of(session, exception_id)
        if row is None or caller.actor.member_id is None:
            raise domain.NotTheirs
        become(session, deps, caller.actor, row, domain.withdraw(asked_of(row), caller.actor.member_id))


def waiting(deps: Deps, caller: Caller, page: int = 0) -> ExceptionsPage:
    """A page of those that wait for approval; of who approves none, only their own. Raises ``NotPermitted``."""
    caller.actor.require(Deed.ASK_EXCEPTION)
    with deps.sessions.read(caller.workspace_id) as session:
        rows = exceptions_in(session, [State.NEEDS_APPROVAL])
        if not caller.actor.may(Deed.DECIDE_EXCEPTION):
            rows = [row for row in rows if row.asked_by_id == caller.actor.member_id]
        pages = max(-(-len(rows) // _LISTED), 1)
        page = min(page, pages - 1)
        first = rows[page * _LISTED : (page + 1) * _LISTED]
        return ExceptionsPage(tuple(load_exception(session, row) for row in first), page, pages, len(rows))


def look(deps: Deps, caller: Caller, exception_id: UUID) -> ExceptionShown:
    """One of them. Raises ``NotPermitted``, and ``NotWaiting`` where there is none."""
    caller.actor.require(Deed.ASK_EXCEPTION)
    with deps.sessions.read(caller.workspace_id) as session:
        row = exception_of(session, exception_id)
        if row is None:
            raise NotWaiting(State.EXPIRED)
        if row.asked_by_id != caller.actor.member_id:
            caller.actor.require(Deed.DECIDE_EXCEPTION)
        return load_exception(session, row)


def _added(session: WorkspaceSession, deps: Deps, caller: Caller, wanted: Wanted, state: State) -> CaseException:
    now, asker = deps.clock(), caller.actor.member_id
    assert asker
    row = CaseException(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, KIND),
        case_id=wanted.case_id,
        kind=wanted.kind,
        amount_minor=wanted.money.minor,
        currency=wanted.money.currency,
        state=state,
        asked_by_id=asker,
        asked_at=now,
        due_at=now + timedelta(hours=caller.preferences.exception_hours),
        reason_id=write_note(session, deps, asker, wanted.reason),
        decided_at=now if state is State.APPROVED else None,
        rung=0,
    )
    session.add(row)
    session.flush()
    return row


def _demand_open(session: WorkspaceSession, case_id: UUID) -> None:
    found = case(session, case_id)
    if found is None:
        raise UnknownCase
    if found.state == CaseState.CLOSED or found.external_gone_at:
        raise CaseIsOver


def _to_decide(session: WorkspaceSession, deps: Deps, caller: Caller, exception_id: UUID) -> CaseException:
    """One whose time is over is not decided any more, whether or not the clock has seen it yet."""
    caller.actor.require(Deed.DECIDE_EXCEPTION)
    row = exception_of(session, exception_id)
    if row is None or domain.expire(asked_of(row), deps.clock()):
        raise NotWaiting(State.EXPIRED)
    return row


def _decider(
    session: WorkspaceSession, caller: Caller, row: CaseException
) -> tuple[UUID, set[Role], tuple[Limit, ...]]:
    """Who decides it, as what, and up to which amount who may. Raises ``NotPermitted`` for other teams' leads."""
    assert caller.actor.member_id
    roles = roles_for(caller.actor, team_of(session, row.asked_by_id))
    if not roles and row.asked_by_id != caller.actor.member_id:
        raise NotPermitted(Deed.DECIDE_EXCEPTION)
    return caller.actor.member_id, roles, limits_of(session, row.asked_by_id)
