"""Run by Alembic; the connection, its lock and its transaction are those of ``storage.migrate``."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.tables import Base, Instant


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A revision is history and must not change with our code, so it never names our types."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_item=_render,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
