"""What people have of leave: lots that expire, and the lines that filled and emptied them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Id, WorkspaceId, owned


class LeaveLot(Base):
    """Minutes of one ledger of somebody that can be taken from ``first`` to ``last``; the domain says the rest."""

    __tablename__ = "leave_lot"
    __table_args__ = (
        owned("member_id", "member"),
        owned("origin_id", "leave_lot"),
        Index(None, "workspace_id", "member_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID]
    ledger: Mapped[str]  # as the kinds of leave name it
    source: Mapped[str]
    first: Mapped[date]
    last: Mapped[date | None]
    origin_id: Mapped[UUID | None]  # from which its minutes were carried or kept
    warned_on: Mapped[date | None]  # when its owner was told what would lapse of it


class LeaveLine(Base):
    """Minutes that entered a lot or left it; only ever added, what was wrong is put right by another."""

    __tablename__ = "leave_line"
    __table_args__ = (
        owned("lot_id", "leave_lot"),
        owned("note_id", "note"),
        Index(None, "workspace_id", "lot_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    lot_id: Mapped[UUID]
    position: Mapped[int]  # among all lines of the ledger
    day: Mapped[date]
    minutes: Mapped[int]
    cause: Mapped[str]
    note_id: Mapped[UUID | None]  # why, where somebody wrote it
    written_at: Mapped[datetime]
