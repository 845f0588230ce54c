"""Swaps of shifts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Id, WorkspaceId, owned


class Swap(Base):
    """Two people exchange what they work: the asker's ``given`` for the colleague's ``returned``.

    Both are assignments that were in force when it was proposed; ``..._made`` are those that were appended in
    their place when it was settled. ``review`` is what the last whole check found, as approvers read it.
    """

    __tablename__ = "swap"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        owned("asker_id", "member"),
        owned("colleague_id", "member"),
        owned("given_id", "assignment"),
        owned("returned_id", "assignment"),
        owned("given_made_id", "assignment"),
        owned("returned_made_id", "assignment"),
        owned("note_id", "note"),
        owned("answer_id", "note"),
        owned("reason_id", "note"),
        owned("decided_by_id", "member"),
        owned("undo_wanted_by_id", "member"),
        owned("superseded_by_id", "swap"),
        owned("entered_by_id", "member"),
        owned("answered_by_id", "member"),
        owned("ended_by_id", "member"),
        Index(None, "workspace_id", "state", "expires_at"),
        Index(None, "workspace_id", "given_id"),
        Index(None, "workspace_id", "returned_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    asker_id: Mapped[UUID]
    colleague_id: Mapped[UUID]
    given_id: Mapped[UUID]
    returned_id: Mapped[UUID]
    given_made_id: Mapped[UUID | None]
    returned_made_id: Mapped[UUID | None]
    state: Mapped[str]  # as the domain names it
    note_id: Mapped[UUID | None]  # the asker's
    answer_id: Mapped[UUID | None]  # the colleague's, with a refusal
    reason_id: Mapped[UUID | None]  # the approver's
    review: Mapped[Document]
    proposed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None]
    undo_wanted_by_id: Mapped[UUID | None]  # the party who agreed to undo it first
    superseded_by_id: Mapped[UUID | None]  # the swap that took one of the shifts
    entered_by_id: Mapped[UUID | None]  # whoever proposed it for the asker; None: the asker
    answered_by_id: Mapped[UUID | None]  # whoever accepted it for the colleague; None: the colleague
    ended_by_id: Mapped[UUID | None]  # whoever withdrew, declined or undid it
    settled_in: Mapped[int | None] = mapped_column(
        BigInteger
    )  # the workspace's revision then, which tells what came first
