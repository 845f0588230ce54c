"""The limits that people can have here, and what they exclude."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.actions.settings import Preferences, preferences
from bot.domain.limits import accommodations, limit_names
from bot.domain.rules_work import Accommodation
from storage.db import WorkspaceSession
from storage.people import skills
from storage.shifts import queues
from storage.tables import Member


def known_limits(session: WorkspaceSession, new_skills: Iterable[str] = ()) -> dict[str, str]:
    """Every limit that somebody can be given, by folded name; skills may be new with the same file."""
    return limit_names(preferences(session).limits, [*_names(session), *sorted(new_skills)])


def accommodations_of(
    session: WorkspaceSession, member: Member, preferred: Preferences, zone: ZoneInfo
) -> tuple[Accommodation, ...]:
    """What somebody must not be given, by the clocks of their zone."""
    return accommodations(member.limits, preferred.limits, _names(session), zone) if member.limits else ()


def _names(session: WorkspaceSession) -> list[str]:
    return [row.name for rows in (queues(session), skills(session)) for row in rows]
