"""Slack events whose effect is stored, so that a retry does nothing."""

from datetime import datetime

from sqlalchemy import delete, func, select

from storage.db import WorkspaceSession
from storage.tables import SeenEvent


def first_time(session: WorkspaceSession, event_id: str, now: datetime) -> bool:
    """Whether the event is new; remembers it with whatever else the transaction stores."""
    if session.get(SeenEvent, (session.workspace_id, event_id)):
        return False
    session.add(SeenEvent(workspace_id=session.workspace_id, event_id=event_id, seen_at=now))
    return True


def events_before(session: WorkspaceSession, instant: datetime) -> int:
    """How many events are remembered that were seen before an instant."""
    return (
        session.scalar(
            select(func.count()).where(SeenEvent.workspace_id == session.workspace_id, SeenEvent.seen_at < instant)
        )
        or 0
    )


def forget_events(session: WorkspaceSession, instant: datetime) -> None:
    """Forgets the events that were seen before an instant: Slack no longer sends them again."""
    session.execute(
        delete(SeenEvent).where(SeenEvent.workspace_id == session.workspace_id, SeenEvent.seen_at < instant)
    )
