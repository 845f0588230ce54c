"""Slack events whose effect is stored, so that a retry does nothing."""

from datetime import datetime

from storage.db import WorkspaceSession
from storage.tables import SeenEvent


def first_time(session: WorkspaceSession, event_id: str, now: datetime) -> bool:
    """Whether the event is new; remembers it with whatever else the transaction stores."""
    if session.get(SeenEvent, (session.workspace_id, event_id)):
        return False
    session.add(SeenEvent(workspace_id=session.workspace_id, event_id=event_id, seen_at=now))
    return True
