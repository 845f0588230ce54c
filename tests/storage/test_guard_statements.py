"""The guard of the tests: what shows whose rows it touches passes, every other shape of statement is refused."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import (
    DDL,
    Executable,
    Table,
    column,
    delete,
    exists,
    func,
    insert,
    lateral,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
    true,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.orm import aliased

from storage.db import Sessions, WorkspaceSession, open_engine
from storage.tables import Base, Grant, Member, Team, Workspace
from tests.guard import refused

Build = Callable[[], Executable]

members: Table = Base.metadata.tables["member"]
OURS = Member.workspace_id == "T1"
SAME = Team.workspace_id == Member.workspace_id
Other = aliased(Member)
Boss = aliased(Member)


def _recursive(bound: bool) -> Executable:
    chain = select(Team.workspace_id, Team.id).where(Team.workspace_id == "T1").cte(recursive=True)
    step = select(Member.workspace_id, Member.id).join(chain, Member.team_id == chain.c.id)
    if bound:
        step = step.where(Member.workspace_id == chain.c.workspace_id)
    return select(func.count()).select_from(chain.union_all(step))


def _with_cte(bound: bool) -> Executable:
    inner = select(Team.id)
    return select(inner.where(Team.workspace_id == "T1").cte() if bound else inner.cte())


def _from_subquery(bound: bool) -> Executable:
    inner = select(Member.workspace_id, Member.team_id)
    found = (inner.where(OURS) if bound else inner).subquery()
    return (
        select(Team.name).join(found, Team.id == found.c.team_id).where(Team.workspace_id == found.c.workspace_id)
    )


def _made_up_workspace() -> Executable:
    made_up = select(literal("T2").label("workspace_id")).subquery()
    return select(Team).where(Team.workspace_id == made_up.c.workspace_id)


def _lateral(bound: bool) -> Executable:
    inner = select(Team.name).where(Team.id == Member.team_id)
    near = lateral(inner.where(SAME) if bound else inner)
    return select(Member.name, near.c.name).join(near, true()).where(OURS)


IN_PLAIN_SIGHT: dict[str, Build] = {
    "entity": lambda: select(Member).where(OURS),
    "parameter on the left": lambda: select(Member).where(literal("T1") == Member.workspace_id),
    "count": lambda: select(func.count()).select_from(Member).where(OURS),
    "core table": lambda: select(members.c.name).where(members.c.workspace_id == "T1"),
    "alias": lambda: select(Other).where(Other.workspace_id == "T1"),
    "join": lambda: select(Member).join(Team, (Team.id == Member.team_id) & SAME).where(OURS),
    "join bound by where": lambda: select(Member).join(Team, Team.id == Member.team_id).where(OURS, SAME),
    "outer join": lambda: select(Member).outerjoin(Team, (Team.id == Member.team_id) & SAME).where(OURS),
    "chain of joins": lambda: (
        select(Member)
        .join(Team, SAME & (Team.id == Member.team_id))
        .join(Grant, (Grant.workspace_id == Team.workspace_id) & (Grant.team_id == Team.id))
        .where(OURS)
    ),
    "self join": lambda: (
        select(Member).join(Boss, (Boss.workspace_id == Member.workspace_id) & (Boss.id != Member.id)).where(OURS)
    ),
    "exists": lambda: select(Team).where(
        Team.workspace_id == "T1", exists().where(Team.id == Member.team_id, SAME)
    ),
    "scalar subquery": lambda: select(
        Team.name, select(func.count(Member.id)).where(SAME).scalar_subquery()
    ).where(Team.workspace_id == "T1"),
    "in subquery": lambda: select(Team).where(
        Team.workspace_id == "T1", Team.id.in_(select(Member.team_id).where(OURS))
    ),
    "cte": lambda: _with_cte(True),
    "recursive cte": lambda: _recursive(True),
    "subquery in from": lambda: _from_subquery(True),
    "union": lambda: union_all(select(Member.id).where(OURS), select(Team.id).where(Team.workspace_id == "T1")),
    "by way of workspace": lambda: (
        select(Member)
        .join(Workspace, Workspace.workspace_id == Member.workspace_id)
        .where(Workspace.workspace_id == "T1")
    ),
    "every workspace's own row": lambda: select(Workspace),
    "update": lambda: update(Member).where(OURS).values(name="Ada"),
    "update from": lambda: update(Member).where(OURS, SAME, Team.id == Member.team_id).values(name=Team.name),
    "delete": lambda: delete(Member).where(OURS),
    "insert": lambda: insert(Team).values(workspace_id="T1", id=uuid4(), name="Chat"),
    "insert from select": lambda: insert(Team).from_select(
        ["workspace_id", "id", "name"], select(Member.workspace_id, Member.id, Member.name).where(OURS)
    ),
    "text that names it": lambda: text("SELECT name FROM member WHERE workspace_id = 'T1'"),
    "text about nothing": lambda: text("SELECT 1"),
}

OUT_OF_SIGHT: dict[str, Build] = {
    "entity": lambda: select(Member),
    "column": lambda: select(Member.name).where(Member.name == "Ada"),
    "count": lambda: select(func.count()).select_from(Member),
    "core table": lambda: select(members),
    "lightweight table": lambda: select(table("member", column("name"))),
    "alias": lambda: select(Other).where(OURS, Other.name == Member.name),
    "either": lambda: select(Member).where(or_(OURS, Member.name == "Ada")),
    "not": lambda: select(Member).where(~OURS),
    "unequal": lambda: select(Member).where(Member.workspace_id != "T1"),
    "one of several": lambda: select(Member).where(Member.workspace_id.in_(["T1", "T2"])),
    "pair": lambda: select(Member).where(tuple_(Member.workspace_id, Member.name) == tuple_("T1", "Ada")),
    "itself": lambda: select(Member).where(Member.workspace_id == Member.workspace_id),
    "each other": lambda: select(Member, Team).where(SAME),
    "join": lambda: select(Member).join(Team, Team.id == Member.team_id).where(OURS),
    "left side of an outer join": lambda: select(Member).outerjoin(
        Team, SAME & OURS & (Team.workspace_id == "T1")
    ),
    "full join": lambda: select(Member).join(Team, SAME & OURS, full=True),
    "cross join": lambda: select(Member, Team).where(OURS),
    "exists": lambda: select(Team).where(Team.workspace_id == "T1", exists().where(Team.id == Member.team_id)),
    "scalar subquery": lambda: select(Team.name, select(func.count(Member.id)).scalar_subquery()).where(
        Team.workspace_id == "T1"
    ),
    "subquery on the same table": lambda: select(Member).where(OURS, Member.id.in_(select(Member.id))),
    "subquery beside the same table": lambda: select(Member.id, select(Member.name).subquery()).where(OURS),
    "in order by": lambda: select(Member).where(OURS).order_by(select(func.max(Team.name)).scalar_subquery()),
    "cte": lambda: _with_cte(False),
    "recursive cte": lambda: _recursive(False),
    "subquery in from": lambda: _from_subquery(False),
    "workspace made up in a subquery": _made_up_workspace,
    "workspace from a subquery": lambda: select(Member).where(
        Member.workspace_id == select(Workspace.workspace_id).scalar_subquery()
    ),
    "union": lambda: union_all(select(Member.id).where(OURS), select(Team.id)),
    "entity over a subquery": lambda: select(aliased(Member, select(Member).subquery())),
    "workspace that only the statement around binds": lambda: select(Workspace).where(
        Workspace.workspace_id == "T1",
        exists(select(Workspace).where(exists().where(Member.workspace_id == Workspace.workspace_id))),
    ),
    "by way of every workspace": lambda: select(Member).join(
        Workspace, Workspace.workspace_id == Member.workspace_id
    ),
    "update": lambda: update(Member).values(name="Ada"),
    "update from": lambda: update(Member).where(OURS, Team.id == Member.team_id).values(name=Team.name),
    "update from a subquery": lambda: (
        update(Member).where(OURS).values(name=select(func.max(Team.name)).scalar_subquery())
    ),
    "update of the workspace": lambda: update(Member).where(OURS).values(workspace_id="T2"),
    "delete": lambda: delete(Member).where(Member.name == "Ada"),
    "delete by a subquery": lambda: delete(Member).where(OURS, Member.team_id.in_(select(Team.id))),
    "change in a cte": lambda: select(literal(1)).add_cte(delete(Team).returning(Team.id).cte()),
    "insert": lambda: insert(Team).values(id=uuid4(), name="Chat"),
    "insert of many": lambda: insert(Team).values([{"id": uuid4(), "name": "Chat"}]),
    "insert from select": lambda: insert(Team).from_select(
        ["workspace_id", "id", "name"], select(Member.workspace_id, Member.id, Member.name)
    ),
    "insert of another column": lambda: insert(Team).from_select(
        ["workspace_id", "id", "name"], select(Member.email, Member.id, Member.name).where(OURS)
    ),
    "text": lambda: text("SELECT name FROM member"),
    "text with quotes": lambda: text('DELETE FROM "grant"'),
    "text for an entity": lambda: select(Member).from_statement(text("SELECT * FROM Member")),
    "text with columns": lambda: select(text("SELECT name FROM member").columns(column("name")).subquery()),
    "text as a table": lambda: select(literal_column("name")).select_from(text("member")),
    "text as a column": lambda: select(literal_column("(SELECT max(name) FROM member)")),
    "text as ddl": lambda: DDL("DELETE FROM member"),  # type: ignore[no-untyped-call]
}


@pytest.fixture
def session(sqlite_url: str) -> Iterator[WorkspaceSession]:
    """A write session of workspace T1 on SQLite."""
    sessions = Sessions(open_engine(sqlite_url))
    with sessions.write("T1") as session:
        yield session
    sessions.close()


@pytest.mark.parametrize("name", IN_PLAIN_SIGHT)
def test_what_filters_in_plain_sight_passes(session: WorkspaceSession, name: str) -> None:
    session.execute(IN_PLAIN_SIGHT[name]())


@pytest.mark.parametrize("name", OUT_OF_SIGHT)
def test_what_does_not_filter_in_plain_sight_is_refused(session: WorkspaceSession, name: str) -> None:
    with refused("not bound|do not say|and not workspace_id|would move|take their workspace"):
        session.execute(OUT_OF_SIGHT[name]())


@pytest.mark.parametrize("bound", [True, False])
def test_a_lateral_subquery_is_followed_on_postgresql(postgresql_url: str, bound: bool) -> None:
    engine = open_engine(postgresql_url)
    with engine.connect() as connection:
        if bound:
            connection.execute(_lateral(True))
        else:
            with refused("team is not bound to a workspace"):
                connection.execute(_lateral(False))
    engine.dispose()
