"""Cases about to be late, as they stand on a Home: one's own, and those of whom one leads."""

from datetime import datetime
from uuid import UUID

from bot.actions.nudges_sla import late_case, owners_of
from bot.domain.nudges import HOME, As
from bot.domain.nudges_shown import AboutToBeLate
from bot.domain.permissions import Actor, Deed, Role
from storage.cases import cases_by_id
from storage.db import WorkspaceSession
from storage.nudges import pressing
from storage.people import members
from storage.sla import clock_rows

_MOST, _COUNTED = 4, 100
_DESK = frozenset({Role.COORDINATOR, Role.MANAGER})


def about_to_be_late(session: WorkspaceSession, actor: Actor, now: datetime) -> AboutToBeLate:
    """Those of which half of the time, or more, is over; nothing for who works no cases."""
    if actor.member_id is None or not actor.may(Deed.SEE_CASES):
        return AboutToBeLate()
    owners, leads = _owners(session, actor), any(each.role is not Role.AGENT for each in actor.grants)
    found = pressing(session, HOME, owners, _COUNTED, nobodys=leads)
    first_of = dict(reversed(found))  # of each case the clock that is due first
    ids = list(dict.fromkeys(case_id for case_id, _ in found))
    cases, clocks = cases_by_id(session, ids), clock_rows(session, ids)
    pressing_of = {each: clocks[each][first_of[each]] for each in ids}
    late = sum(each.due_at is not None and each.due_at <= now for each in pressing_of.values())
    first = [cases[each] for each in ids[:_MOST]]
    whose = owners_of(session, first)
    shown = [
        late_case(each, pressing_of[each.id], whose, now, {"as": _as(each.owner_id, actor)}) for each in first
    ]
    return AboutToBeLate(tuple(shown), len(ids), late, more=len(found) == _COUNTED)


def _as(owner_id: UUID | None, actor: Actor) -> As:
    """Why somebody sees a case on their Home."""
    return As.OWNER if owner_id == actor.member_id else As.LEAD


def _owners(session: WorkspaceSession, actor: Actor) -> set[UUID] | None:
    """Whose cases somebody sees to; None: everybody's."""
    assert actor.member_id
    leads = {each.team_id for each in actor.grants if each.role is Role.LEAD}
    if None in leads or any(each.role in _DESK for each in actor.grants):
        return None
    led = {each.id for each in members(session) if each.team_id in leads} if leads else set()
    return {actor.member_id, *led}
