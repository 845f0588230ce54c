"""What all tables share: the types of their columns, and how a row refers to another of its workspace."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    Text,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Instant(TypeDecorator[datetime]):
    """A point in time: aware in Python, UTC in the database. SQLite would silently drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored as an instant: {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


WallClock = Annotated[datetime, mapped_column(DateTime(timezone=False))]
WorkspaceId = Annotated[str, mapped_column(Text, ForeignKey("workspace.workspace_id"), primary_key=True)]
Id = Annotated[UUID, mapped_column(Uuid, primary_key=True)]
Document = dict[str, Any]
Documents = list[dict[str, Any]]
Names = list[str]
Numbers = list[float | None]


class Base(DeclarativeBase):
    """What all tables share: how constraints are named, and which column a Python type gets."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy
        datetime: Instant,
        str: Text,
        UUID: Uuid,
        date: Date,
        Names: JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"),
        Numbers: JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"),
        Document: JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"),
        Documents: JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"),
    }


def owned(column: str, table: str) -> ForeignKeyConstraint:
    """A reference that cannot leave the workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])
