"""One transaction for several actions: all of them are done, or none."""

from collections.abc import Iterator
from contextlib import contextmanager

from storage.db import Sessions, WorkspaceSession


class Joined(Sessions):
    """Sessions that are all the same one: whatever opens another takes part in a transaction that is under way.

    It is committed, or rolled back, by whoever began it.
    """

    def __init__(self, session: WorkspaceSession) -> None:
        self._session = session

    @contextmanager
    def write(self, workspace_id: str) -> Iterator[WorkspaceSession]:
        """The transaction that is under way. Raises ValueError where it is in another workspace."""
        if workspace_id != self._session.workspace_id:
            raise ValueError(f"a transaction in {self._session.workspace_id} cannot be joined from {workspace_id}")
        yield self._session

    @contextmanager
    def read(self, workspace_id: str) -> Iterator[WorkspaceSession]:
        """The same: it reads what the transaction has written."""
        with self.write(workspace_id) as session:
            yield session
