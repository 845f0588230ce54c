"""The cases on somebody's Home."""

from bot.actions.cases_named import named
from bot.domain.cases import Priority, State
from bot.domain.home_cases import CaseSeen, OwnCases
from bot.domain.permissions import Actor, Deed
from storage.cases import due_first
from storage.db import WorkspaceSession
from storage.people import departments

_MOST = 3


def own_cases(session: WorkspaceSession, actor: Actor) -> OwnCases:
    """Those of theirs that are due first; none for who works none."""
    if actor.member_id is None or not actor.may(Deed.SEE_CASES):
        return OwnCases()
    rows, total = due_first(session, actor.member_id, _MOST)
    waits = {row.id: row.name for row in departments(session)} if any(row.waits_on_id for row in rows) else {}
    seen = []
    for row in rows:
        name, waits_on = named(session, row.id), waits.get(row.waits_on_id) if row.waits_on_id else None
        assert name
        seen.append(CaseSeen(name, State(row.state), Priority(row.priority), waits_on, row.due_at))
    return OwnCases(tuple(seen), total)
