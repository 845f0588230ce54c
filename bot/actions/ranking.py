"""Those who may be asked to step in, with everything that the ranking goes by."""

from collections.abc import Set
from datetime import datetime
from uuid import UUID

from bot.actions.contact import silent
from bot.actions.fairness import burdens
from bot.actions.holidays import holidays_of
from bot.actions.parties import Parties
from bot.actions.wishes import wishes_of
from bot.domain.intervals import Interval
from bot.domain.permissions import TABLE, Deed, Role
from bot.domain.ranking import Candidate
from bot.domain.wishes import Asking, Wish
from storage.covers import last_asked
from storage.db import WorkspaceSession
from storage.people import all_grants, members

# Whoever runs the desk may take what they see, but is asked only if they want to be.
_ASKED = frozenset({Role.AGENT, Role.LEAD})


def candidates(
    session: WorkspaceSession,
    parties: Parties,
    within: Interval,
    now: datetime,
    but: Set[UUID],
    *,
    emergency: bool = False,
) -> list[Candidate]:
    """Everybody on the floor who may be asked for what is worked within an interval, ``but`` these people.

    In an ``emergency`` those who may be asked at any hour.
    """
    grants = all_grants(session)
    roles = {member_id: {Role(row.role) for row in rows} for member_id, rows in grants.items()}
    nobody = but | silent(session, now)
    here = [
        each for each in members(session) if each.slack_id and not each.deactivated_at and each.id not in nobody
    ]
    said = wishes_of(session, here)
    wishes = {member_id: wish.in_emergency if emergency else wish for member_id, wish in said.items()}
    asked = [
        each
        for each in here
        if parties.preferred(each).cover_asked and _may_be_asked(roles.get(each.id, frozenset()), wishes[each.id])
    ]
    ids = [each.id for each in asked]
    had, last = burdens(session, ids, now), last_asked(session, ids)
    found = []
    for member, party in zip(asked, parties.parties(asked, within), strict=True):
        days = (edge.astimezone(party.person.zone).date() for edge in (within.start, within.end))
        holidays = holidays_of(parties.preferred(member), *days)
        work = party.person, party.policy, party.work
        found.append(Candidate(*work, wishes[member.id], had[member.id], last.get(member.id), holidays))
    return found


def _may_be_asked(roles: Set[Role], wish: Wish) -> bool:
    if wish.asking is Asking.NEVER or not roles & TABLE[Deed.TAKE_COVER].own:
        return False
    return wish.asking is Asking.GLADLY or bool(roles & _ASKED)
