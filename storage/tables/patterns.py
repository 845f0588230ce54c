"""Hours that are short week after week, of which somebody was told."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Documents, Id, WorkspaceId, owned


class CoveragePattern(Base):
    """Hours of a weekday (0 is Monday), in minutes after midnight where the workspace is, and what became of them.

    ``posts`` are those that are short, each its ``queue`` and ``skill``; ``evidence`` are the days on which they
    were, each with the most ``heads`` that were missing.
    """

    __tablename__ = "coverage_pattern"
    __table_args__ = (owned("accepted_by_id", "member"), Index(None, "workspace_id", "state"))

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    posts: Mapped[Documents]
    weekday: Mapped[int]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    evidence: Mapped[Documents]
    state: Mapped[str]  # as the domain names it
    told_on: Mapped[date]
    accepted_until: Mapped[date | None]
    accepted_by_id: Mapped[UUID | None]
