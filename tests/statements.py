"""Keeps what SQLAlchemy has compiled from one test to the next, though each has an engine of its own.

SQLAlchemy compiles a statement once per dialect, and makes one of these per engine. In one process all dialects of
a kind are made alike, so here they are the same: that saves a quarter of the time that the suite takes.
"""

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

_MOST = 10_000
_compiled: LRUCache[object, object] = LRUCache(_MOST)


def pytest_configure() -> None:
    """From the first engine on."""
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        setattr(kind, "__eq__", _alike)  # noqa: B010 - mypy refuses the assignment
        setattr(kind, "__hash__", _hash)  # noqa: B010
    event.listen(Engine, "engine_connect", _share)


def _alike(one: Dialect, other: object) -> bool:
    return type(one) is type(other)


def _hash(dialect: Dialect) -> int:
    return hash(type(dialect))


def _share(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_compiled)
