"""Who has left, and what they would have worked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Documents, Id, WorkspaceId, owned


class Departure(Base):
    """Somebody who left with shifts ahead, which nobody worked from then on.

    ``work`` is what those were, each with its ``shift``, ``start`` and ``end``: no reference, because a shift can
    go with the import that brought it.
    """

    __tablename__ = "departure"
    __table_args__ = (
        owned("member_id", "member"),
        Index(None, "workspace_id", "member_id"),
        Index(None, "workspace_id", "until"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID]
    work: Mapped[Documents]
    until: Mapped[datetime]  # the end of the last of it
    left_at: Mapped[datetime]
    returned_at: Mapped[datetime | None]
