"""The schedule as planned and as worked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Id, WallClock, WorkspaceId, owned


class Queue(Base):
    """A stream of contacts that shifts are planned for."""

    __tablename__ = "queue"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    name: Mapped[str]


class Shift(Base):
    """The base schedule as imported: local times and zone are what counts, the instants follow from them."""

    __tablename__ = "shift"
    __table_args__ = (
        owned("member_id", "member"),
        owned("queue_id", "queue"),
        owned("note_id", "note"),
        Index(None, "workspace_id", "start"),
        Index(None, "workspace_id", "member_id", "start"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID | None]  # nobody: an open shift
    start_local: Mapped[WallClock]
    end_local: Mapped[WallClock]
    time_zone: Mapped[str]
    start: Mapped[datetime]
    end: Mapped[datetime]
    queue_id: Mapped[UUID | None]
    note_id: Mapped[UUID | None]
    removed_at: Mapped[datetime | None]


class Assignment(Base):
    """Who really works which part of a shift.

    The rows of a shift that are not replaced partition it. A later decision replaces rows and adds new ones,
    so the history stays and the base is never edited.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        owned("shift_id", "shift"),
        owned("member_id", "member"),
        Index(None, "workspace_id", "start"),
        Index(None, "workspace_id", "member_id", "start"),
        Index(None, "workspace_id", "shift_id"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    shift_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    start: Mapped[datetime]
    end: Mapped[datetime]
    cause: Mapped[str]  # base, or the capability that decided otherwise
    assigned_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
