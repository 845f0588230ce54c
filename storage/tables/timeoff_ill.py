"""Illness during leave. No words and no document, ever: the days, and whether somebody has seen a certificate."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Id, WorkspaceId, owned


class LeaveIllness(Base):
    """Somebody was ill on days of their leave, from ``first`` to ``last``."""

    __tablename__ = "leave_illness"
    __table_args__ = (
        owned("request_id", "leave_request"),
        owned("said_by_id", "member"),
        owned("decided_by_id", "member"),
        Index(None, "workspace_id", "request_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    request_id: Mapped[UUID]
    first: Mapped[date]
    last: Mapped[date]
    said_at: Mapped[datetime]
    said_by_id: Mapped[UUID | None]  # for them; None: themselves
    certified: Mapped[bool | None]  # None: nobody has said yet
    decided_by_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
