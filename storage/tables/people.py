"""The roster: teams and departments, people, their skills and roles."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Documents, Id, Names, WorkspaceId, owned


class Team(Base):
    """People who are led and scheduled together."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    name: Mapped[str]
    channel: Mapped[str | None]


class Department(Base):
    """People outside support who answer questions: billing, logistics, engineering."""

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    name: Mapped[str]
    channel: Mapped[str | None]


class Skill(Base):
    """What a person can be assigned for; a language is a skill."""

    __tablename__ = "skill"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    name: Mapped[str]


class Member(Base):
    """A person on the roster.

    ``name`` and ``time_zone`` are what the roster says, ``slack_name`` and ``slack_time_zone`` what Slack
    says now: keeping both lets a file be imported again without undoing what a person changed in Slack.
    """

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("workspace_id", "email"),
        UniqueConstraint("workspace_id", "slack_id"),
        owned("team_id", "team"),
        owned("department_id", "department"),
        CheckConstraint("capacity >= 0 AND capacity <= 1", name="capacity_is_a_share"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    email: Mapped[str]  # lower case
    name: Mapped[str]
    time_zone: Mapped[str | None]
    team_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    weekly_minutes: Mapped[int | None]  # hours of the contract
    capacity: Mapped[float] = mapped_column(default=1.0)  # share of the time on contacts
    hired_on: Mapped[date | None]
    slack_id: Mapped[str | None]
    slack_name: Mapped[str | None]
    slack_time_zone: Mapped[str | None]
    slack_updated: Mapped[int | None] = mapped_column(
        BigInteger
    )  # Slack's own version of the profile, seconds since 1970
    deactivated_at: Mapped[datetime | None]
    limits: Mapped[Names] = mapped_column(default=list)  # by name, in order; why is not stored
    availability: Mapped[Documents | None]  # windows as limits have them; None: at any time
    patterns: Mapped[Documents | None]  # minutes of each weekday, since when; None: the contract's, evenly


class MemberSkill(Base):
    """A skill that a person has."""

    __tablename__ = "member_skill"
    __table_args__ = (owned("member_id", "member"), owned("skill_id", "skill"))

    workspace_id: Mapped[WorkspaceId]
    member_id: Mapped[Id]
    skill_id: Mapped[Id]


class Grant(Base):
    """A role that a person has, for one team or (without a team) for all."""

    __tablename__ = "grant"
    __table_args__ = (
        owned("member_id", "member"),
        owned("team_id", "team"),
        UniqueConstraint("workspace_id", "member_id", "role", "team_id"),
        # Two nulls are distinct to a unique key, so the grants for all teams need one of their own.
        Index(
            "uq_grant_for_all_teams",
            "workspace_id",
            "member_id",
            "role",
            unique=True,
            sqlite_where=text("team_id IS NULL"),
            postgresql_where=text("team_id IS NULL"),
        ),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID]
    role: Mapped[str]
    team_id: Mapped[UUID | None]
    from_roster: Mapped[bool]  # said by the people file, which may say otherwise next time
