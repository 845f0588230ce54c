"""What comes to a queue, how many people it needs, and when somebody on shift is not there for it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Document, Id, Numbers, WorkspaceId, owned


class Activity(Base):
    """A time in which somebody on shift is not there for contacts."""

    __tablename__ = "activity"
    __table_args__ = (
        owned("member_id", "member"),
        Index(None, "workspace_id", "start"),
        Index(None, "workspace_id", "member_id", "start"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID]
    start: Mapped[datetime]
    end: Mapped[datetime]
    kind: Mapped[str]  # break, training or meeting


class Volume(Base):
    """The contacts of a queue on a day in UTC, by intervals of equal length from midnight on.

    A day of a zone has 23, 24 or 25 hours, and its zone may be changed: one in UTC has 24 for ever.
    ``counts`` holds a list for each thing that is measured, with nothing where nothing is known.
    """

    __tablename__ = "volume"
    __table_args__ = (owned("queue_id", "queue"), UniqueConstraint("workspace_id", "queue_id", "day"))

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    queue_id: Mapped[UUID]
    day: Mapped[date]
    minutes: Mapped[int]
    counts: Mapped[Document]


class Requirement(Base):
    """The people that a plan asks for on a day in UTC, by quarters of an hour from midnight on."""

    __tablename__ = "requirement"
    __table_args__ = (
        owned("queue_id", "queue"),
        owned("skill_id", "skill"),
        Index(None, "workspace_id", "day"),
        Index(None, "workspace_id", "queue_id", "skill_id", "day", unique=True),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    queue_id: Mapped[UUID]
    skill_id: Mapped[UUID | None]  # for contacts that take it, beside what the queue takes
    day: Mapped[date]
    heads: Mapped[Numbers]


class Forecast(Base):
    """The contacts that are expected for a queue on a day in UTC, by intervals from midnight on."""

    __tablename__ = "forecast"
    __table_args__ = (
        owned("queue_id", "queue"),
        Index(None, "workspace_id", "day"),
        UniqueConstraint("workspace_id", "queue_id", "day"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    queue_id: Mapped[UUID]
    day: Mapped[date]
    minutes: Mapped[int]
    offered: Mapped[Numbers]
    low: Mapped[Numbers]
    high: Mapped[Numbers]
    aht_seconds: Mapped[Numbers]


class ForecastQuality(Base):
    """How wrong the forecast of a queue would have been over its last weeks, as shares of what came."""

    __tablename__ = "forecast_quality"
    __table_args__ = (owned("queue_id", "queue"),)

    workspace_id: Mapped[WorkspaceId]
    queue_id: Mapped[Id]
    wape: Mapped[float | None]  # nothing where there is too little history to try it on
    last_week: Mapped[float | None]
    days: Mapped[int]  # that were tried
    until: Mapped[date]  # the last day that it was made from
