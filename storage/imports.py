"""Imports: what each one changed, row by row, so that it can be taken back."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Table, and_, case, func, inspect, select

from storage.db import PARAMETERS, WorkspaceSession
from storage.documents import class_of, decode, document
from storage.tables import Base, Import, ImportChange, Member

# Names that several imports share: whoever made the row, it stays for as long as anything uses it.
SHARED = ("team", "department", "queue", "skill")
# What follows Slack is brought back with the rest, but Slack may change it meanwhile: it is not the file's.
_FOLLOWED = {
    ("member", "slack_name"),
    ("member", "slack_time_zone"),
    ("member", "slack_updated"),
    ("member", "deactivated_at"),
}
# Slack may fill this in where the file left it empty.
_LINKED = ("member", "slack_id")

Reference = tuple[ImportChange, str, tuple[UUID, ...]]
"""A change that added a row, and who refers to that: their table and their key within the workspace."""


class Recorder:
    """Writes rows for an import and notes each change.

    Rows of one table are best written together: the session is flushed whenever the table changes, because rows
    must be there before others can refer to them.
    """

    def __init__(self, session: WorkspaceSession, import_id: UUID, new_id: Callable[[], UUID]) -> None:
        self._session = session
        self._import_id = import_id
        self._new_id = new_id
        self._changes: list[ImportChange] = []
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

    def finish(self) -> None:
        """Writes the register of the changes."""
        self._session.flush()
        self._session.add_all(self._changes)

    def _turn_to(self, row: Base) -> None:
        if self._table not in (None, row.__tablename__):
            self._session.flush()
        self._table = row.__tablename__

    def _note(self, row: Base, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        key = next(column for column in inspect(type(row)).primary_key if column.name != "workspace_id")
        self._changes.append(
            ImportChange(
                workspace_id=self._session.workspace_id,
                id=self._new_id(),
                import_id=self._import_id,
                position=len(self._changes),
                table=row.__tablename__,
                subject_id=getattr(row, key.name),
                before=before,
                after=after,
            )
        )


def import_by_number(session: WorkspaceSession, number: int) -> Import | None:
    """An import as people quote it."""
    return session.scalar(
        select(Import).where(Import.workspace_id == session.workspace_id, Import.number == number)
    )


def latest_imports(session: WorkspaceSession, limit: int) -> list[Import]:
    """The last imports, newest first."""
    rows = select(Import).where(Import.workspace_id == session.workspace_id)
    return list(session.scalars(rows.order_by(Import.number.desc()).limit(limit)))


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


def later_imports(session: WorkspaceSession, number: int, subjects: Iterable[UUID]) -> list[int]:
    """The numbers of the imports after ``number``, not undone, that changed any of the subjects."""
    found: set[int] = set()
    for some in _portions(subjects):
        found.update(
            session.scalars(
                select(Import.number)
                .join(
                    ImportChange,
                    and_(ImportChange.workspace_id == Import.workspace_id, ImportChange.import_id == Import.id),
                )
                .where(
                    Import.workspace_id == session.workspace_id,
                    ImportChange.workspace_id == session.workspace_id,
                    Import.number > number,
                    Import.undone_at.is_(None),
                    ImportChange.subject_id.in_(some),
                )
            )
        )
    return sorted(found)


def altered_since(session: WorkspaceSession, changes: Sequence[ImportChange]) -> list[ImportChange]:
    """The changes whose row is no longer as the import left it."""
    rows = _rows(session, changes)
    last = {_key(session, change): change for change in changes}
    altered = []
    for key, change in last.items():
        row = rows.get(key)
        if change.after is None:
            as_left = row is None
        else:
            as_left = row is not None and _is_still(row, change.after)
        if not as_left:
            altered.append(change)
    return altered


def referring(session: WorkspaceSession, changes: Sequence[ImportChange]) -> list[Reference]:
    """What the import added and others refer to."""
    added = [change for change in changes if change.before is None]
    keys = [(_key(session, change), change.after or ()) for change in changes]
    own = {(*key, column) for key, columns in keys for column in columns}
    found: list[Reference] = []
    for table, column, target in _references():
        of_target = {change.subject_id: change for change in added if change.table == target}
        for some in _portions(of_target):
            rows = session.execute(
                select(*table.primary_key.columns, table.c[column].label("reference")).where(
                    table.c.workspace_id == session.workspace_id, table.c[column].in_(some)
                )
            )
            found += [
                (of_target[row[-1]], table.name, tuple(row[1:-1]))
                for row in rows
                if (table.name, *row[:-1], column) not in own
            ]
    return found


def remembered(session: WorkspaceSession, number: int) -> set[UUID]:
    """The rows that the imports after ``number``, not undone, would refer to again once they are undone."""
    changes = session.execute(
        select(ImportChange.table, ImportChange.before)
        .join(
            Import,
            and_(Import.workspace_id == ImportChange.workspace_id, Import.id == ImportChange.import_id),
        )
        .where(
            ImportChange.workspace_id == session.workspace_id,
            Import.workspace_id == session.workspace_id,
            Import.number > number,
            Import.undone_at.is_(None),
        )
    )
    columns = {(table.name, column) for table, column, _ in _references()}
    return {
        UUID(value)
        for table, before in changes
        for column, value in (before or {}).items()
        if value and (table, column) in columns
    }


def taken_accounts(session: WorkspaceSession, changes: Sequence[ImportChange]) -> list[UUID]:
    """The members who by now have a Slack account that the import took from somebody else."""
    before = {change.subject_id: (change.before or {}).get("slack_id") for change in changes}
    wanted = {slack_id: member_id for member_id, slack_id in before.items() if slack_id}
    if not wanted:
        return []
    holders = session.execute(
        select(Member.id, Member.slack_id).where(
            Member.workspace_id == session.workspace_id, Member.slack_id.in_(wanted)
        )
    )
    return [member_id for member_id, slack_id in holders if wanted[slack_id] != member_id]


def take_back(session: WorkspaceSession, changes: Sequence[ImportChange]) -> None:
    """Brings every row back to what it was before."""
    rows = _rows(session, changes)
    for table, group in groupby(reversed(changes), key=lambda change: change.table):
        for change in group:
            row = rows.get(_key(session, change))
            if change.before is None:
                if row is not None:
                    session.delete(row)
            elif row is None:
                values = decode(table, change.before)
                session.add(class_of(table)(workspace_id=session.workspace_id, **values))
            else:
                for column, value in decode(table, change.before).items():
                    setattr(row, column, value)
        session.flush()


def _references() -> Iterator[tuple[Table, str, str]]:
    """Every reference between rows of a workspace: the table, its column and the table that it refers to."""
    for table in Base.metadata.sorted_tables:
        for constraint in table.constraints:
            if isinstance(constraint, ForeignKeyConstraint) and len(constraint.columns) == 2:
                yield table, constraint.column_keys[1], constraint.referred_table.name


def _left(row: Base, columns: Iterable[str] | None = None) -> dict[str, Any]:
    """What the file has said of the row."""
    said = document(row, columns)
    return {name: value for name, value in said.items() if (row.__tablename__, name) not in _FOLLOWED}


def _is_still(row: Base, after: dict[str, Any]) -> bool:
    said = {name: value for name, value in after.items() if value or (row.__tablename__, name) != _LINKED}
    return document(row, said) == said


def _key(session: WorkspaceSession, change: ImportChange) -> tuple[Any, ...]:
    """The table and the primary key of the row that was changed."""
    values_then = change.after or change.before or {}
    columns = [column.name for column in Base.metadata.tables[change.table].primary_key][1:]
    values = decode(change.table, {column: values_then[column] for column in columns})
    return change.table, session.workspace_id, *values.values()


def _rows(session: WorkspaceSession, changes: Iterable[ImportChange]) -> dict[tuple[Any, ...], Base]:
    """The rows that were changed and are still there, read in portions."""
    found: dict[tuple[Any, ...], Base] = {}
    by_table = sorted(changes, key=lambda change: change.table)
    for name, group in groupby(by_table, key=lambda change: change.table):
        entity: Any = class_of(name)
        key = [column.name for column in Base.metadata.tables[name].primary_key]
        for some in _portions({change.subject_id for change in group}):
            statement = select(entity).where(
                entity.workspace_id == session.workspace_id, getattr(entity, key[1]).in_(some)
            )
            for row in session.scalars(statement):
                found[name, *(getattr(row, column) for column in key)] = row
    return found


def _portions(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    every = list(ids)
    return (every[at : at + PARAMETERS] for at in range(0, len(every), PARAMETERS))
