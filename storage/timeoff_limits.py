"""Limits of time off, and who has or wants which days."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from bot.domain.limits import WEEKDAYS
from bot.domain.permissions import Role
from bot.domain.timeoff import LIVE, TAKEN, State
from bot.domain.timeoff_limits import EVERY_DAY, Limit, LimitKind, Policy, Someone, Taken
from storage.db import WorkspaceSession
from storage.people import all_grants, members, skill_rows, skills, teams
from storage.tables import LeaveLimit, LeaveRequest

_GONE = "one that is gone"


def limit_rows(session: WorkspaceSession) -> Sequence[LeaveLimit]:
    """Those that were not removed, the first made first."""
    statement = select(LeaveLimit).where(
        LeaveLimit.workspace_id == session.workspace_id, LeaveLimit.removed_at.is_(None)
    )
    return session.scalars(statement.order_by(LeaveLimit.made_at, LeaveLimit.id)).all()


def limit_row(session: WorkspaceSession, limit_id: UUID) -> LeaveLimit | None:
    """A limit by id, also a removed one."""
    return session.get(LeaveLimit, (session.workspace_id, limit_id))


def limits(session: WorkspaceSession) -> list[Limit]:
    """Those that were not removed, as the domain has them."""
    rows = limit_rows(session)
    named = names(session) if rows else ({}, {})
    return [read_limit(row, *named) for row in rows]


def names(session: WorkspaceSession) -> tuple[dict[UUID, str], dict[UUID, str]]:
    """What teams and skills are called, by id."""
    return {row.id: row.name for row in teams(session)}, {row.id: row.name for row in skills(session)}


def read_limit(row: LeaveLimit, teams: Mapping[UUID, str], skills: Mapping[UUID, str]) -> Limit:
    """A limit as the domain has it."""
    return Limit(
        row.id,
        LimitKind(row.kind),
        Policy(row.policy),
        row.name,
        {UUID(each): teams.get(UUID(each), _GONE) for each in row.teams},
        {UUID(each): skills.get(UUID(each), _GONE) for each in row.skills},
        frozenset(map(UUID, row.people)),
        row.first,
        row.last,
        frozenset(map(WEEKDAYS.index, row.weekdays)) or EVERY_DAY,
        row.most,
        row.in_percent,
    )


def write_limit(row: LeaveLimit, limit: Limit) -> None:
    """Has a row say what a limit says."""
    row.kind, row.policy, row.name = limit.kind, limit.policy, limit.name
    row.teams, row.skills, row.people = (
        sorted(map(str, each)) for each in (limit.teams, limit.skills, limit.people)
    )
    row.first, row.last = limit.first, limit.last
    row.weekdays = [] if limit.weekdays == EVERY_DAY else [WEEKDAYS[day] for day in sorted(limit.weekdays)]
    row.most, row.in_percent = limit.most, limit.in_percent


def someones(session: WorkspaceSession) -> dict[UUID, Someone]:
    """Everybody who works on the floor, by id: the contacts of departments take their time off elsewhere."""
    skilled, held = skill_rows(session), all_grants(session)
    return {
        each.id: Someone(each.id, each.team_id, frozenset(skilled.get(each.id, ())))
        for each in members(session)
        if each.deactivated_at is None and any(row.role != Role.CONTACT for row in held.get(each.id, ()))
    }


def days_taken(session: WorkspaceSession, first: date, last: date) -> list[Taken]:
    """The days between two that people have, or asked for, by request; none on which they would not work."""
    rows = session.execute(
        select(LeaveRequest.member_id, LeaveRequest.state, LeaveRequest.days, LeaveRequest.asked_at).where(
            LeaveRequest.workspace_id == session.workspace_id,
            LeaveRequest.state.in_(LIVE | TAKEN),
            LeaveRequest.last >= first,
            LeaveRequest.first <= last,
        )
    )
    found = []
    for member_id, state, said, asked_at in rows:
        days = (date.fromisoformat(each["day"]) for each in said if each["minutes"])
        within = frozenset(day for day in days if first <= day <= last)
        if within:
            found.append(Taken(member_id, within, state != State.NEEDS_APPROVAL, asked_at))
    return found
