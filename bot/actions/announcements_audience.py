"""Whom an announcement is for, as the roster and the schedule have it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import Locale

from bot.actions.settings import preferences
from bot.domain.announcements import Audience, Candidate, belongs
from bot.domain.announcements_shown import AudienceShown
from bot.domain.wallclock import days
from bot.domain.windows import moment
from storage.db import WorkspaceSession
from storage.people import all_grants, members, skill_rows, skills, teams
from storage.shifts import worked
from storage.tables import Member

# Those whose own names are known as well.
_SPOKEN = ["ar", "cs", "da", "de", "es", "fi", "fr", "it", "ja", "nb", "nl", "pl", "pt", "sv", "tr", "uk", "zh"]


@dataclass(frozen=True, slots=True)
class Named:
    """The teams, skills and languages of a workspace by id, with their names."""

    teams: dict[UUID, str]
    skills: dict[UUID, str]
    languages: dict[UUID, str]


def audience_of(session: WorkspaceSession, audience: Audience, now: datetime, but: UUID | None) -> list[Member]:
    """Everybody in it who can be written to, ``but`` its author, by name.

    Who works for another department belongs to it only by name.
    """
    at_work = _at_work(session, audience, now)
    held = skill_rows(session) if audience.skills or audience.languages else {}
    known = all_grants(session)  # who has no role could not say that they have read it
    reached = (
        each for each in members(session) if each.slack_id and each.deactivated_at is None and each.id in known
    )
    return [
        each
        for each in reached
        if each.id != but
        and (each.department_id is None or each.id in audience.people)
        and belongs(
            audience, Candidate(each.id, each.team_id, frozenset(held.get(each.id, ())), each.id in at_work)
        )
    ]


def named_in(session: WorkspaceSession) -> Named:
    """What an audience can be made of."""
    every = skills(session)
    languages = {row.id: row.name for row in every if is_language(row.name)}
    others = {row.id: row.name for row in every if row.id not in languages}
    return Named({row.id: row.name for row in teams(session)}, others, languages)


def audience_shown(session: WorkspaceSession, audience: Audience) -> AudienceShown:
    """Whom it is for, in names."""
    by_name = audience.teams or audience.skills or audience.languages
    named = named_in(session) if by_name else Named({}, {}, {})
    return AudienceShown(
        _names(named.teams, audience.teams),
        _names(named.skills, audience.skills),
        _names(named.languages, audience.languages),
        audience.on,
        audience.at_work,
        len(audience.people),
    )


def is_language(name: str) -> bool:
    """Whether a skill is a language: it is called like one, in English or by its own name."""
    return name.strip().casefold() in _languages()


def _names(known: dict[UUID, str], ids: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(sorted(known[each] for each in ids if each in known))


def _at_work(session: WorkspaceSession, audience: Audience, now: datetime) -> set[UUID]:
    if not audience.by_shift:
        return set()
    zone = ZoneInfo(preferences(session).time_zone)
    when = moment(now) if audience.on is None else days(audience.on, audience.on, zone)
    return {each.member_id for each in worked(session, when.start, when.end) if each.member_id}


@cache
def _languages() -> frozenset[str]:
    english = Locale("en").languages
    own = (Locale.parse(code).get_language_name() for code in _SPOKEN)
    return frozenset(each.casefold() for each in (*english.values(), *own) if each)
