"""The limits that people can have here, what they exclude, and saying which somebody has."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.looks import note_look
from bot.actions.people import Caller, UnknownPerson, find_person
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.deps import Deps
from bot.domain.availability import as_documents, from_documents, windows_of
from bot.domain.limits import accommodations, limit_names
from bot.domain.limits_shown import Limits, LimitsShown
from bot.domain.permissions import Deed
from bot.domain.rules_work import Accommodation
from bot.domain.shifts import Somebody
from bot.domain.wallclock import Recurring
from storage.db import WorkspaceSession
from storage.people import member, skills
from storage.shifts import queues
from storage.tables import Member

READ = "limits.read"
CHANGE = "limits.change"


def known_limits(session: WorkspaceSession, new_skills: Iterable[str] = ()) -> dict[str, str]:
    """Every limit that somebody can be given, by folded name; skills may be new with the same file."""
    return limit_names(preferences(session).limits, [*_names(session), *sorted(new_skills)])


def accommodations_of(
    session: WorkspaceSession, member: Member, preferred: Preferences, zone: ZoneInfo
) -> tuple[Accommodation, ...]:
    """What somebody must not be given, by the clocks of their zone."""
    return accommodations(member.limits, preferred.limits, _names(session), zone) if member.limits else ()


def availability_of(member: Member, zone: ZoneInfo) -> tuple[Recurring, ...] | None:
    """When somebody can work, by the clocks of their zone; None: at any time."""
    return windows_of(member.availability, zone)


def limits_of(row: Member) -> Limits:
    """What is stored of somebody."""
    return Limits(tuple(row.limits), from_documents(row.availability))


def shown_limits(deps: Deps, caller: Caller, slack_id: str) -> LimitsShown:
    """Somebody's limits; that the caller has looked is noted. Raises ``UnknownPerson`` and ``NotPermitted``."""
    caller.actor.require(Deed.CHANGE_LIMITS)
    found = find_person(deps, caller.workspace_id, slack_id)
    note_look(deps, caller, READ, found.id)
    with deps.sessions.read(caller.workspace_id) as session:
        return _shown(session, found)


def change_limits(deps: Deps, caller: Caller, member_id: UUID, changed: Callable[[Limits], Limits]) -> LimitsShown:
    """Has somebody have the limits that ``changed`` makes of those they have, and says which they then are.

    Raises ``UnknownPerson`` and ``NotPermitted``.
    """
    caller.actor.require(Deed.CHANGE_LIMITS)
    with deps.sessions.write(caller.workspace_id) as session:
        row = member(session, member_id)
        if row is None:
            raise UnknownPerson
        before = _document(row)
        wanted = changed(limits_of(row))
        row.limits = sorted(wanted.names)
        row.availability = as_documents(wanted.available) if wanted.available else None
        after = _document(row)
        differing = [key for key in before if before[key] != after[key]]
        if differing:
            old, new = ({key: each[key] for key in differing} for each in (before, after))
            record(session, deps, caller.actor, CHANGE, ("member", member_id), old, new)
        return _shown(session, row)


def _shown(session: WorkspaceSession, row: Member) -> LimitsShown:
    preferred = preferences(session, f"team:{row.team_id}" if row.team_id else WORKSPACE)
    return LimitsShown(
        Somebody(row.id, row.slack_name or row.name, row.slack_id, left=row.deactivated_at is not None),
        limits_of(row),
        tuple(known_limits(session).values()),
        row.time_zone or preferred.time_zone,
    )


def _document(row: Member) -> dict[str, Any]:
    return {"limits": row.limits, "availability": row.availability}


def _names(session: WorkspaceSession) -> list[str]:
    return [row.name for rows in (queues(session), skills(session)) for row in rows]
