"""Cases are put where the rules say, or sent elsewhere, and why that is."""

from dataclasses import dataclass
from uuid import UUID

from bot.actions.cases_assign import find_case
from bot.actions.cases_named import named
from bot.actions.cases_turn import happen
from bot.actions.notes import write_note
from bot.actions.people import Caller
from bot.actions.routing import belongs, facts_of, rules_of, suggest
from bot.deps import Deps
from bot.domain.cases import LIVE, By, CaseIsOver, Happening, Kind
from bot.domain.permissions import Actor, Deed
from bot.domain.routing import Routed, Why, route
from bot.domain.routing_shown import Belongs, RerouteShown
from storage.cases import cases_by_id
from storage.db import WorkspaceSession
from storage.routing import unplaced
from storage.shifts import queues
from storage.swaps import form_result, remember_form
from storage.tables import Case, Queue

# So many cases are put into their queues by one press: everybody else who writes waits meanwhile.
MOST_AT_ONCE = 100
_LOOKED_THROUGH = 1000


class NoSuchQueue(Exception):
    """There is no queue with this id, or the case is in it already."""


@dataclass(frozen=True, slots=True)
class Placed:
    """So many cases were put into their queues, and ``more`` can be; of ``left`` no rule says where they go."""

    number: int
    left: int
    more: int = 0


def place(session: WorkspaceSession, deps: Deps, actor: Actor, case: Case) -> Routed | None:
    """Puts a case that is in no queue where the rules say; None: it is in one, or they say nothing."""
    found = suggest(session, facts_of(case)) if case.queue_id is None else None
    if found:
        _put(session, deps, actor, case, found)
    return found


def place_one(deps: Deps, caller: Caller, case_id: UUID) -> Belongs | None:
    """The same, by a press. Raises ``NotPermitted``, ``UnknownCase`` and ``CaseIsOver``."""
    caller.actor.require(Deed.ASSIGN_CASES)
    with deps.sessions.write(caller.workspace_id) as session:
        row = find_case(session, case_id)
        found = belongs(session, row)
        return found if place(session, deps, caller.actor, row) else None


def place_all(deps: Deps, caller: Caller) -> Placed:
    """Puts those of the cases that are in no queue where the rules say, so many at once.

    Raises ``NotPermitted``.
    """
    caller.actor.require(Deed.ASSIGN_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        rules, rows = rules_of(session), unplaced(session, _LOOKED_THROUGH)
        fitting = [row.id for row in rows if route(rules, facts_of(row))]
    number = 0
    with deps.sessions.write(caller.workspace_id) as session:
        for row in cases_by_id(session, fitting[:MOST_AT_ONCE]).values():
            if row.state in LIVE and row.external_gone_at is None:
                number += place(session, deps, caller.actor, row) is not None
    return Placed(number, len(rows) - len(fitting), len(fitting[MOST_AT_ONCE:]))


def to_reroute(deps: Deps, caller: Caller, wanted: UUID | str) -> RerouteShown:
    """A case that is to be sent elsewhere. Raises ``NotPermitted``, ``UnknownCase`` and ``CaseIsOver``."""
    caller.actor.require(Deed.ASSIGN_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        row = find_case(session, wanted)
        if row.closed_at or row.external_gone_at:
            raise CaseIsOver
        return _shown(session, row)


def reroute(
    deps: Deps, caller: Caller, case_id: UUID, queue_id: UUID, why: Why, *, nonce: UUID, reason: str
) -> RerouteShown:
    """Sends a case to another queue, and says why; what was wrong counts against the rule that put it there.

    Raises ``NotPermitted``, ``UnknownCase``, ``CaseIsOver`` and ``NoSuchQueue``.
    """
    caller.actor.require(Deed.ASSIGN_CASES)
    with deps.sessions.write(caller.workspace_id) as session:
        row = find_case(session, case_id)
        if not form_result(session, nonce):
            if session.get(Queue, (session.workspace_id, queue_id)) is None or queue_id == row.queue_id:
                raise NoSuchQueue
            note = write_note(session, deps, caller.actor.member_id, reason)
            data = {"queue": str(queue_id), "reason": why.value}
            # Where a rule put it; what went wrong later is not its doing.
            if why is Why.MISROUTE and row.routed_by_id and not row.rerouted:
                data["rule"] = str(row.routed_by_id)
            happening = Happening(Kind.QUEUE, data, member_id=caller.actor.member_id, note_id=note)
            happen(session, deps, caller.actor, row, happening)
            remember_form(session, nonce, row.id, deps.clock())
        return _shown(session, row)


def _put(session: WorkspaceSession, deps: Deps, actor: Actor, case: Case, found: Routed) -> None:
    rule, by = found.rule, By.MEMBER if actor.member_id else By.BOT
    case.routed_by_id = rule.id
    happened = [Happening(Kind.QUEUE, {"queue": str(rule.queue_id)}, by, actor.member_id)]
    if rule.priority:
        happened.append(Happening(Kind.PRIORITY, {"priority": rule.priority.value}, by, actor.member_id))
    happen(session, deps, actor, case, *happened)


def _shown(session: WorkspaceSession, row: Case) -> RerouteShown:
    names, case = {each.id: each.name for each in queues(session)}, named(session, row.id)
    assert case
    queue = names.get(row.queue_id) if row.queue_id else None
    return RerouteShown(case, row.queue_id, queue, names, belongs(session, row))
