"""Who is to come to work, and when, in the teams that ask for a sign of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.settings import WORKSPACE, preferences
from bot.domain.attendance import EARLY, stretches
from bot.domain.intervals import Interval
from storage.absences import absences_of
from storage.coverage import on_shift
from storage.db import WorkspaceSession
from storage.people import member, members_by_id, teams
from storage.shifts import worked
from storage.tables import Member

# So long no stretch of work lasts.
_LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Watched:
    """Somebody who gives a sign when their work begins: how long it may take, and what is not over of the work."""

    person: Member
    grace: timedelta
    work: tuple[Interval, ...]


def watched(session: WorkspaceSession, now: datetime) -> dict[UUID, Watched]:
    """Everybody of whom it is asked and who works now or soon."""
    graces = {team_id: _grace(session, team_id) for team_id in (None, *(row.id for row in teams(session)))}
    if not any(graces.values()):
        return {}
    within, work = _around(now), defaultdict[UUID, list[Interval]](list)
    for each in on_shift(session, within.start, within.end):
        work[each.member_id].append(Interval(each.start, each.end))
    people = [row for row in members_by_id(session, work).values() if row.slack_id and not row.deactivated_at]
    away = absences_of(session, work, within)
    return {
        row.id: Watched(row, grace, found)
        for row in people
        if (grace := graces[row.team_id])
        if (found := _ahead(work[row.id], away.get(row.id, ()), now))
    }


def watched_now(session: WorkspaceSession, member_id: UUID, now: datetime) -> Watched | None:
    """The same of one; None where nobody asks it of them."""
    person = member(session, member_id)
    grace = _grace(session, person.team_id) if person else None
    if person is None or grace is None:
        return None
    within = _around(now)
    work = [Interval(each.start, each.end) for each in worked(session, within.start, within.end, member_id)]
    away = absences_of(session, [member_id], within).get(member_id, ())
    return Watched(person, grace, _ahead(work, away, now))


def _grace(session: WorkspaceSession, team_id: UUID | None) -> timedelta | None:
    preferred = preferences(session, f"team:{team_id}" if team_id else WORKSPACE)
    return timedelta(minutes=preferred.no_show_minutes) if preferred.attendance == "here" else None


def _around(now: datetime) -> Interval:
    return Interval(now - _LONGEST, now + EARLY)


def _ahead(work: list[Interval], away: tuple[Interval, ...], now: datetime) -> tuple[Interval, ...]:
    return tuple(each for each in stretches(work, away) if each.end > now)
