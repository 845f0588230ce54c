"""What is decided here about a case of a helpdesk is to be written there, too, and is asked for at once."""

from typing import Any
from uuid import UUID

from bot.deps import Deps
from bot.domain.connections import WriteState
from storage.connections import seen_cases
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.tables import Case, CaseWrite

_NUMBERS = "case write"


def ask(
    session: WorkspaceSession,
    deps: Deps,
    case: Case,
    kind: str,
    wanted: dict[str, Any],
    before: dict[str, Any],
    member_id: UUID | None,
    note_id: UUID | None = None,
) -> UUID:
    """Has this written to the helpdesk that the case is of, by whoever asked for it; the id of the write.

    ``wanted`` and ``before`` hold the field of that name as it is stored here: the owner by the member's id. What
    they saw of it is kept as the helpdesk says it, which is what was read or written there last.
    """
    if case.source is None:
        raise ValueError("the case mirrors none of a helpdesk")
    seen = seen_cases(session, [case.id]).get(case.id)
    stood = {kind: seen.seen.get(kind)} if seen and before else {}
    row = CaseWrite(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, _NUMBERS),
        source=case.source,
        case_id=case.id,
        kind=kind,
        wanted=wanted,
        before=stood,
        based_on=case.external_version,
        note_id=note_id,
        member_id=member_id,
        asked_at=deps.clock(),
        state=WriteState.WAITING,
    )
    session.add(row)
    session.flush()
    return row.id
