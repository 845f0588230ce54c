"""Changing the matrix: one proposes and says why, another approves; what held before can be brought back."""

from collections.abc import Callable, Sequence
from uuid import UUID

from bot.actions.approvers import approver_lanes
from bot.actions.departments import names_of
from bot.actions.matrix import rows_in_force
from bot.actions.notes import write_note
from bot.actions.outbox import tell, touch
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.matrix import Row, from_documents, to_documents
from bot.domain.matrix_change import NotProposed, ReasonMissing, State, decide, propose
from bot.domain.permissions import Deed, NotPermitted
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.matrix import version, version_in
from storage.people import member
from storage.swaps import form_result, remember_form
from storage.tables import EscalationMatrix

# What the audit calls it, the cards of a version, and what tells its author.
KIND, CARD, NEWS = "matrix", "matrix", "matrix.news"
Rows = tuple[Row, ...]
_DEEDS = {State.IN_FORCE: "matrix.approve", State.DECLINED: "matrix.decline"}


class NotOfDepartment(Exception):
    """The contact that was chosen is not of the department."""


def propose_rows(
    deps: Deps, caller: Caller, nonce: UUID, reason: str, changed: Callable[[Rows], Rows]
) -> EscalationMatrix:
    """Proposes what ``changed`` makes of the rows that hold or, if the caller has a change waiting, of that one's.

    Raises ``NotPermitted``, ``NotOfDepartment`` and what ``propose`` and ``changed`` do.
    """
    caller.actor.require(Deed.CHANGE_MATRIX)
    with deps.sessions.write(caller.workspace_id) as session:
        if (known := form_result(session, nonce)) and (row := version(session, known)):
            return row
        waiting = version_in(session, State.PROPOSED)
        own = waiting and waiting.proposed_by_id == caller.actor.member_id
        rows = changed(from_documents(waiting.rows) if own and waiting else rows_in_force(session)[0])
        row = _propose(session, deps, caller, rows, reason, None)
        remember_form(session, nonce, row.id, deps.clock())
        return row


def bring_back(deps: Deps, caller: Caller, nonce: UUID, version_id: UUID, reason: str) -> EscalationMatrix:
    """Proposes an earlier version anew. Raises ``NotPermitted``, ``NotProposed`` and what ``propose`` does."""
    caller.actor.require(Deed.CHANGE_MATRIX)
    with deps.sessions.write(caller.workspace_id) as session:
        if (known := form_result(session, nonce)) and (row := version(session, known)):
            return row
        earlier = version(session, version_id)
        if earlier is None:
            raise NotProposed
        there = names_of(session)
        rows = tuple(each for each in from_documents(earlier.rows) if each.department_id in there)
        row = _propose(session, deps, caller, rows, reason, earlier.number)
        remember_form(session, nonce, row.id, deps.clock())
        return row


def approve(deps: Deps, caller: Caller, version_id: UUID) -> EscalationMatrix:
    """Has the version hold from now on. Raises ``NotPermitted``, ``NotProposed`` and ``OwnVersion``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _to_decide(session, caller, version_id)
        before = version_in(session, State.IN_FORCE)
        if before:
            before.state = State.REPLACED
        _decided(session, deps, caller, row, State.IN_FORCE)
        if before:
            touch(session, deps, CARD, before.id)
        return row


def decline(deps: Deps, caller: Caller, nonce: UUID, version_id: UUID, reason: str) -> EscalationMatrix:
    """Leaves all as it is. Raises ``NotPermitted``, ``NotProposed``, ``OwnVersion`` and ``ReasonMissing``."""
    with deps.sessions.write(caller.workspace_id) as session:
        if (known := form_result(session, nonce)) and (row := version(session, known)):
            return row
        row = _to_decide(session, caller, version_id)
        if not reason.strip():
            raise ReasonMissing
        row.decision_id = write_note(session, deps, caller.actor.member_id, reason)
        _decided(session, deps, caller, row, State.DECLINED)
        remember_form(session, nonce, row.id, deps.clock())
        return row


def withdraw(deps: Deps, caller: Caller, version_id: UUID) -> EscalationMatrix:
    """Takes back what the caller has proposed. Raises ``NotPermitted`` and ``NotProposed``."""
    caller.actor.require(Deed.CHANGE_MATRIX)
    with deps.sessions.write(caller.workspace_id) as session:
        row = version(session, version_id)
        if row is None or row.state != State.PROPOSED:
            raise NotProposed
        if row.proposed_by_id != caller.actor.member_id:
            raise NotPermitted(Deed.CHANGE_MATRIX)
        _withdraw(session, deps, caller, row)
        return row


def demand_decider(deps: Deps, caller: Caller, version_id: UUID) -> None:
    """Raises ``NotPermitted``, ``NotProposed`` or ``OwnVersion`` unless the caller may decide it now."""
    with deps.sessions.read(caller.workspace_id) as session:
        _to_decide(session, caller, version_id)


def _propose(
    session: WorkspaceSession, deps: Deps, caller: Caller, rows: Sequence[Row], reason: str, restores: int | None
) -> EscalationMatrix:
    assert caller.actor.member_id
    for each in rows:
        found = member(session, each.contact_id) if each.contact_id else None
        if found and found.department_id != each.department_id and restores is None:
            raise NotOfDepartment
    waiting = version_in(session, State.PROPOSED)
    held, number = rows_in_force(session)
    propose(
        rows,
        held,
        reason,
        caller.actor.member_id,
        (waiting.number, waiting.proposed_by_id) if waiting else None,
    )
    if waiting:
        _withdraw(session, deps, caller, waiting)
    row = EscalationMatrix(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, KIND),
        rows=to_documents(rows),
        replaces=to_documents(held),
        state=State.PROPOSED,
        restores=restores,
        proposed_by_id=caller.actor.member_id,
        proposed_at=deps.clock(),
        reason_id=write_note(session, deps, caller.actor.member_id, reason),
    )
    session.add(row)
    session.flush()
    before, after = {"matrix": number}, {"matrix": row.number, "rows": len(row.rows)}
    record(session, deps, caller.actor, "matrix.propose", (KIND, row.id), before, after, row.number)
    for lane in approver_lanes(session, None, {caller.actor.member_id}, deps.clock()):
        tell(session, deps, to=lane, card=CARD, subject=row.id, key=f"{CARD}:{row.id}:{lane}")
    return row


def _withdraw(session: WorkspaceSession, deps: Deps, caller: Caller, row: EscalationMatrix) -> None:
    row.state, row.decided_at = State.WITHDRAWN, deps.clock()
    states = {"state": State.PROPOSED}, {"state": State.WITHDRAWN}
    record(session, deps, caller.actor, "matrix.withdraw", (KIND, row.id), *states, row.number)
    session.flush()
    touch(session, deps, CARD, row.id)


def _to_decide(session: WorkspaceSession, caller: Caller, version_id: UUID) -> EscalationMatrix:
    caller.actor.require(Deed.CHANGE_MATRIX)
    row = version(session, version_id)
    if row is None:
        raise NotProposed
    assert caller.actor.member_id
    decide(State(row.state), row.proposed_by_id, caller.actor.member_id)
    return row


def _decided(session: WorkspaceSession, deps: Deps, caller: Caller, row: EscalationMatrix, state: State) -> None:
    row.state, row.decided_by_id, row.decided_at = state, caller.actor.member_id, deps.clock()
    states = {"state": State.PROPOSED}, {"state": state}
    record(session, deps, caller.actor, _DEEDS[state], (KIND, row.id), *states, row.number)
    session.flush()
    touch(session, deps, CARD, row.id)
    author = member(session, row.proposed_by_id) if row.proposed_by_id else None
    if author and author.slack_id and not author.deactivated_at:
        tell(session, deps, to=author.slack_id, card=NEWS, subject=row.id, key=f"{NEWS}:{row.id}")
