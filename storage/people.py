"""Members, their grants and skills, and the teams, departments and skills that they name."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from storage.db import WorkspaceSession
from storage.tables import Department, Grant, Member, MemberSkill, Skill, Team


def members(session: WorkspaceSession) -> list[Member]:
    """Everybody on the roster, by name."""
    return list(
        session.scalars(select(Member).where(Member.workspace_id == session.workspace_id).order_by(Member.name))
    )


def member(session: WorkspaceSession, member_id: UUID) -> Member | None:
    """A member by id."""
    return session.get(Member, (session.workspace_id, member_id))


def members_by_id(session: WorkspaceSession, member_ids: Iterable[UUID]) -> dict[UUID, Member]:
    """The members of these ids."""
    rows = session.scalars(
        select(Member).where(Member.workspace_id == session.workspace_id, Member.id.in_(list(member_ids)))
    )
    return {row.id: row for row in rows}


def member_by_slack_id(session: WorkspaceSession, slack_id: str) -> Member | None:
    """The member whose Slack account it is."""
    return session.scalar(
        select(Member).where(Member.workspace_id == session.workspace_id, Member.slack_id == slack_id)
    )


def member_by_email(session: WorkspaceSession, email: str) -> Member | None:
    """A member by e-mail address, in lower case."""
    return session.scalar(select(Member).where(Member.workspace_id == session.workspace_id, Member.email == email))


def grants_of(session: WorkspaceSession, member_id: UUID) -> list[Grant]:
    """The roles of a member."""
    return list(
        session.scalars(
            select(Grant).where(Grant.workspace_id == session.workspace_id, Grant.member_id == member_id)
        )
    )


def all_grants(session: WorkspaceSession) -> dict[UUID, list[Grant]]:
    """The roles of everybody, by member."""
    found: defaultdict[UUID, list[Grant]] = defaultdict(list)
    for row in session.scalars(select(Grant).where(Grant.workspace_id == session.workspace_id)):
        found[row.member_id].append(row)
    return found


def roster_grants(session: WorkspaceSession) -> dict[UUID, Grant]:
    """The role that the people file gives each member, by member."""
    rows = session.scalars(select(Grant).where(Grant.workspace_id == session.workspace_id, Grant.from_roster))
    return {row.member_id: row for row in rows}


def holders(session: WorkspaceSession, role: str, team_id: UUID | None = None) -> list[Member]:
    """The active members who hold a role for a team or, with None, for all teams; by name."""
    return list(
        session.scalars(
            select(Member)
            .join(Grant, (Grant.workspace_id == Member.workspace_id) & (Grant.member_id == Member.id))
            .where(
                Member.workspace_id == session.workspace_id,
                Grant.workspace_id == session.workspace_id,
                Grant.role == role,
                Grant.team_id == team_id,
                Member.deactivated_at.is_(None),
            )
            .order_by(Member.name)
        )
    )


def teams(session: WorkspaceSession) -> list[Team]:
    """All teams, by name."""
    return list(session.scalars(select(Team).where(Team.workspace_id == session.workspace_id).order_by(Team.name)))


def team_of(session: WorkspaceSession, team_id: UUID) -> Team | None:
    """The team with this id."""
    return session.get(Team, (session.workspace_id, team_id))


def departments(session: WorkspaceSession) -> list[Department]:
    """All departments, by name."""
    return list(
        session.scalars(
            select(Department).where(Department.workspace_id == session.workspace_id).order_by(Department.name)
        )
    )


def skills(session: WorkspaceSession) -> list[Skill]:
    """All skills, by name."""
    return list(
        session.scalars(select(Skill).where(Skill.workspace_id == session.workspace_id).order_by(Skill.name))
    )


def skill_rows(session: WorkspaceSession) -> dict[UUID, dict[UUID, MemberSkill]]:
    """Who has which skill: rows by member and skill."""
    rows = session.scalars(select(MemberSkill).where(MemberSkill.workspace_id == session.workspace_id))
    found: defaultdict[UUID, dict[UUID, MemberSkill]] = defaultdict(dict)
    for row in rows:
        found[row.member_id][row.skill_id] = row
    return found


def skill_names(session: WorkspaceSession, member_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The names of the members' skills, in order."""
    rows = session.execute(
        select(MemberSkill.member_id, Skill.name)
        .join(Skill, (Skill.workspace_id == MemberSkill.workspace_id) & (Skill.id == MemberSkill.skill_id))
        .where(
            MemberSkill.workspace_id == session.workspace_id,
            Skill.workspace_id == session.workspace_id,
            MemberSkill.member_id.in_(list(member_ids)),
        )
        .order_by(Skill.name)
    )
    names: defaultdict[UUID, list[str]] = defaultdict(list)
    for member_id, name in rows:
        names[member_id].append(name)
    return names
