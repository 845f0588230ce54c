"""Spreadsheets that were given, and what taking them over changed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Id, Names, WorkspaceId, owned


class Import(Base):
    """A file, or several of one kind, that was taken over whole."""

    __tablename__ = "import"
    __table_args__ = (UniqueConstraint("workspace_id", "number"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    kind: Mapped[str]  # people, shifts, volume, plan, activities, figures …, or edit for shifts edited by hand
    files: Mapped[str]
    imported_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class ImportChange(Base):
    """One row that an import added, moved or removed, as it was before and as it is after."""

    __tablename__ = "import_change"
    __table_args__ = (
        owned("import_id", "import"),
        Index(None, "workspace_id", "import_id", "position", unique=True),
        Index(None, "workspace_id", "subject_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    import_id: Mapped[UUID]
    position: Mapped[int]
    table: Mapped[str]
    subject_id: Mapped[UUID]
    before: Mapped[Document | None]
    after: Mapped[Document | None]


class Upload(Base):
    """A spreadsheet that somebody has given the bot; ``content`` and what it says are erased once it is settled.

    ``shown`` is the preview, or what is wrong, as the card shows it; ``digest`` is that of the whole preview.
    """

    __tablename__ = "upload"
    __table_args__ = (Index(None, "workspace_id", "state", "expires_at"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    slack_id: Mapped[str]  # whose it is
    name: Mapped[str]
    file_id: Mapped[str | None]  # Slack's; None: it was pasted
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    kind: Mapped[str | None]  # people, shifts, volume, plan or activities, once it was read
    state: Mapped[str]  # as the domain names it
    remark: Mapped[str | None]  # the same
    replaced_from: Mapped[date | None]  # the days within which what the file does not have is removed
    replaced_to: Mapped[date | None]
    shown: Mapped[Document | None]
    digest: Mapped[str | None]
    in_the_way: Mapped[Names | None]  # why it was not undone, line by line
    reference: Mapped[str | None]  # what the log calls a fault
    number: Mapped[int | None]  # of the import
    tries: Mapped[int] = mapped_column(default=0)  # how often Slack was asked for it in vain
    received_at: Mapped[datetime]
    expires_at: Mapped[datetime]
