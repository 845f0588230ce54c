"""How many may be away at once and on which days nobody, and who waits until a place comes free."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Document, Id, Names, WorkspaceId, owned


class LeaveLimit(Base):
    """A limit of time off, as the domain has it; of a removed one the row stays, so that it can be brought back.

    ``teams``, ``skills`` and ``people`` are ids as texts, in order: nobody on the roster is ever deleted from it.
    """

    __tablename__ = "leave_limit"

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    kind: Mapped[str]
    policy: Mapped[str]
    name: Mapped[str]  # of a blackout; of the others nothing
    teams: Mapped[Names]
    skills: Mapped[Names]
    people: Mapped[Names]
    first: Mapped[date | None]
    last: Mapped[date | None]
    weekdays: Mapped[Names]  # by name; none: all
    most: Mapped[int]
    in_percent: Mapped[bool]
    made_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class LeaveWait(Base):
    """Somebody waits for days on which as many are away as may be.

    ``asked`` and ``kind`` are what their request will say, ``days`` those that it takes as ISO dates in order.
    Once these come free, they are kept for them until ``answer_by``.
    """

    __tablename__ = "leave_wait"
    __table_args__ = (
        owned("member_id", "member"),
        Index(None, "workspace_id", "state", "asked_at"),
        Index(None, "workspace_id", "member_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID]
    kind: Mapped[str]  # of leave, by its folded name
    asked: Mapped[Document]
    days: Mapped[Names]
    state: Mapped[str]  # as the domain names it
    asked_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    answer_by: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
