"""Tools that the workspace is connected to, who is who there, and what is to be written there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Id, WorkspaceId, owned


class Connection(Base):
    """A tool that is connected. ``cursor`` is how far it was read, as its connector writes it.

    ``secret`` is encrypted with the workspace's id as associated data; nothing else says how to sign in.
    """

    __tablename__ = "connection"
    __table_args__ = (owned("connected_by_id", "member"),)

    workspace_id: Mapped[WorkspaceId]
    kind: Mapped[str] = mapped_column(primary_key=True)  # as the connectors call it
    address: Mapped[str]
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    options: Mapped[Document]
    cursor: Mapped[Document | None]
    state: Mapped[str]  # as the domain names it
    connected_by_id: Mapped[UUID | None]
    connected_at: Mapped[datetime]
    read_at: Mapped[datetime | None]  # when it was last read to its end
    next_at: Mapped[datetime | None]  # not to be asked before
    failed_at: Mapped[datetime | None]
    error: Mapped[str | None]  # as the connector names it, never what a server wrote


class ExternalPerson(Base):
    """Somebody who works in a helpdesk, or did; a member here where the address says so. No customers."""

    __tablename__ = "external_person"
    __table_args__ = (owned("member_id", "member"), Index(None, "workspace_id", "source", "member_id"))

    workspace_id: Mapped[WorkspaceId]
    source: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    email: Mapped[str | None]
    is_agent: Mapped[bool]
    member_id: Mapped[UUID | None]


class ExternalCase(Base):
    """What was last read of a case of a helpdesk, or written there: only what has changed since is news."""

    __tablename__ = "external_case"
    __table_args__ = (owned("case_id", "case"),)

    workspace_id: Mapped[WorkspaceId]
    case_id: Mapped[Id]
    version: Mapped[str]
    seen: Mapped[Document]  # state, priority, owner … and deadlines, as the connector says them


class CaseWrite(Base):
    """A change that is to be made in the helpdesk, because somebody pressed something here.

    ``based_on`` is the version of the case there that they saw. Where it has changed there meanwhile in what they
    changed, it is a conflict, which is shown and never written over.
    """

    __tablename__ = "case_write"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source", "number"),
        owned("case_id", "case"),
        owned("member_id", "member"),
        owned("note_id", "note"),
        owned("decided_by_id", "member"),
        Index(None, "workspace_id", "state", "next_at"),
        Index(None, "workspace_id", "case_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]  # in which order
    source: Mapped[str]
    case_id: Mapped[UUID]
    kind: Mapped[str]  # owner, state, note or tags
    wanted: Mapped[Document]
    before: Mapped[Document]
    based_on: Mapped[str | None]
    note_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    asked_at: Mapped[datetime]
    state: Mapped[str]  # as the domain names it
    tries: Mapped[int] = mapped_column(default=0)
    attempt_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    found: Mapped[Document | None]  # what stood there instead, of a conflict
    decided_by_id: Mapped[UUID | None]  # who said after it which is right
    error: Mapped[str | None]
