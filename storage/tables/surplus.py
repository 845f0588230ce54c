"""Time off that is offered because more people are there than are needed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from storage.tables.base import Base, Documents, Id, WorkspaceId, owned


class SurplusOffer(Base):
    """Some of those who serve just these posts may go at some time, if they want to.

    ``posts`` each have their ``queue`` and ``skill``; ``places`` is how many may go, ``wave`` how many turns of
    people were asked.
    """

    __tablename__ = "surplus_offer"
    __table_args__ = (
        owned("offered_by_id", "member"),
        Index(None, "workspace_id", "state", "next_wave_at"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    posts: Mapped[Documents]
    start: Mapped[datetime]
    end: Mapped[datetime]
    places: Mapped[int]
    state: Mapped[str]  # as the domain names it
    wave: Mapped[int]
    next_wave_at: Mapped[datetime | None]
    offered_by_id: Mapped[UUID]
    offered_at: Mapped[datetime]


class SurplusAsk(Base):
    """Somebody was asked whether they want to go, when that would be, and what they said."""

    __tablename__ = "surplus_ask"
    __table_args__ = (
        owned("offer_id", "surplus_offer"),
        owned("member_id", "member"),
        owned("request_id", "leave_request"),
        Index(None, "workspace_id", "member_id", "asked_at"),
    )

    workspace_id: Mapped[WorkspaceId]
    offer_id: Mapped[Id]
    member_id: Mapped[Id]
    start: Mapped[datetime]
    end: Mapped[datetime]
    asked_at: Mapped[datetime]
    answer: Mapped[str | None]  # as the domain names it
    answered_at: Mapped[datetime | None]
    request_id: Mapped[UUID | None]  # for time off, that it became
