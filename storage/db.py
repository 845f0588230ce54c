"""Engines and sessions: one writer per workspace, readers that never wait.

A rule that was checked inside ``Sessions.write`` stays true until the commit, because nobody else writes in
that workspace meanwhile. On PostgreSQL a row lock on the workspace sees to that, on SQLite a queue in front of
``BEGIN IMMEDIATE`` (SQLite's own waiting is unfair: of eight busy threads some starve).
"""

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Executable, bindparam, create_engine, event, make_url, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from storage.tables import Workspace

# Below Slack's three seconds, so that a person reads an answer and not a timeout.
_SQLITE_BUSY_MS = 2500
# One for each thread that serves requests, and some to spare: opening one costs more than what is asked of it.
_CONNECTIONS = 20
# How long a reader waits for the one before it: many times what an answer to a person takes to read.
_PATIENCE_SECONDS = 0.05
# Ids per statement: far below what either database takes, and enough that the round trip no longer counts.
PARAMETERS = 500


_REVISION = select(Workspace.revision).where(Workspace.workspace_id == bindparam("own"))
_RAISE_REVISION = (
    update(Workspace).where(Workspace.workspace_id == bindparam("own")).values(revision=Workspace.revision + 1)
)


class WorkspaceSession(Session):
    """A session of one workspace. Queries filter by ``workspace_id`` in plain sight; nothing does it for them."""

    def __init__(self, connection: Connection, workspace_id: str) -> None:
        super().__init__(connection, expire_on_commit=False)
        self.workspace_id = workspace_id

    def revision(self) -> int:
        """How often the workspace was written; what was derived from its rows holds while it stays the same."""
        return self.connection().scalar(_REVISION, {"own": self.workspace_id}) or 0


class FairLock:
    """A lock that is handed over in the order of arrival."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._owner: int | None = None

    def __enter__(self) -> None:
        turn = threading.Event()
        with self._guard:
            if self._owner == threading.get_ident():
                raise RuntimeError("a write session was opened inside another one")
            self._waiting.append(turn)
            if len(self._waiting) == 1:
                turn.set()
        try:
            turn.wait()
        except BaseException:  # an interrupt at the terminal: who gives up must not keep its place
            self._leave(turn)
            raise
        self._owner = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        self._owner = None
        self._leave(self._waiting[0])

    def _leave(self, turn: threading.Event) -> None:
        with self._guard:
            self._waiting.remove(turn)
            if self._waiting:
                self._waiting[0].set()


class OncePerThread:
    """Lets every thread in, but none twice: a write session inside another could wait for that one forever."""

    def __init__(self) -> None:
        self._inside: set[int] = set()

    def __enter__(self) -> None:
        if threading.get_ident() in self._inside:
            raise RuntimeError("a write session was opened inside another one")
        self._inside.add(threading.get_ident())

    def __exit__(self, *_: object) -> None:
        self._inside.remove(threading.get_ident())


class OneByOne:
    """Lets threads in one by one, as long as that takes nobody long: it saves time and protects nothing.

    SQLite's calls are so short that threads which take turns within them spend more time on handing over the
    interpreter than on the calls: eight readers at once got half as much done as one after another.
    """

    def __init__(self) -> None:
        self._turn = threading.RLock()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Waits for whoever is inside, but not for one who stays."""
        taken = self._turn.acquire(timeout=_PATIENCE_SECONDS)
        try:
            yield
        finally:
            if taken:
                self._turn.release()


class Sessions:
    """Opens sessions on one database; ``after_commit`` hears of each write session that was committed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sqlite = engine.dialect.name == "sqlite"
        self._turn: AbstractContextManager[None] = FairLock() if self._sqlite else OncePerThread()
        self._readers = OneByOne()
        self.after_commit: list[Callable[[WorkspaceSession], None]] = []

    @contextmanager
    def write(self, workspace_id: str) -> Iterator[WorkspaceSession]:
        """A transaction that is alone in writing to the workspace: commits, or rolls back on an exception.

        Raises RuntimeError inside another write session of the same thread.
        """
        with self._writing() as connection, WorkspaceSession(connection, workspace_id) as session, session.begin():
            self._lock(session)
            yield session
        for hear in self.after_commit:
            hear(session)

    @contextmanager
    def beside(self, workspace_id: str) -> Iterator[WorkspaceSession]:
        """A transaction beside the writer of the workspace, for rows that have a lock of their own.

        It waits for no writer and leaves the revision as it is. Raises RuntimeError as ``write`` does.
        """
        with self._writing() as connection, WorkspaceSession(connection, workspace_id) as session, session.begin():
            yield session

    @contextmanager
    def across(self) -> Iterator[Connection]:
        """A transaction on the few tables that are read across workspaces."""
        with self._writing() as connection, connection.begin():
            yield connection

    @contextmanager
    def read(self, workspace_id: str) -> Iterator[WorkspaceSession]:
        """One snapshot of the workspace, without a lock. The database refuses what would change it."""
        with self._reading() as connection, WorkspaceSession(connection, workspace_id) as session:
            yield session

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._turn, self.engine.connect() as connection:
            yield connection.execution_options(floorwalker_writes=True)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._sqlite:
            with self._readers.take(), self.engine.connect() as connection:
                yield connection.execution_options(floorwalker_reads=True)
        else:
            with self.engine.connect() as connection:
                yield connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def _lock(self, session: WorkspaceSession) -> None:
        """Takes the row of the workspace, which nobody else then gets before the end, by raising its revision."""
        connection, workspace = session.connection(), {"own": session.workspace_id}
        if connection.execute(_RAISE_REVISION, workspace).rowcount == 0:
            connection.execute(self._first_time(session.workspace_id))
            connection.execute(_RAISE_REVISION, workspace)

    def _first_time(self, workspace_id: str) -> Executable:
        """Two processes may meet a workspace for the first time at once: the second waits and finds it there."""
        insert: Any = sqlite.insert if self._sqlite else postgresql.insert
        row = {"workspace_id": workspace_id, "revision": 0}
        statement: Executable = insert(Workspace).values(row).on_conflict_do_nothing()
        return statement


def database_url(url: str) -> URL:
    """The URL with the driver that we use; a plain ``postgresql://`` means psycopg 3."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed


def open_engine(url: str) -> Engine:
    """An engine for an SQLite or a PostgreSQL database, without connecting yet.

    Its errors show no parameters, because they end in the log and hold what people wrote.
    """
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(
            parsed, hide_parameters=True, pool_size=_CONNECTIONS, connect_args={"timeout": _SQLITE_BUSY_MS / 1000}
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(parsed, hide_parameters=True, pool_size=_CONNECTIONS, pool_pre_ping=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions of its own: a deferred one lost 334 of 400 concurrent updates.
    connection.isolation_level = None
    _write_ahead(connection)
    # Slack is told of a commit at once, so a power cut must not take it back.
    for pragma in ("foreign_keys=ON", f"busy_timeout={_SQLITE_BUSY_MS}", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers then never wait for a writer. Switching a fresh file over waits for nobody, so it is tried again."""
    for left in reversed(range(50)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if not left:
                raise
            time.sleep(_SQLITE_BUSY_MS / 50_000)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    reads = bool(options.get("floorwalker_reads"))
    if connection.info.get("reads") is not reads:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
        connection.info["reads"] = reads
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("floorwalker_writes") else "BEGIN")
