"""Covers: work that is given away, who is asked to take it, and the parts that were taken."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Id, WorkspaceId, owned


class Cover(Base):
    """A part of a shift, or all of it, that its owner offers to others; without an owner, an open shift.

    It names the shift and the time and no assignment, because each part that changes hands makes new ones.
    """

    __tablename__ = "cover"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        owned("shift_id", "shift"),
        owned("owner_id", "member"),
        owned("note_id", "note"),
        owned("entered_by_id", "member"),
        owned("ended_by_id", "member"),
        Index(None, "workspace_id", "shift_id"),
        Index(None, "workspace_id", "state", "expires_at"),
        Index(None, "workspace_id", "state", "next_wave_at"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    shift_id: Mapped[UUID]
    owner_id: Mapped[UUID | None]
    start: Mapped[datetime]
    end: Mapped[datetime]
    state: Mapped[str]  # as the domain names it
    note_id: Mapped[UUID | None]  # of who offers it
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    entered_by_id: Mapped[UUID | None]  # for the owner, or of the open shift; None: the owner, or a file
    ended_by_id: Mapped[UUID | None]  # whoever withdrew it, or undid that its owner works it
    wave: Mapped[int] = mapped_column(default=0)  # the last in which people were asked
    next_wave_at: Mapped[datetime | None]  # None: nobody is left to be asked


class CoverOffer(Base):
    """Somebody who was asked to take a cover, when, and why at that place of that wave."""

    __tablename__ = "cover_offer"
    __table_args__ = (
        owned("cover_id", "cover"),
        owned("member_id", "member"),
        owned("reason_id", "note"),
        Index(None, "workspace_id", "member_id", "asked_at"),
    )

    workspace_id: Mapped[WorkspaceId]
    cover_id: Mapped[Id]
    member_id: Mapped[Id]
    wave: Mapped[int]
    place: Mapped[int]  # in the ranking, from 1
    why: Mapped[Document]  # what the place goes by, as the ranking says it
    asked_at: Mapped[datetime]
    answer: Mapped[str | None]  # "cannot"; who takes a part answers with that
    answered_at: Mapped[datetime | None]
    reason_id: Mapped[UUID | None]


class CoverPart(Base):
    """What somebody took of a cover. ``review`` is what the last whole check found, as approvers read it."""

    __tablename__ = "cover_part"
    __table_args__ = (
        owned("cover_id", "cover"),
        owned("taker_id", "member"),
        owned("decided_by_id", "member"),
        owned("reason_id", "note"),
        owned("entered_by_id", "member"),
        owned("ended_by_id", "member"),
        owned("undo_wanted_by_id", "member"),
        Index(None, "workspace_id", "cover_id"),
        Index(None, "workspace_id", "taker_id"),
        Index(None, "workspace_id", "state"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    cover_id: Mapped[UUID]
    taker_id: Mapped[UUID]
    start: Mapped[datetime]
    end: Mapped[datetime]
    state: Mapped[str]  # as the domain names it
    review: Mapped[Document]
    taken_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_in: Mapped[int | None] = mapped_column(BigInteger)  # as of a swap
    decided_by_id: Mapped[UUID | None]
    reason_id: Mapped[UUID | None]  # the approver's
    entered_by_id: Mapped[UUID | None]  # whoever took it for the taker; None: the taker
    ended_by_id: Mapped[UUID | None]  # whoever gave it up, withdrew or undid it
    undo_wanted_by_id: Mapped[UUID | None]  # of owner and taker the one who agreed to undo it first
