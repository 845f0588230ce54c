"""Rows to start from: what a test does not care about is filled in."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from storage.tables import Member, Note, Shift, Team

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_team(workspace_id: str, name: str = "Mail") -> Team:
    """A team without people."""
    return Team(workspace_id=workspace_id, id=uuid4(), name=name)


def a_member(workspace_id: str, name: str = "Ada", **fields: Any) -> Member:
    """A person on the roster, with an address made of the name."""
    return Member(workspace_id=workspace_id, id=uuid4(), email=f"{name.lower()}@example.com", name=name, **fields)


def a_note(workspace_id: str, text: str = "Back at noon", **fields: Any) -> Note:
    """A note written on Monday."""
    return Note(workspace_id=workspace_id, id=uuid4(), text=text, **{"written_at": MONDAY} | fields)


def a_shift(workspace_id: str, member_id: UUID | None = None, hours: float = 8, **fields: Any) -> Shift:
    """A shift on Monday from nine, in UTC."""
    end = MONDAY + timedelta(hours=hours)
    return Shift(
        workspace_id=workspace_id,
        id=uuid4(),
        member_id=member_id,
        start_local=MONDAY.replace(tzinfo=None),
        end_local=end.replace(tzinfo=None),
        time_zone="UTC",
        start=MONDAY,
        end=end,
        **fields,
    )
