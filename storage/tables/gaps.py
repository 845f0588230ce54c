"""Times in which people are missing, of which somebody was told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Document, Documents, Id, WorkspaceId, owned


class CoverageGap(Base):
    """A gap with a card of its own.

    ``parts`` is what is missing from ``start`` to ``end``, ``told`` the most that people were told of for each
    time, ``accepted`` what somebody decided to live with, each part as the domain writes it. ``levels`` is the
    service level of each queue. ``covers`` are the open shifts that were offered to fill it, each with its
    ``cover`` and its ``shift``: no reference, as of an absence.
    """

    __tablename__ = "coverage_gap"
    __table_args__ = (
        owned("accepted_by_id", "member"),
        owned("reason_id", "note"),
        Index(None, "workspace_id", "state"),
        Index(None, "workspace_id", "end"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    start: Mapped[datetime]
    end: Mapped[datetime]
    state: Mapped[str]  # as the domain names it
    parts: Mapped[Documents]
    told: Mapped[Documents]
    levels: Mapped[Document]
    rung_minutes: Mapped[int]  # how long before it begins people were told last
    found_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    into_id: Mapped[UUID | None]  # the one that it is a part of now
    accepted: Mapped[Documents | None]
    accepted_by_id: Mapped[UUID | None]
    accepted_until: Mapped[datetime | None]  # None: to its end
    reason_id: Mapped[UUID | None]
    covers: Mapped[Documents]
