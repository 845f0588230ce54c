"""Who is to come to work, and whether they have: of the day, and of no other."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Id, WorkspaceId, owned


class Arrival(Base):
    """Work that somebody is to come to, and what is known of it. Deleted after the day."""

    __tablename__ = "arrival"
    __table_args__ = (
        owned("member_id", "member"),
        owned("settled_by_id", "member"),
        UniqueConstraint("workspace_id", "member_id", "start"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID]
    start: Mapped[datetime]
    end: Mapped[datetime]
    state: Mapped[str]  # as the domain names it
    due_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None]  # whoever answers for them; None: themselves, or nobody has
