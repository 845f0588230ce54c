"""Refuses every statement on a workspace's table that does not filter by ``workspace_id`` in plain sight.

Plain sight is ``<table>.workspace_id = <parameter>``, or ``= <other>.workspace_id`` where the other one is bound
in its turn, among the conditions that all have to hold: for each table of each SELECT, UPDATE and DELETE, however
deep it stands. Rows that are inserted say whose they are. In a ``WorkspaceSession`` the parameter is the
session's own workspace. What goes through the driver's own cursor is not seen.
"""

import warnings
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from sqlalchemy import DDL, Connection, Delete, Engine, Executable, Insert, Select, TableClause, Update, event
from sqlalchemy.schema import ExecutableDDLElement

from storage.db import WorkspaceSession
from storage.tables import Base
from tests.sightline import OutOfSight, Sightline, sets_workspace, workspaces

READ_ACROSS_WORKSPACES = frozenset(
    {"lane", "job_schedule", "job_run", "installation", "workspace", "feed_token", "oauth_state"}
)


class LeakyStatement(AssertionError):
    """A statement that could read or change what belongs to another workspace."""


_refusals: list[LeakyStatement] = []
_lifted: ContextVar[bool] = ContextVar("lifted", default=False)
_workspaces: WeakKeyDictionary[Connection, str] = WeakKeyDictionary()
# Following a statement takes longer than executing it. Of one that was found to be bound: which of its parameters
# say to what, by what SQLAlchemy holds to be the same statement with other values.
_followed: dict[object, tuple[int, ...]] = {}


def guarded_tables() -> frozenset[str]:
    """The tables whose rows belong to one workspace each."""
    return frozenset(Base.metadata.tables) - READ_ACROSS_WORKSPACES


@contextmanager
def lifted() -> Iterator[None]:
    """Without the guard, in this thread: for what a migration or an operator may do."""
    token = _lifted.set(True)
    try:
        yield
    finally:
        _lifted.reset(token)


@contextmanager
def refused(reason: str) -> Iterator[None]:
    """Expects the guard to refuse a statement for a reason that matches the pattern."""
    with pytest.raises(LeakyStatement, match=reason):
        yield
    _refusals.clear()


def pytest_configure() -> None:
    """Watches every engine of this process."""
    event.listen(Engine, "before_execute", _before_execute)
    event.listen(Engine, "before_cursor_execute", _before_cursor_execute)
    event.listen(WorkspaceSession, "after_begin", _remember_workspace)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, Any, Any]:
    """Fails the test even where the program has caught the refusal, as it catches what a listener raises."""
    _refusals.clear()
    outcome = yield
    if _refusals:
        raise _refusals[0]
    return outcome


def _remember_workspace(session: WorkspaceSession, _transaction: object, connection: Connection) -> None:
    _workspaces[connection] = session.workspace_id


def _before_execute(
    connection: Connection,
    statement: Executable,
    many: Sequence[Mapping[str, Any]],
    one: Mapping[str, Any],
    _options: object,
) -> None:
    if isinstance(statement, DDL):
        _judge(connection, statement.statement, [])
    elif not isinstance(statement, ExecutableDDLElement) and not _rebuilds_a_table(statement):
        _judge(connection, statement, many or [one])


def _before_cursor_execute(
    connection: Connection, _cursor: object, statement: str, parameters: Any, context: Any, many: bool
) -> None:
    if context.compiled is None and not statement.startswith("PRAGMA"):
        rows = parameters if many else [parameters]
        _judge(connection, statement, [row for row in rows if isinstance(row, Mapping)])


def _rebuilds_a_table(statement: Executable) -> bool:
    """SQLite alters a table by copying it whole, so a migration copies the rows of every workspace."""
    return (
        isinstance(statement, Insert)
        and isinstance(statement.table, TableClause)
        and statement.table.name.startswith("_alembic_tmp_")
    )


def _judge(connection: Connection, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if _lifted.get():
        return
    reason = _fault(connection, statement, rows)
    if reason:
        refusal = LeakyStatement(f"{reason}\n{_shown(connection, statement)}")
        _refusals.append(refusal)
        raise refusal


def _fault(connection: Connection, statement: Any, rows: Sequence[Mapping[str, Any]]) -> str | None:
    try:
        named = _named_as_before(statement, rows) if _reads_or_changes(statement) else _named_by(statement, rows)
    except OutOfSight as leak:
        return str(leak)
    own = _workspaces.get(connection)
    foreign = workspaces(named, rows) - {own}
    if own is not None and foreign:
        return f"A statement in a session of {own} names {', '.join(map(repr, foreign))}."
    return None


def _named_by(statement: Any, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    sight = Sightline(guarded_tables(), rows)
    sight.follow(statement)
    return sight.named


def _reads_or_changes(statement: Any) -> bool:
    return isinstance(statement, Select | Update | Delete)


def _named_as_before(statement: Any, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    key = statement._generate_cache_key()
    moves = isinstance(statement, Update) and any(map(sets_workspace, rows))
    if key and key.key in _followed and not moves:
        return [key.bindparams[place] for place in _followed[key.key]]
    named = _named_by(statement, rows)
    places = {id(parameter): place for place, parameter in enumerate(key.bindparams)} if key else {}
    if key and all(id(each) in places for each in named):
        _followed[key.key] = tuple(places[id(each)] for each in named)
    return named


def _shown(connection: Connection, statement: Any) -> str:
    with warnings.catch_warnings():  # what is refused may well be wrong in other ways
        warnings.simplefilter("ignore")
        return str(statement if isinstance(statement, str) else statement.compile(connection))
