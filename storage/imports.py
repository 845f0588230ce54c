"""The register of imports: what each one changed, row by row."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, insert, inspect, or_, select

from storage.db import WorkspaceSession
from storage.documents import document
from storage.tables import Base, Import, ImportChange, Shift

# Names that several imports share: whoever made the row, it stays for as long as anything uses it.
SHARED = ("team", "department", "queue", "skill")
# What follows Slack is brought back with the rest, but Slack may change it meanwhile: it is not the file's.
_FOLLOWED = {
    ("member", "slack_name"),
    ("member", "slack_time_zone"),
    ("member", "slack_updated"),
    ("member", "deactivated_at"),
}


class Recorder:
    """Writes rows for an import and notes each change.

    Rows of one table are best written together: the session is flushed whenever the table changes, because rows
    must be there before others can refer to them.
    """

    def __init__(self, session: WorkspaceSession, import_id: UUID, new_id: Callable[[], UUID]) -> None:
        self._session = session
        self._import_id = import_id
        self._new_id = new_id
        self._changes: list[dict[str, Any]] = []
        self._table: str | None = None

    def add(self, row: Base) -> None:
        """A new row."""
        self._turn_to(row)
        self._session.add(row)
        self._note(row, None, _left(row))

    def change(self, row: Base, **values: Any) -> None:
        """New values for some columns of a row."""
        self._turn_to(row)
        before = document(row, values)
        for column, value in values.items():
            setattr(row, column, value)
        self._note(row, before, _left(row, values))

    def remove(self, row: Base) -> None:
        """A row that goes."""
        self._turn_to(row)
        self._session.delete(row)
        self._note(row, document(row), None)

    def noted(self, row: Base, before: dict[str, Any] | None = None) -> None:
        """A row that was written already: new, or with what some of its columns said ``before``."""
        self._note(row, before, _left(row, before))

    def finish(self) -> None:
        """Writes the register of the changes."""
        self._session.flush()
        if self._changes:
            self._session.execute(insert(ImportChange), self._changes)

    def _turn_to(self, row: Base) -> None:
        if self._table not in (None, row.__tablename__):
            self._session.flush()
        self._table = row.__tablename__

    def _note(self, row: Base, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        key = next(column for column in inspect(type(row)).primary_key if column.name != "workspace_id")
        self._changes.append(
            {
                "workspace_id": self._session.workspace_id,
                "id": self._new_id(),
                "import_id": self._import_id,
                "position": len(self._changes),
                "table": row.__tablename__,
                "subject_id": getattr(row, key.name),
                "before": before,
                "after": after,
            }
        )


def import_by_number(session: WorkspaceSession, number: int) -> Import | None:
    """An import as people quote it."""
    return session.scalar(
        select(Import).where(Import.workspace_id == session.workspace_id, Import.number == number)
    )


def latest_imports(session: WorkspaceSession, kinds: Collection[str], skip: int, limit: int) -> list[Import]:
    """The last imports of these kinds, newest first and without the first so many."""
    rows = select(Import).where(Import.workspace_id == session.workspace_id, Import.kind.in_(kinds))
    return list(session.scalars(rows.order_by(Import.number.desc()).offset(skip).limit(limit)))


def count_imports(session: WorkspaceSession, kinds: Collection[str]) -> int:
    """How many imports of these kinds there are."""
    rows = select(func.count()).where(Import.workspace_id == session.workspace_id, Import.kind.in_(kinds))
    return session.scalar(rows) or 0


def change_counts(session: WorkspaceSession, import_ids: Iterable[UUID]) -> dict[UUID, dict[tuple[str, str], int]]:
    """How many rows each import added, changed or removed, by table and by which of these it was."""
    added, removed = ImportChange.before.is_(None), ImportChange.after.is_(None)
    way = case((added, "added"), (removed, "removed"), else_="changed")
    statement = (
        select(ImportChange.import_id, ImportChange.table, way, func.count())
        .where(ImportChange.workspace_id == session.workspace_id, ImportChange.import_id.in_(list(import_ids)))
        .group_by(ImportChange.import_id, ImportChange.table, way)
    )
    found: defaultdict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    for import_id, table, done, count in session.execute(statement):
        found[import_id][table, done] = count
    return found


def changes_of(session: WorkspaceSession, import_id: UUID) -> list[ImportChange]:
    """What an import changed, in its order."""
    return list(
        session.scalars(
            select(ImportChange)
            .where(ImportChange.workspace_id == session.workspace_id, ImportChange.import_id == import_id)
            .order_by(ImportChange.position)
        )
    )


def shifts_of_import(session: WorkspaceSession, import_id: UUID) -> list[UUID]:
    """The shifts that an import added, changed or removed, in its order."""
    return [change.subject_id for change in shift_changes(session, [import_id])]


def shift_changes(session: WorkspaceSession, import_ids: Iterable[UUID]) -> list[ImportChange]:
    """What some imports did to shifts, each in its order."""
    return list(
        session.scalars(
            select(ImportChange)
            .where(
                ImportChange.workspace_id == session.workspace_id,
                ImportChange.import_id.in_(list(import_ids)),
                ImportChange.table == "shift",
            )
            .order_by(ImportChange.position)
        )
    )


def begun_since(session: WorkspaceSession, entry: Import, now: datetime) -> int:
    """How many of its shifts have begun since an import, by what it says or by what was said before.

    What began at that very instant had begun already.
    """
    since, until = (each.astimezone(UTC).isoformat(timespec="seconds") for each in (entry.imported_at, now))
    starts = [each["start"].as_string() for each in (ImportChange.before, ImportChange.after)]
    said = [and_(start > since, start <= until) for start in starts]
    statement = (
        select(func.count(ImportChange.subject_id.distinct()))
        .outerjoin(
            Shift, and_(Shift.workspace_id == ImportChange.workspace_id, Shift.id == ImportChange.subject_id)
        )
        .where(
            ImportChange.workspace_id == session.workspace_id,
            ImportChange.import_id == entry.id,
            ImportChange.table == "shift",
            or_(and_(Shift.start > entry.imported_at, Shift.start <= now), *said),
        )
    )
    return session.scalar(statement) or 0


def _left(row: Base, columns: Iterable[str] | None = None) -> dict[str, Any]:
    """What the file has said of the row."""
    said = document(row, columns)
    return {name: value for name, value in said.items() if (row.__tablename__, name) not in _FOLLOWED}
