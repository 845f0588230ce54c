"""What nobody works, and is not over."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, select

from storage.db import WorkspaceSession
from storage.tables import Assignment, ImportChange, Queue, Shift


class OpenWork(NamedTuple):
    """An assignment that is nobody's, and the name of the queue that its shift is for."""

    assignment: Assignment
    queue: str | None


def open_work(session: WorkspaceSession, now: datetime, *, begun: bool = False) -> list[OpenWork]:
    """All of it that has not begun, or also what has, in order."""
    ahead = Assignment.end > now if begun else Assignment.start > now
    return list(map(OpenWork._make, session.execute(_open(session).where(ahead))))


def open_work_of_imports(
    session: WorkspaceSession, import_ids: Iterable[UUID], now: datetime
) -> dict[UUID, Sequence[OpenWork]]:
    """What has not begun of the shifts that each of these imports added or changed, in order."""
    statement = (
        _open(session)
        .add_columns(ImportChange.import_id)
        .join(
            ImportChange,
            (ImportChange.workspace_id == Shift.workspace_id) & (ImportChange.subject_id == Shift.id),
        )
        .where(
            ImportChange.workspace_id == session.workspace_id,
            ImportChange.table == "shift",
            ImportChange.import_id.in_(list(import_ids)),
            Assignment.start > now,
        )
    )
    found: defaultdict[UUID, list[OpenWork]] = defaultdict(list)
    for assignment, queue, import_id in session.execute(statement):
        found[import_id].append(OpenWork(assignment, queue))
    return dict(found)


def _open(session: WorkspaceSession) -> Select[Assignment, str]:
    return (
        select(Assignment, Queue.name)
        .join(Shift, (Shift.workspace_id == Assignment.workspace_id) & (Shift.id == Assignment.shift_id))
        .outerjoin(Queue, (Queue.workspace_id == Shift.workspace_id) & (Queue.id == Shift.queue_id))
        .where(
            Assignment.workspace_id == session.workspace_id,
            Assignment.member_id.is_(None),
            Assignment.replaced_at.is_(None),
        )
        .order_by(Assignment.start, Assignment.end, Assignment.id)
    )
