"""Messages, and the lanes in which they go out."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Id, WorkspaceId, owned


class Lane(Base):
    """A channel or a person that messages go to, one sender at a time.

    Read across workspaces, so it holds nothing personal but the ids in ``lane`` and ``channel``. ``next_at`` is
    business time, as people live by it. ``free_at`` is real time: the lane is claimed by nobody (else) before,
    because a sender has it on lease, or because it rests after a post or a failure. ``fence`` grows with each
    claim: whoever finds another value than their own has lost the lease.
    """

    __tablename__ = "lane"
    __table_args__ = (Index(None, "next_at"),)

    workspace_id: Mapped[WorkspaceId]
    lane: Mapped[str] = mapped_column(primary_key=True)  # a channel's or a person's Slack id, or their Home
    channel: Mapped[str | None]  # where messages to a person go, once Slack has said it
    next_at: Mapped[datetime | None]  # when there may be something to send; None: nothing is waiting
    free_at: Mapped[datetime | None]
    fence: Mapped[int]
    told: Mapped[int]  # how many messages the lane has been given


class UploadedFile(Base):
    """A file that Slack has, to be shown by messages; until one is posted nobody but the bot can see it."""

    __tablename__ = "uploaded_file"

    workspace_id: Mapped[WorkspaceId]
    key: Mapped[str] = mapped_column(primary_key=True)  # what makes it the same file
    file_id: Mapped[str]  # Slack's
    permalink: Mapped[str]
    uploaded_at: Mapped[datetime]


class Message(Base):
    """One message as one recipient sees it: the outbox and the register of copies in one.

    ``wanted`` counts the changes of what it shows, ``shown`` how many of them Slack has; it is up to date when
    they are equal. ``facts`` are what was true when it was written and is gone since (old → new).
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        owned("parent_id", "message"),
        Index(None, "workspace_id", "card", "subject_id"),
        Index(None, "workspace_id", "parent_id"),
        Index(None, "workspace_id", "ts"),
        Index(
            "ix_message_waiting",
            "workspace_id",
            "lane",
            "priority",
            "number",
            sqlite_where=text("state = 'open' AND shown < wanted"),
            postgresql_where=text("state = 'open' AND shown < wanted"),
        ),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    key: Mapped[str]  # what makes it the same message; also found in Slack's message metadata
    card: Mapped[str]  # the name in the register of cards
    subject_id: Mapped[UUID | None]
    audience: Mapped[str]  # for whom the card is drawn, as the card understands it
    facts: Mapped[Document | None]
    lane: Mapped[str]
    number: Mapped[int]  # its place in the lane
    parent_id: Mapped[UUID | None]  # the message in whose thread it is a reply, or that it was folded into
    priority: Mapped[int]  # the lower goes first
    not_before: Mapped[datetime | None]  # business time, as is expires_at
    expires_at: Mapped[datetime | None]  # posted no more from then on; a Home is not open any more
    wanted: Mapped[int] = mapped_column(default=1)
    shown: Mapped[int] = mapped_column(default=0)
    ts: Mapped[str | None]  # Slack's id of it; of a Home, which has none, a digest of what was published
    attempt_at: Mapped[datetime | None]  # real time; a post or publishing was begun whose outcome is not known
    tries: Mapped[int] = mapped_column(default=0)  # how often it failed since it last succeeded
    state: Mapped[str] = mapped_column(default="open")  # open, dropped, expired, folded or failed
    error: Mapped[str | None]  # Slack's error code
