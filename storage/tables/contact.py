"""Who does the duties of somebody who is not to be contacted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Id, WorkspaceId, owned


class Deputy(Base):
    """Somebody has a role until the leave of somebody else who has it is over."""

    __tablename__ = "deputy"
    __table_args__ = (
        owned("request_id", "leave_request"),
        owned("member_id", "member"),
        owned("team_id", "team"),
        owned("given_by_id", "member"),
        Index(None, "workspace_id", "request_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    request_id: Mapped[UUID]  # the leave of whose role it is
    member_id: Mapped[UUID]  # the deputy
    role: Mapped[str]
    team_id: Mapped[UUID | None]
    given_by_id: Mapped[UUID]
    given_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
