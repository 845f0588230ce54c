"""The guard of the tests: the ways around a filter that a session would add by itself, and what it says."""

from contextlib import suppress
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.db import Sessions, open_engine
from storage.tables import Base, Grant, Member, Team, Workspace
from tests.guard import (
    READ_ACROSS_WORKSPACES,
    LeakyStatement,
    guarded_tables,
    lifted,
    pytest_runtest_call,
    refused,
)
from tests.storage.rows import a_member, a_team

members = Base.metadata.tables["member"]


def _stored(sessions: Sessions, workspace_id: str, name: str = "Ada") -> Member:
    with sessions.write(workspace_id) as session:
        member = a_member(workspace_id, name)
        session.add(member)
    return member


def test_every_table_with_a_workspace_is_guarded_but_the_few_that_are_read_across() -> None:
    assert {"member", "note", "shift", "audit"} <= guarded_tables()
    assert not guarded_tables() & READ_ACROSS_WORKSPACES
    assert all("workspace_id" in Base.metadata.tables[name].columns for name in guarded_tables())


def test_a_refusal_names_the_table_and_shows_the_statement(sessions: Sessions) -> None:
    with (
        sessions.write("T1") as session,
        refused(r'grant is not bound to a workspace\.\nSELECT "?grant"?\.role \nFROM "?grant"?'),
    ):
        session.execute(select(Grant.role))


def test_a_refusal_that_the_program_swallows_fails_the_test_all_the_same(sessions: Sessions) -> None:
    call = pytest_runtest_call()
    next(call)
    with sessions.write("T1") as session, suppress(LeakyStatement):
        session.execute(select(Member))
    with refused("member is not bound"):
        call.send(None)


def test_rows_that_the_session_keeps_track_of_are_written_and_read_again(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        ada, bob = a_member("T1"), a_member("T1", "Bob")
        session.add_all([ada, bob])
        session.flush()
        ada.name, bob.name = "Ada L.", "Bob M."
        session.flush()
        session.delete(bob)
        session.flush()
        session.refresh(ada)
    with sessions.read("T1") as session:
        found = session.get(Member, ("T1", ada.id))
        assert found is not None
        assert found.name == "Ada L."
        assert session.get(Member, ("T1", bob.id)) is None


def test_text_and_core_tables_are_no_way_around(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        with refused("Text names member"):
            session.execute(text("SELECT name FROM member"))
        with refused("member is not bound"):
            session.execute(select(members.c.name))
        with refused("member is not bound"):
            session.connection().execute(members.update().values(name="Eve"))


def test_sql_for_the_driver_is_read_too(sessions: Sessions) -> None:
    with sessions.engine.connect() as connection:
        with refused("Text names member"):
            connection.exec_driver_sql("SELECT name FROM member")
        assert connection.exec_driver_sql("SELECT name FROM member WHERE workspace_id = 'T1'").all() == []


def test_an_insert_says_whose_rows_they_are(sessions: Sessions) -> None:
    row = {"id": uuid4(), "name": "Chat"}
    with sessions.write("T1") as session:
        with refused("Rows for team do not say"):
            session.execute(insert(Team), [row, row | {"workspace_id": "T1"}])
        with refused("names 'T2'"):
            session.execute(insert(Team), [row | {"workspace_id": "T1"}, row | {"workspace_id": "T2"}])
        session.execute(insert(Team), [row | {"workspace_id": "T1"}])


def test_an_upsert_keeps_its_rows_in_the_workspace(sessions: Sessions) -> None:
    dialect = sqlite if sessions.engine.dialect.name == "sqlite" else postgresql
    own = dialect.insert(Team).values(workspace_id="T1", id=uuid4(), name="Chat")
    key = ["workspace_id", "name"]
    with sessions.write("T1") as session:
        session.execute(own.on_conflict_do_update(index_elements=key, set_={"channel": own.excluded.channel}))
        with refused("would move to another workspace"):
            session.execute(own.on_conflict_do_update(index_elements=key, set_={"workspace_id": "T2"}))
        with refused("member is not bound"):
            elsewhere = select(Member.name).limit(1).scalar_subquery()
            session.execute(own.on_conflict_do_update(index_elements=key, set_={"channel": elsewhere}))


def test_a_session_of_one_workspace_reads_nothing_of_another(sessions: Sessions) -> None:
    theirs = _stored(sessions, "T2")
    with sessions.read("T1") as session:
        with refused("in a session of T1 names 'T2'"):
            session.get(Member, ("T2", theirs.id))
        with refused("in a session of T1 names 'T2'"):
            session.execute(select(Member).where(Member.workspace_id == "T2"))
        with refused("in a session of T1 names 'T2'"):
            session.execute(
                text("SELECT * FROM member WHERE workspace_id = :workspace_id"), {"workspace_id": "T2"}
            )
        with refused("in a session of T1 names 'T2'"):
            session.execute(
                text("SELECT * FROM member WHERE workspace_id = :workspace_id").bindparams(workspace_id="T2")
            )


def test_a_statement_that_was_in_order_is_refused_once_it_names_another_workspace(sessions: Sessions) -> None:
    built_once = select(Member).where(Member.workspace_id == bindparam("own"))
    with sessions.write("T1") as session:
        for _ in range(2):
            session.execute(select(Member).where(Member.workspace_id == "T1", Member.name == "Ada"))
            session.execute(built_once, {"own": "T1"})
            with refused("names 'T2'"):
                session.execute(select(Member).where(Member.workspace_id == "T2", Member.name == "Ada"))
            with refused("names 'T2'"):
                session.execute(built_once, {"own": "T2"})


def test_a_session_of_one_workspace_changes_nothing_of_another(sessions: Sessions) -> None:
    theirs = _stored(sessions, "T2")
    with sessions.write("T1") as session:
        with refused("in a session of T1 names 'T2'"):
            session.execute(update(Member).where(Member.workspace_id == "T2").values(name="Eve"))
        with refused("in a session of T1 names 'T2'"):
            session.execute(delete(Member).where(Member.workspace_id == bindparam("whose")), {"whose": "T2"})
        with refused("in a session of T1 names 'T2'"):
            session.execute(update(Member), [{"workspace_id": "T2", "id": theirs.id, "name": "Eve"}])


def test_an_object_of_another_workspace_cannot_be_flushed(sessions: Sessions) -> None:
    with refused("in a session of T1 names 'T2'"), sessions.write("T1") as session:
        session.add(a_team("T2"))


def test_a_loaded_object_of_another_workspace_can_neither_be_changed_nor_refreshed(sessions: Sessions) -> None:
    theirs = _stored(sessions, "T2")
    with refused("in a session of T1 names 'T2'"), sessions.write("T1") as session:
        session.add(theirs)
        session.refresh(theirs)
    with refused("in a session of T1 names 'T2'"), sessions.write("T1") as session:
        session.merge(theirs, load=False).name = "Eve"


def test_an_object_cannot_be_moved_to_another_workspace(sessions: Sessions) -> None:
    ours = _stored(sessions, "T1")
    with refused("would move to another workspace"), sessions.write("T1") as session:
        session.add(ours)
        ours.workspace_id = "T2"


def test_a_session_that_belongs_to_no_workspace_has_to_name_one(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        with refused("member is not bound"):
            session.execute(select(Member))
        assert session.scalars(select(Member).where(Member.workspace_id == "T1")).all() == []
        assert session.scalars(select(Workspace)).all() == []
    engine.dispose()


def test_what_migrates_may_cross_workspaces(sessions: Sessions) -> None:
    _stored(sessions, "T1")
    _stored(sessions, "T2")
    with lifted(), sessions.engine.connect() as connection:
        assert len(connection.execute(select(members)).all()) == 2
    with sessions.engine.connect() as connection, refused("member is not bound"):
        connection.execute(select(members))


@pytest.mark.parametrize("statement", ["PRAGMA table_info(member)", "PRAGMA foreign_key_list(member)"])
def test_a_pragma_reads_no_rows_and_passes(sqlite_url: str, statement: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(statement).all()
    engine.dispose()
