"""Rows as JSON documents, to be kept and to be brought back."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Uuid, inspect
from sqlalchemy.types import TypeEngine

from storage.tables import Base, Instant

# Free text can be erased in its own row, so there must be no second copy.
_LEFT_OUT = {("note", "text")}


@cache
def class_of(table: str) -> type[Base]:
    """The class of a table's rows."""
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table)


def document(row: Base, columns: Iterable[str] | None = None) -> dict[str, Any]:
    """The primary key and the named columns (all, if none are named) as JSON holds them; never free text."""
    mapper = inspect(type(row))
    keys = {column.name for column in mapper.primary_key} - {"workspace_id"}
    wanted = {column.name for column in mapper.columns} if columns is None else keys | set(columns)
    return {
        name: _encode(getattr(row, name))
        for name in sorted(wanted - {"workspace_id"})
        if (row.__tablename__, name) not in _LEFT_OUT
    }


def decode(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a document as a row of the table has them."""
    columns = Base.metadata.tables[table].c
    return {name: value if value is None else _reader(columns[name].type)(value) for name, value in values.items()}


def _encode(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    match kind:
        case Instant() | DateTime():
            return datetime.fromisoformat
        case Date():
            return date.fromisoformat
        case Uuid():
            return UUID
    return _as_is


def _as_is(value: Any) -> Any:
    return value
