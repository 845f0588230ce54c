"""The workspace itself, and what every capability keeps there: words, numbers, settings, who did what."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Id, WorkspaceId, owned


class Workspace(Base):
    """A Slack workspace; its row is what writers lock.

    ``revision`` grows with every write session that commits: what was derived from the workspace's rows at a
    revision still holds as long as it is the same.
    """

    __tablename__ = "workspace"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    revision: Mapped[int] = mapped_column(BigInteger)


class Note(Base):
    """Free text that somebody wrote; the only place for it, so that it can be erased."""

    __tablename__ = "note"
    __table_args__ = (owned("author_id", "member"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    author_id: Mapped[UUID | None]
    text: Mapped[str]
    written_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class Setting(Base):
    """One version of the settings of a scope (workspace, team or queue); the highest version is in force."""

    __tablename__ = "setting"

    workspace_id: Mapped[WorkspaceId]
    scope: Mapped[str] = mapped_column(primary_key=True)  # "workspace", "team:<id>" or "queue:<id>"
    version: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[Document]
    changed_at: Mapped[datetime]


class Audit(Base):
    """Who did what, when, and what was there before and after. No free text."""

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "workspace_id", "subject_kind", "subject_id"),
        Index(None, "workspace_id", "at"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]  # nobody on the roster: the operator at the command line, Slack, or the clock
    actor: Mapped[str]  # member, operator, slack or clock
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    number: Mapped[int | None]
    before: Mapped[Document | None]
    after: Mapped[Document | None]


class Counter(Base):
    """The last number given out for a kind of thing; people quote these numbers."""

    __tablename__ = "counter"

    workspace_id: Mapped[WorkspaceId]
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class SeenEvent(Base):
    """A Slack event whose effect is stored: a retry of it does nothing."""

    __tablename__ = "seen_event"

    workspace_id: Mapped[WorkspaceId]
    event_id: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class Form(Base):
    """A form that was submitted, by the nonce in it, and what came of it: sent again it gives the same."""

    __tablename__ = "form"

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    subject_id: Mapped[UUID]
    submitted_at: Mapped[datetime]
