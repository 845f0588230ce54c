"""Calendar feeds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Id, WorkspaceId, owned


class FeedToken(Base):
    """The address of somebody's calendar feed, of which only a digest is kept; read across workspaces.

    Who has no Slack session asks with nothing but the address: the digest says whose it is.
    """

    __tablename__ = "feed_token"
    __table_args__ = (
        owned("member_id", "member"),
        UniqueConstraint("digest"),
        Index(
            "uq_feed_token_in_force",
            "workspace_id",
            "member_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID]
    digest: Mapped[str]  # SHA-256 of the token, as hexadecimal digits
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_read_at: Mapped[datetime | None]  # to the hour
