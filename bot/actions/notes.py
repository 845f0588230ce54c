"""What people write beside what they do: kept apart, so that it can be erased."""

from uuid import UUID

from bot.deps import Deps
from storage.db import WorkspaceSession
from storage.tables import Note


def write_note(session: WorkspaceSession, deps: Deps, author_id: UUID | None, text: str) -> UUID | None:
    """The id of a note that says this, by a member or the operator; None for nothing."""
    if not text.strip():
        return None
    row = Note(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        author_id=author_id,
        text=text.strip(),
        written_at=deps.clock(),
    )
    session.add(row)
    session.flush()
    return row.id
