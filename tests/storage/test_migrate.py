"""Migrations: a database gets to the newest tables once, whoever asks, and says what is missing."""

import multiprocessing
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import CheckConstraint, Engine, inspect, select, text

from storage.db import Sessions, open_engine
from storage.migrate import _alone, check, current, head, upgrade
from storage.tables import Base, Shift
from tests.databases import Cluster
from tests.guard import lifted
from tests.storage.rows import a_member, a_shift


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    cluster: Cluster = request.getfixturevalue("cluster")
    cluster.administer("DROP DATABASE IF EXISTS empty WITH (FORCE)")
    cluster.administer("CREATE DATABASE empty")
    return cluster.url("empty")


def _upgrade_at_once(url: str, start: "multiprocessing.synchronize.Barrier") -> None:
    engine = open_engine(url)
    start.wait()
    upgrade(engine)
    engine.dispose()


def _columns(engine: Engine) -> dict[str, list[str]]:
    inspector = inspect(engine)
    return {
        table: [column["name"] for column in inspector.get_columns(table)]
        for table in inspector.get_table_names()
        if table != "alembic_version" and not table.startswith("kb_index")  # FTS5's own
    }


def test_an_empty_database_gets_every_table(empty_url: str) -> None:
    engine = open_engine(empty_url)
    assert current(engine) is None
    upgrade(engine)
    assert current(engine) == head()
    assert _columns(engine) == {
        name: [column.name for column in table.columns] for name, table in Base.metadata.tables.items()
    }
    engine.dispose()


def test_a_migrated_database_lacks_nothing(sessions: Sessions) -> None:
    assert check(sessions.engine) == []


def test_every_check_of_the_tables_is_in_the_database(sessions: Sessions) -> None:
    wanted = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    found = inspect(sessions.engine).get_multi_check_constraints()
    assert wanted
    assert {constraint["name"] for constraints in found.values() for constraint in constraints} == wanted


def test_an_empty_database_is_told_which_revisions_are_missing(empty_url: str) -> None:
    engine = open_engine(empty_url)
    assert check(engine)[0] == "Revision 0001 has not been applied yet."
    engine.dispose()


def test_upgrading_twice_changes_nothing(sessions: Sessions) -> None:
    before = _columns(sessions.engine)
    upgrade(sessions.engine)
    assert _columns(sessions.engine) == before


def test_what_somebody_changed_by_hand_is_named(sessions: Sessions) -> None:
    with lifted(), sessions.engine.begin() as connection:
        connection.execute(text("DROP TABLE seen_event"))
        connection.execute(text("ALTER TABLE team ADD COLUMN motto TEXT"))
        connection.execute(text("DROP INDEX ix_audit_workspace_id_at"))
    sentences = check(sessions.engine)
    assert "Table seen_event is missing." in sentences
    assert "Column team.motto is not one that this version knows." in sentences
    assert "Index ix_audit_workspace_id_at on audit is missing." in sentences


def test_a_column_of_another_type_is_named(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    with lifted(), engine.begin() as connection:
        connection.execute(text("ALTER TABLE counter ALTER value TYPE text, ALTER value DROP NOT NULL"))
    assert sorted(check(engine)) == [
        "Column counter.value: nullable is True and should be False.",
        "Column counter.value: type is TEXT() and should be Integer().",
    ]
    engine.dispose()


def test_a_database_of_a_newer_version_is_left_alone(sessions: Sessions) -> None:
    with sessions.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert check(sessions.engine) == [
        "The database is at revision 9999, which this version does not know: it is newer."
    ]


def test_processes_that_upgrade_at_once_all_succeed(empty_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(4)
    processes = [context.Process(target=_upgrade_at_once, args=(empty_url, start)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    engine = open_engine(empty_url)
    assert check(engine) == []
    engine.dispose()


def test_an_upgrade_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with lifted(), engine.begin() as connection:
        connection.execute(text("CREATE TABLE assignment (in_the_way INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        upgrade(engine)
    assert _columns(engine) == {"assignment": ["in_the_way"]}
    engine.dispose()


def test_foreign_keys_hold_again_after_an_upgrade(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_altering_a_table_on_sqlite_keeps_the_rows_that_refer_to_it(sqlite_url: str) -> None:
    sessions = Sessions(open_engine(sqlite_url))
    with sessions.write("T1") as session:
        member = a_member("T1")
        session.add(member)
        session.flush()
        session.add(a_shift("T1", member.id))
    with lifted(), _alone(sessions.engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("member", recreate="always") as batch:
            batch.alter_column("name", nullable=True)
    with sessions.read("T1") as session:
        assert session.scalars(select(Shift.member_id).where(Shift.workspace_id == "T1")).all() == [member.id]
    sessions.close()


def test_a_migration_that_would_leave_dangling_references_is_taken_back(sqlite_url: str) -> None:
    sessions = Sessions(open_engine(sqlite_url))
    with lifted(), sessions.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        connection.execute(text("INSERT INTO team (workspace_id, id, name) VALUES ('T9', 'x', 'Mail')"))
        connection.commit()
    with pytest.raises(RuntimeError, match="refer to nothing, in: team"):
        upgrade(sessions.engine)
    sessions.close()
