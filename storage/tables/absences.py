"""Who is away: an interval and its kind, and what of their work nobody did because of it. No words, ever."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Documents, Id, WorkspaceId, owned


class Absence(Base):
    """Somebody is away, or was.

    ``work`` is what was released of theirs, each with its ``shift``, ``start`` and ``end``: no reference, as of a
    departure. ``accepted`` is what of it somebody decided to leave to nobody, each with its ``assignment``, the
    member ``by`` whom and ``at`` what time.
    """

    __tablename__ = "absence"
    __table_args__ = (
        owned("member_id", "member"),
        owned("reported_by_id", "member"),
        owned("request_id", "leave_request"),
        Index(None, "workspace_id", "member_id", "end"),
        Index(None, "workspace_id", "end"),
        Index(None, "workspace_id", "request_id"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID]
    start: Mapped[datetime]
    end: Mapped[datetime]
    kind: Mapped[str]  # as the domain names it, as the state
    state: Mapped[str]
    reported_by_id: Mapped[UUID | None]  # for them; None: themselves
    reported_at: Mapped[datetime]
    in_force_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    work: Mapped[Documents]
    accepted: Mapped[Documents]
    request_id: Mapped[UUID | None]  # for time off, that this is
