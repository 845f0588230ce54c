"""Who could see to a case, and giving it to one of them."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.actions.cases_cards import show_owner
from bot.actions.cases_demand import Demand, horizon
from bot.actions.cases_named import named
from bot.actions.cases_turn import case_of, happen
from bot.actions.notes import write_note
from bot.actions.people import Caller, UnknownPerson, somebody
from bot.deps import Deps
from bot.domain.cases import CaseIsOver, Happening, Kind, UnknownCase
from bot.domain.cases_assign import Suggestion, suggest
from bot.domain.cases_assign_shown import AssignShown, Suggested
from bot.domain.cases_shown import Why
from bot.domain.permissions import Actor, Deed, Grant, Role
from storage.cases import case as case_by_id
from storage.db import WorkspaceSession
from storage.people import grants_of, member, member_by_slack_id
from storage.swaps import form_result, remember_form
from storage.tables import Case

MOST = 5


def suggestions(session: WorkspaceSession, case: Case, now: datetime, most: int = MOST) -> tuple[Suggested, ...]:
    """Who could see to it, but its owner, the best first."""
    demand = Demand(session)
    people = demand.candidates(now, horizon(now, [case.due_at]), [case.owner_id])
    return tuple(suggested(session, each) for each in suggest(demand.of(case, now), people)[:most])


def suggested(session: WorkspaceSession, found: Suggestion) -> Suggested:
    """A suggestion with the person whom it is about."""
    return Suggested(somebody(session, found.person_id), found)


def to_assign(deps: Deps, caller: Caller, wanted: UUID | str) -> AssignShown:
    """A case, by id or as people call it, with who could see to it.

    Raises ``NotPermitted``, ``UnknownCase`` and ``CaseIsOver``.
    """
    caller.actor.require(Deed.ASSIGN_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        row = find_case(session, wanted)
        if row.closed_at or row.external_gone_at:
            raise CaseIsOver
        return _shown(session, row, suggestions(session, row, deps.clock()))


def assign(
    deps: Deps, caller: Caller, wanted: UUID | str, to: UUID | str, *, nonce: UUID | None = None, reason: str = ""
) -> AssignShown:
    """Gives a case to a member, by id or Slack account; they are told. What is shown says whose it was, too.

    Raises ``NotPermitted``, ``UnknownCase``, ``CaseIsOver``, and ``UnknownPerson`` for who is not on the floor or
    has left.
    """
    caller.actor.require(Deed.ASSIGN_CASES)
    with deps.sessions.write(caller.workspace_id) as session:
        row = find_case(session, wanted)
        before = row.owner_id
        if nonce is None or not form_result(session, nonce):
            give(session, deps, caller, row, _taker(session, to), reason)
            if nonce:
                remember_form(session, nonce, row.id, deps.clock())
        return replace(_shown(session, row, ()), before=somebody(session, before) if before else None)


def give(session: WorkspaceSession, deps: Deps, caller: Caller, row: Case, to: UUID, reason: str = "") -> None:
    """The same of a case within a transaction; whose it is already keeps it, and nobody is told."""
    note = write_note(session, deps, caller.actor.member_id, reason)
    happening = Happening(Kind.OWNER, {"owner": str(to)}, member_id=caller.actor.member_id, note_id=note)
    if happen(session, deps, caller.actor, row, happening) and to != caller.actor.member_id:
        show_owner(session, deps, row, Why.GIVEN)


def find_case(session: WorkspaceSession, wanted: UUID | str) -> Case:
    """A case by id, or as people call it. Raises ``UnknownCase``."""
    if isinstance(wanted, str):
        return case_of(session, wanted)
    found = case_by_id(session, wanted)
    if found is None:
        raise UnknownCase
    return found


def _taker(session: WorkspaceSession, to: UUID | str) -> UUID:
    found = member_by_slack_id(session, to) if isinstance(to, str) else member(session, to)
    if found is None or found.deactivated_at or not on_the_floor(session, found.id):
        raise UnknownPerson
    return found.id


def on_the_floor(session: WorkspaceSession, member_id: UUID) -> bool:
    """Whether somebody works on cases: who answers for another department does not."""
    grants = tuple(Grant(Role(row.role), row.team_id) for row in grants_of(session, member_id))
    return Actor(member_id, grants).may(Deed.WORK_CASES)


def _shown(session: WorkspaceSession, row: Case, people: tuple[Suggested, ...]) -> AssignShown:
    case = named(session, row.id)
    assert case
    owner = somebody(session, row.owner_id) if row.owner_id else None
    return AssignShown(case, owner, people)
