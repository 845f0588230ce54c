"""What was changed on the day itself so that nobody is missing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Document, Id, WorkspaceId, owned


class LadderStep(Base):
    """Somebody does something else at some time than was planned, unless it was undone.

    ``moved`` is the activity that was put off, as it was (``id``, ``kind``, ``start``, ``end``) and when it is
    instead (``to``, if it is): no reference, because a file may bring in others.
    """

    __tablename__ = "ladder_step"
    __table_args__ = (
        owned("member_id", "member"),
        owned("queue_id", "queue"),
        owned("made_by_id", "member"),
        owned("undone_by_id", "member"),
        Index(None, "workspace_id", "end"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    rung: Mapped[str]  # as the domain names it
    member_id: Mapped[UUID]
    start: Mapped[datetime]
    end: Mapped[datetime]
    queue_id: Mapped[UUID | None]  # that they serve, too
    moved: Mapped[Document | None]
    made_by_id: Mapped[UUID]
    made_at: Mapped[datetime]
    undone_by_id: Mapped[UUID | None]
    undone_at: Mapped[datetime | None]
