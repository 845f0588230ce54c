"""How much of the work that nobody likes to have more of than the others each person has had."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Id, WorkspaceId, owned


class Burden(Base):
    """The hardships of a month, by the shift, of somebody who worked any shift in it; derived from assignments."""

    __tablename__ = "burden"
    __table_args__ = (owned("member_id", "member"), Index(None, "workspace_id", "month"))

    workspace_id: Mapped[WorkspaceId]
    member_id: Mapped[Id]
    month: Mapped[date] = mapped_column(primary_key=True)  # its first day, where the person is
    nights: Mapped[int]
    weekends: Mapped[int]
    holidays: Mapped[int]
    last_minute: Mapped[int]
