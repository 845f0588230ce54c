"""The numbers that people quote: swap 14, import 3."""

from storage.db import WorkspaceSession
from storage.tables import Counter


def next_number(session: WorkspaceSession, kind: str) -> int:
    """The next number of a kind, from 1 without gaps as long as the transaction commits."""
    counter = session.get(Counter, (session.workspace_id, kind))
    if counter is None:
        counter = Counter(workspace_id=session.workspace_id, kind=kind, value=0)
        session.add(counter)
    counter.value += 1
    return counter.value
