"""After a conflict somebody says which is right: what stands in the helpdesk, or what was asked for."""

from typing import Any
from uuid import UUID

from bot.actions import connections_writes
from bot.actions.cases_turn import amend, happen
from bot.actions.connections_conflicts import CARD, write_shown
from bot.actions.outbox import touch
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.cases import Happening, Kind
from bot.domain.connections import WriteIsSettled, WriteShown, WriteState
from bot.domain.permissions import Deed
from storage.cases import case
from storage.connections import case_write
from storage.db import WorkspaceSession
from storage.tables import Case, CaseWrite


def take_theirs(deps: Deps, caller: Caller, write_id: UUID) -> WriteShown:
    """What stands in the helpdesk is right, and stands here already. Raises ``WriteIsSettled``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _settle(session, deps, caller, write_id, WriteState.TAKEN)
        return write_shown(session, row)


def write_again(deps: Deps, caller: Caller, write_id: UUID) -> WriteShown:
    """What was asked for is right all the same: it is written once more, upon what stands there now.

    Raises ``WriteIsSettled``, and ``CaseIsOver`` where the case is closed there.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        row = _settle(session, deps, caller, write_id, WriteState.REPEATED)
        of = case(session, row.case_id)
        assert of  # a write is of a case
        _ask_again(session, deps, caller, of, row)
        return write_shown(session, row)


def _settle(session: WorkspaceSession, deps: Deps, caller: Caller, write_id: UUID, state: WriteState) -> CaseWrite:
    caller.actor.require(Deed.WORK_CASES)
    row = case_write(session, write_id)
    if row is None or row.state != WriteState.CONFLICT:
        raise WriteIsSettled
    row.state, row.decided_by_id = state, caller.actor.member_id
    of = case(session, row.case_id)
    said = {"helpdesk": row.source, "field": row.kind, "state": state.value}
    number = of.number if of else None
    record(session, deps, caller.actor, "case.write_decide", ("case", row.case_id), None, said, number)
    touch(session, deps, CARD, row.id)
    touch(session, deps, "case", row.case_id)
    return row


def _ask_again(session: WorkspaceSession, deps: Deps, caller: Caller, of: Case, row: CaseWrite) -> None:
    if row.kind == "tags":
        asked: list[Any] = amend(session, deps, caller.actor, of, tags=list(row.wanted["tags"]))
    else:
        kind = {"state": Kind.STATE, "owner": Kind.OWNER}[row.kind]
        again = Happening(kind, dict(row.wanted), member_id=caller.actor.member_id)
        asked = happen(session, deps, caller.actor, of, again)
    if not asked:  # such as: nobody owns it here, and there it is somebody whom we do not know
        found = dict(row.found or {})
        connections_writes.ask(session, deps, of, row.kind, dict(row.wanted), found, caller.actor.member_id)
