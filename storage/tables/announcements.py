"""Announcements: what was said to whom, and who has acknowledged it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Id, Names, WorkspaceId, owned


class Announcement(Base):
    """Something that people have to know.

    ``audience`` says who, as the domain writes it; ``announcement_reader`` who that was when it went out.
    ``revision`` grows with every edit, ``asks_from`` is the first one that an acknowledgement has to be of.
    ``next_at`` is when the clock looks at it next.
    """

    __tablename__ = "announcement"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        owned("author_id", "member"),
        owned("note_id", "note"),
        Index(None, "workspace_id", "state", "next_at"),
        Index(None, "workspace_id", "author_id", "state"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    kind: Mapped[str]  # as the domain names it: typed by somebody, or of what
    subject_id: Mapped[UUID | None]  # of what it tells, as the article of a changed procedure
    author_id: Mapped[UUID | None]
    title: Mapped[str]
    note_id: Mapped[UUID | None]  # its text
    audience: Mapped[Document]
    channels: Mapped[Names]  # where it stands; none: direct messages to each reader
    mentions: Mapped[bool]  # everybody in these channels, on purpose
    asks: Mapped[bool]  # to be acknowledged
    state: Mapped[str]  # as the domain names it
    revision: Mapped[int]
    asks_from: Mapped[int]
    written_at: Mapped[datetime]
    send_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]  # until when it is to be acknowledged
    expires_at: Mapped[datetime]
    looked_at: Mapped[datetime | None]  # for whom it is for since
    told_late_at: Mapped[datetime | None]  # the lead heard who is missing
    next_at: Mapped[datetime | None]


class AnnouncementReader(Base):
    """Somebody whom an announcement is for."""

    __tablename__ = "announcement_reader"
    __table_args__ = (
        owned("announcement_id", "announcement"),
        owned("member_id", "member"),
        UniqueConstraint("workspace_id", "announcement_id", "member_id"),
        Index(None, "workspace_id", "member_id", "acknowledged"),
        Index(None, "workspace_id", "announcement_id", "remind_at"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    announcement_id: Mapped[UUID]
    member_id: Mapped[UUID]
    added_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    acknowledged: Mapped[int | None]  # which revision
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    remind_at: Mapped[datetime | None]  # when they are next on shift, or back
