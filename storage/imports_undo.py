"""What stands in the way of taking an import back, and bringing its rows back to what they were."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Table, and_, select

from storage.db import PARAMETERS, WorkspaceSession
from storage.documents import class_of, decode, document
from storage.tables import Assignment, Base, Import, ImportChange, Member

# Slack may fill this in where the file left it empty.
_LINKED = ("member", "slack_id")

Reference = tuple[ImportChange, str, tuple[UUID, ...]]
"""A change that added a row, and who refers to that: their table and their key within the workspace."""


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


def handed_later(session: WorkspaceSession, number: int, shift_ids: Iterable[UUID]) -> dict[UUID, set[int]]:
    """The imports after ``number``, not undone, that gave any of the shifts new assignments or ended some of them.

    By shift, and only those shifts.
    """
    found: defaultdict[UUID, set[int]] = defaultdict(set)
    for some in _portions(shift_ids):
        rows = session.execute(
            select(Assignment.shift_id, Import.number)
            .join(
                ImportChange,
                and_(
                    ImportChange.workspace_id == Assignment.workspace_id, ImportChange.subject_id == Assignment.id
                ),
            )
            .join(
                Import,
                and_(Import.workspace_id == ImportChange.workspace_id, Import.id == ImportChange.import_id),
            )
            .where(
                Assignment.workspace_id == session.workspace_id,
                ImportChange.workspace_id == session.workspace_id,
                Import.workspace_id == session.workspace_id,
                Import.number > number,
                Import.undone_at.is_(None),
                Assignment.shift_id.in_(some),
            )
        )
        for shift_id, later in rows:
            found[shift_id].add(later)
    return dict(found)


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
