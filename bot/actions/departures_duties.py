"""What else somebody leaves behind than shifts: cases, promises, questions, raised hands, exceptions to approve,
articles.

Whatever has no owner from then on is told to the coordinators.
"""

from bot.actions import announcements_turn, escalations_leave, exceptions_turn, handup_turn, kb_upkeep
from bot.actions.promises_turn import note_promise, values
from bot.actions.stuck import let_go
from bot.deps import Deps
from bot.domain.exceptions import DECIDERS
from bot.domain.permissions import Actor
from storage.cases import cases_by_id, due_first
from storage.db import WorkspaceSession
from storage.people import grants_of
from storage.promises import promises_of_owner
from storage.tables import Member

# At once, while others wait; of more cases the clock lets go, as of all whose owner has left (bot.actions.stuck).
_CASES, _PROMISES = 100, 1000


def leave_duties(session: WorkspaceSession, deps: Deps, actor: Actor, member: Member) -> None:
    """Somebody is no longer here."""
    let_go(session, deps, actor, due_first(session, member.id, _CASES)[0])
    _leave_promises(session, deps, actor, member)
    handup_turn.leave(session, deps, actor, member.id)
    escalations_leave.leave(session, deps, actor, member.id)
    kb_upkeep.leave(session, deps, actor, member)
    announcements_turn.leave(session, deps, member.id)
    if DECIDERS.intersection(each.role for each in grants_of(session, member.id)):
        exceptions_turn.ask_others(session, deps)


def _leave_promises(session: WorkspaceSession, deps: Deps, actor: Actor, member: Member) -> None:
    """Whoever has the case keeps what was promised; where nobody has, the coordinators are reminded of it."""
    rows, _ = promises_of_owner(session, member.id, 0, _PROMISES)
    cases = cases_by_id(session, [each.case_id for each in rows])
    for row in rows:
        owner_id = cases[row.case_id].owner_id
        if owner_id and owner_id != member.id:
            before, row.owner_id = values(row), owner_id
            note_promise(session, deps, actor, row, "give", before)
