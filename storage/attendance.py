"""Who is to come to work today, and whether they have."""

from collections.abc import Collection, Sequence
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from sqlalchemy import delete, select

from storage.db import WorkspaceSession
from storage.tables import Arrival, Message


def arrival(session: WorkspaceSession, arrival_id: UUID) -> Arrival | None:
    """An arrival by id."""
    return session.get(Arrival, (session.workspace_id, arrival_id))


def arrivals(session: WorkspaceSession, member_id: UUID | None = None) -> Sequence[Arrival]:
    """Those of the day, all or of one member, in order."""
    statement = select(Arrival).where(Arrival.workspace_id == session.workspace_id)
    if member_id:
        statement = statement.where(Arrival.member_id == member_id)
    return session.scalars(statement.order_by(Arrival.start, Arrival.id)).all()


def shown_to(session: WorkspaceSession, card: str, arrival_id: UUID) -> Sequence[Message]:
    """The messages in which people are shown an arrival by a card, in order."""
    statement = select(Message).where(
        Message.workspace_id == session.workspace_id, Message.card == card, Message.subject_id == arrival_id
    )
    # Asked for in that order, SQLite would go through the whole primary key, which has it.
    return sorted(session.scalars(statement), key=attrgetter("id"))


def forget_arrivals(session: WorkspaceSession, before: datetime, cards: Collection[str]) -> None:
    """Deletes those of work that was over by then, and what shows them by any of these cards."""
    over = select(Arrival.id).where(Arrival.workspace_id == session.workspace_id, Arrival.end < before)
    session.execute(
        delete(Message).where(
            Message.workspace_id == session.workspace_id, Message.card.in_(cards), Message.subject_id.in_(over)
        ),
        execution_options={"synchronize_session": False},
    )
    session.execute(
        delete(Arrival).where(Arrival.workspace_id == session.workspace_id, Arrival.end < before),
        execution_options={"synchronize_session": False},
    )
