"""Looking at requests for time off: where one stands, and those of somebody that wait or are ahead."""

from collections.abc import Sequence
from uuid import UUID

from bot.actions.people import Caller, find_person, somebody
from bot.actions.timeoff_cards import load_request
from bot.actions.timeoff_decide import may_decide
from bot.actions.timeoff_requests import Turn, UnknownRequest
from bot.deps import Deps
from bot.domain.permissions import Deed, Reach
from bot.domain.timeoff import LIVE, State
from bot.domain.timeoff_kinds import Privacy
from bot.domain.timeoff_seen import DECIDING, Audience, RequestList, RequestShown, Seat
from storage.db import WorkspaceSession
from storage.timeoff_requests import request_of_number, requests_entered, requests_in, requests_of


def visit_request(deps: Deps, caller: Caller, request_id: UUID) -> tuple[RequestShown, Seat]:
    """A request, and from where the caller looks at it. Raises ``UnknownRequest`` and ``NotPermitted``."""
    with deps.sessions.read(caller.workspace_id) as session:
        return _visited(Turn.of(session, deps, caller.actor, request_id))


def visit_number(deps: Deps, caller: Caller, number: int) -> tuple[RequestShown, Seat]:
    """The same, by the number that people quote."""
    with deps.sessions.read(caller.workspace_id) as session:
        row = request_of_number(session, number)
        if row is None:
            raise UnknownRequest
        return _visited(Turn(session, deps, caller.actor, row))


def open_requests(deps: Deps, caller: Caller, slack_id: str | None = None) -> RequestList:
    """Those of somebody, by default the caller, that wait or are not over, and what they entered for others.

    Raises ``UnknownPerson`` and ``NotPermitted``.
    """
    whom = find_person(deps, caller.workspace_id, slack_id) if slack_id not in (None, caller.slack_id) else None
    member_id = whom.id if whom else caller.actor.member_id
    caller.actor.require(Deed.SEE_TIMEOFF, of=member_id, team=whom.team_id if whom else None)
    with deps.sessions.read(caller.workspace_id) as session:
        found = own_requests(session, deps, member_id) if member_id else ()
        entered = entered_requests(session, deps, member_id) if member_id and not whom else ()
        return RequestList(somebody(session, whom.id) if whom else None, found, entered)


def own_requests(session: WorkspaceSession, deps: Deps, member_id: UUID) -> tuple[RequestShown, ...]:
    """Those of a member that wait or are not over."""
    rows = requests_of(session, member_id, LIVE, deps.clock())
    return tuple(load_request(session, deps, row, reviewed=False) for row in rows)


def entered_requests(session: WorkspaceSession, deps: Deps, member_id: UUID) -> tuple[RequestShown, ...]:
    """Those that wait and that a member entered for others."""
    rows = requests_entered(session, member_id, [State.NEEDS_APPROVAL])
    return tuple(load_request(session, deps, row, reviewed=False) for row in rows)


def to_decide(
    session: WorkspaceSession, deps: Deps, caller: Caller, most: int
) -> tuple[Sequence[RequestShown], int]:
    """The first of what waits for the caller's decision, in order of number, and how much that is."""
    if caller.actor.reach(Deed.DECIDE_TIMEOFF) is Reach.NOBODY:
        return (), 0
    turns = (Turn(session, deps, caller.actor, row) for row in requests_in(session, [State.NEEDS_APPROVAL]))
    found = [turn.row for turn in turns if may_decide(turn)]
    return [load_request(session, deps, row, reviewed=False) for row in found[:most]], len(found)


def _visited(turn: Turn) -> tuple[RequestShown, Seat]:
    seat = _seat(turn)
    return load_request(turn.session, turn.deps, turn.row, reviewed=seat.audience in DECIDING), seat


def _seat(turn: Turn) -> Seat:
    """As whom who acts looks at a request. Raises ``NotPermitted``."""
    row, actor = turn.row, turn.actor
    if turn.who == row.member_id:
        return Seat(Audience.ASKER)
    actor.require(Deed.SEE_TIMEOFF, of=row.member_id, team=turn.person.team_id)
    reads = actor.reach(Deed.SEE_TIMEOFF) is Reach.ANYBODY or turn.who == row.entered_by_id
    deciding = Audience.NEXT_LEVEL if turn.needs_manager else Audience.APPROVERS
    return Seat(deciding if may_decide(turn) else Audience.PROXY, reads or not _is_private(turn))


def _is_private(turn: Turn) -> bool:
    """Whether only managers and coordinators read which kind it is."""
    return turn.kind.privacy is Privacy.MANAGERS
