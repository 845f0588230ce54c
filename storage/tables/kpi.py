"""Key figures: what was measured, what reports said of it, and who gets which report."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Documents, Id, Names, WorkspaceId, owned


class KpiFact(Base):
    """What one source measured on one day of the workspace's zone, for one queue, team, channel and person.

    A rate is ``numerator`` / ``denominator``, and only ever added up as the two; of a sum or a level there is no
    denominator. ``cut`` names queue, channel and person or team together, so that a correction replaces what it
    corrects. A person's team is the one of when that was measured first.
    """

    __tablename__ = "kpi_fact"
    __table_args__ = (
        UniqueConstraint("workspace_id", "day", "measure", "source", "cut"),
        owned("queue_id", "queue"),
        owned("team_id", "team"),
        owned("member_id", "member"),
        Index(None, "workspace_id", "measure", "day"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    day: Mapped[date]
    measure: Mapped[str]  # as the domain names it
    source: Mapped[str]  # floorwalker, zendesk …, or the name of a file's mapping
    cut: Mapped[str]
    queue_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
    channel: Mapped[str | None]
    member_id: Mapped[UUID | None]
    numerator: Mapped[float]
    denominator: Mapped[float | None]
    changed_at: Mapped[datetime]


class KpiSource(Base):
    """When a source was last heard, and of which imports what the bot itself has seen was reckoned anew."""

    __tablename__ = "kpi_source"

    workspace_id: Mapped[WorkspaceId]
    source: Mapped[str] = mapped_column(primary_key=True)
    heard_at: Mapped[datetime]
    imports: Mapped[int] = mapped_column(default=0)  # how many were made or undone up to then


class KpiMapping(Base):
    """Which column of somebody's file says what, by a name."""

    __tablename__ = "kpi_mapping"
    __table_args__ = (owned("changed_by_id", "member"),)

    workspace_id: Mapped[WorkspaceId]
    name: Mapped[str] = mapped_column(primary_key=True)  # folded
    columns: Mapped[Document]
    changed_by_id: Mapped[UUID | None]
    changed_at: Mapped[datetime]


class KpiSubscription(Base):
    """Who gets which report, where and when. ``next_at`` is None while it is paused, and once it is deleted."""

    __tablename__ = "kpi_subscription"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        owned("team_id", "team"),
        owned("queue_id", "queue"),
        owned("owner_id", "member"),
        Index(None, "workspace_id", "next_at"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    cadence: Mapped[str]  # daily, weekly or monthly
    lane: Mapped[str]  # the channel's or person's Slack id
    team_id: Mapped[UUID | None]
    queue_id: Mapped[UUID | None]
    measures: Mapped[Names]  # none: the usual ones
    weekday: Mapped[int | None]  # None: the workspace's
    at: Mapped[str | None]  # hh:mm; None: the workspace's
    owner_id: Mapped[UUID | None]
    next_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class KpiDigest(Base):
    """A report as it was sent, so that a later one can say what has changed since."""

    __tablename__ = "kpi_digest"
    __table_args__ = (
        UniqueConstraint("workspace_id", "subscription_id", "starts", "ends"),
        owned("subscription_id", "kpi_subscription"),
        owned("team_id", "team"),
        owned("queue_id", "queue"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    subscription_id: Mapped[UUID]
    starts: Mapped[date]  # the first day
    ends: Mapped[date]  # the day after the last
    team_id: Mapped[UUID | None]  # of which it is, as is the queue: a subscription may be changed
    queue_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    figures: Mapped[Documents]  # what it said: each figure with its value
    corrected: Mapped[Documents]  # what it said of reports before it: each figure of a period with its value now
