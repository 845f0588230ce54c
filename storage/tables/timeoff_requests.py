"""Requests for time off, from the asking to what became of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Documents, Id, WorkspaceId, owned


class LeaveRequest(Base):
    """Somebody asks for time off.

    ``asked`` is what they meant, by the clocks of its ``zone``. ``wanted`` is what that comes to, by day: its
    ``day``, ``minutes`` and the stretches ``away``. ``days`` is what of it stands, each with what was
    ``given_back``; nothing is reckoned anew of what was asked for once. ``review`` is what approvers have seen.
    ``talk`` is what approver and asker wrote to each other, each ``by`` whom, ``at`` what time, and the ``note``.
    """

    __tablename__ = "leave_request"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        owned("member_id", "member"),
        owned("note_id", "note"),
        owned("reason_id", "note"),
        owned("entered_by_id", "member"),
        owned("decided_by_id", "member"),
        owned("ended_by_id", "member"),
        owned("replaces_id", "leave_request"),
        Index(None, "workspace_id", "member_id", "end"),
        Index(None, "workspace_id", "state", "expires_at"),
        Index(None, "workspace_id", "end"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    member_id: Mapped[UUID]
    kind: Mapped[str]  # of leave, by its folded name
    ledger: Mapped[str | None]  # it is taken from; None: it is only counted
    state: Mapped[str]  # as the domain names it
    asked: Mapped[Document]
    wanted: Mapped[Documents]
    days: Mapped[Documents]
    first: Mapped[date]  # day of what is wanted, where they are
    last: Mapped[date]
    start: Mapped[datetime]  # of the first stretch that is wanted
    end: Mapped[datetime]
    review: Mapped[Document]
    note_id: Mapped[UUID | None]  # the asker's
    reason_id: Mapped[UUID | None]  # the approver's
    talk: Mapped[Documents]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    entered_by_id: Mapped[UUID | None]  # for the one; None: themselves
    decided_by_id: Mapped[UUID | None]
    ended_by_id: Mapped[UUID | None]  # whoever withdrew or cancelled it
    replaces_id: Mapped[UUID | None]  # the request that it changes, which stands until this is approved
    rung: Mapped[int] = mapped_column(default=0)  # how often approvers were reminded
