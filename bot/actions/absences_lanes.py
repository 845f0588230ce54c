"""Who hears that somebody is away, so that somebody else steps in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.approvers import approver_lanes
from bot.actions.contact import silent
from bot.actions.settings import WORKSPACE, preferences
from bot.domain.permissions import Role
from bot.domain.responsible import read_responsible, responsible_at
from bot.domain.windows import moment
from storage.db import WorkspaceSession
from storage.people import holders, member, member_by_email
from storage.shifts import worked
from storage.tables import Absence, Member


def lanes_of(session: WorkspaceSession, row: Absence, now: datetime) -> list[str]:
    """The coordinators' channel, or the coordinators; the leads of the team; others while none of them is on."""
    person = member(session, row.member_id)
    team_id = person.team_id if person else None
    people = [each.slack_id for each in who_answers(session, row.member_id, team_id, now) if each.slack_id]
    return list(dict.fromkeys([*approver_lanes(session, team_id, {row.member_id}), *people]))


def who_answers(session: WorkspaceSession, member_id: UUID, team_id: UUID | None, now: datetime) -> list[Member]:
    """The leads of somebody's team and, while none of them is on, those who answer for the floor at this hour."""
    leads = holders(session, Role.LEAD, team_id) if team_id else []
    asked = [*leads, *([] if _any_on(session, leads, now) else responsible_now(session, team_id, now))]
    not_asked = {member_id, *silent(session, now)}
    return [each for each in asked if each.id not in not_asked]


def _any_on(session: WorkspaceSession, people: Iterable[Member], now: datetime) -> bool:
    within = moment(now)
    return any(worked(session, within.start, within.end, each.id) for each in people)


def responsible_now(session: WorkspaceSession, team_id: UUID | None, now: datetime) -> list[Member]:
    """Those who answer for the floor at this hour, as far as they are there."""
    preferred = preferences(session, f"team:{team_id}" if team_id else WORKSPACE)
    lines = read_responsible(preferred.responsible or "")
    found = (member_by_email(session, each) for each in responsible_at(lines, now, ZoneInfo(preferred.time_zone)))
    return [each for each in found if each and not each.deactivated_at]
