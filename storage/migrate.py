"""Brings a database to the tables that this version of the program expects, and says what is still different."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from storage.tables import Base

# What processes that start at the same moment agree on to wait for each other: "floor" in ASCII.
_ADVISORY_LOCK = 0x666C6F6F72
_SQLITE_WAIT_MS = 60_000


def upgrade(engine: Engine) -> None:
    """Applies the revisions that are missing: all of them or, on an error, none.

    Of several processes the first does the work, the others wait for it and find nothing left to do.
    """
    with _alone(engine) as connection:
        command.upgrade(_config(connection), "head")
        _refuse_dangling_references(connection)


def draft(engine: Engine, title: str) -> None:
    """Writes the next revision file from what the tables have and the database lacks, to be read and tidied.

    ``engine`` is a PostgreSQL database at the newest revision: its types are the richer ones.
    """
    number = f"{int(head() or 0) + 1:04}"
    with engine.connect() as connection:
        command.revision(_config(connection), title, autogenerate=True, rev_id=number)


def check(engine: Engine) -> list[str]:
    """What keeps the database from fitting this version of the program, as sentences; empty where it fits."""
    scripts = ScriptDirectory.from_config(_config())
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _compared(connection)})
        applied = context.get_current_revision()
        known = [script.revision for script in scripts.walk_revisions()]
        if applied is not None and applied not in known:
            return [f"The database is at revision {applied}, which this version does not know: it is newer."]
        missing = known[: known.index(applied)] if applied in known else known
        if missing:
            return [f"Revision {revision} has not been applied yet." for revision in reversed(missing)]
        return [sentence for change in compare_metadata(context, Base.metadata) for sentence in _words(change)]


def current(engine: Engine) -> str | None:
    """The revision that the database is at; None before the first."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The newest revision that this version of the program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One transaction in which nobody else migrates."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(connection)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            yield connection


def _prepare_sqlite(connection: Connection) -> None:
    # Altering a table on SQLite means to copy and drop it: with foreign keys on, rows that refer to it go with
    # it. The pragma does nothing inside a transaction, hence the driver; nor may it return to the pool.
    connection.detach()
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute(f"PRAGMA busy_timeout={_SQLITE_WAIT_MS}")
    connection.execution_options(floorwalker_writes=True)


def _refuse_dangling_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        tables = ", ".join(sorted({row[0] for row in dangling}))
        raise RuntimeError(f"the migration would leave rows that refer to nothing, in: {tables}")


def _compared(connection: Connection) -> Callable[..., bool]:
    """What is compared: not FTS5's own tables, and an index of PostgreSQL's kinds only there."""
    elsewhere = connection.dialect.name != "postgresql"

    def compared(thing: Any, name: str | None, kind: str, *_found: object) -> bool:
        if kind == "index" and thing.dialect_kwargs.get("postgresql_using"):
            return not elsewhere
        return not (kind == "table" and str(name).startswith("kb_index"))

    return compared


def _words(change: Any) -> Sequence[str]:
    """What autogenerate found, in words: it nests the changes of one column in a list of their own."""
    if isinstance(change, list):
        return [sentence for part in change for sentence in _words(part)]
    verb, *about = change
    if verb.startswith("modify_"):
        _schema, table, column, _existing, found, wanted = about
        aspect = verb.removeprefix("modify_")
        return [f"Column {table}.{column}: {aspect} is {found!r} and should be {wanted!r}."]
    action, _, kind = verb.partition("_")
    state = "is missing" if action == "add" else "is not one that this version knows"
    if kind == "column":
        return [f"Column {about[1]}.{about[2].name} {state}."]
    thing = about[0]
    where = "" if kind == "table" else f" on {thing.table.name}"
    return [f"{_KINDS.get(kind, kind.capitalize())} {thing.name}{where} {state}."]


_KINDS = {"fk": "Foreign key"}
