"""Write sessions are alone in their workspace, read sessions see one moment and hold up nobody."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.db import Sessions, WorkspaceSession, database_url, open_engine
from storage.tables import Counter, Team, Workspace
from tests.storage.rows import a_team


def _increase(sessions: Sessions, workspace_id: str = "T1") -> None:
    with sessions.write(workspace_id) as session:
        counter = session.get(Counter, (workspace_id, "swap"))
        if counter is None:
            session.add(Counter(workspace_id=workspace_id, kind="swap", value=1))
        else:
            counter.value = counter.value + 1


def _value(session: WorkspaceSession) -> int | None:
    return session.scalar(
        select(Counter.value).where(Counter.workspace_id == session.workspace_id, Counter.kind == "swap")
    )


def _stored_value(sessions: Sessions, workspace_id: str = "T1") -> int | None:
    with sessions.read(workspace_id) as session:
        return _value(session)


def _at_once(work: Iterable[Callable[[], object]]) -> None:
    jobs = list(work)
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        start.wait()
        job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(run, job) for job in jobs]:
            done.result()


def test_no_update_of_eight_busy_threads_is_lost(sessions: Sessions) -> None:
    def fifty_times() -> None:
        for _ in range(50):
            _increase(sessions)

    _at_once([fifty_times] * 8)
    assert _stored_value(sessions) == 400


def test_two_threads_can_meet_a_new_workspace_at_once(sessions: Sessions) -> None:
    for number in range(20):
        _at_once([partial(_increase, sessions, f"T{number}")] * 2)
    assert [_stored_value(sessions, f"T{number}") for number in range(20)] == [2] * 20
    with sessions.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Workspace)) == 20


def test_writers_of_two_workspaces_do_not_wait_for_each_other_on_postgresql(postgresql_url: str) -> None:
    sessions = Sessions(open_engine(postgresql_url))
    with ThreadPoolExecutor(1) as pool, sessions.write("T1") as session:
        session.add(a_team("T1"))
        session.flush()
        pool.submit(_increase, sessions, "T2").result()
        assert _stored_value(sessions, "T2") == 1
    sessions.close()


def test_a_writer_waits_for_the_one_before_in_the_same_workspace(sessions: Sessions) -> None:
    _increase(sessions)
    with ThreadPoolExecutor(1) as pool:
        with sessions.write("T1") as session:
            second = pool.submit(_increase, sessions)
            threading.Event().wait(0.05)
            assert not second.done()
            assert _value(session) == 1
        second.result()
    assert _stored_value(sessions) == 2


def test_a_reader_neither_waits_for_a_writer_nor_sees_what_is_not_committed(sessions: Sessions) -> None:
    _increase(sessions)
    with sessions.write("T1") as session:
        counter = session.get_one(Counter, ("T1", "swap"))
        counter.value = 99
        session.flush()
        assert _stored_value(sessions) == 1
    assert _stored_value(sessions) == 99


def test_a_writer_does_not_wait_for_a_reader(sessions: Sessions) -> None:
    _increase(sessions)
    with sessions.read("T1") as session:
        assert _value(session) == 1
        _increase(sessions)
    assert _stored_value(sessions) == 2


def test_a_read_session_sees_one_moment(sessions: Sessions) -> None:
    _increase(sessions)
    with sessions.read("T1") as session:
        assert _value(session) == 1
        _increase(sessions)
        assert _value(session) == 1
        session.expire_all()
        assert session.get_one(Counter, ("T1", "swap")).value == 1
    assert _stored_value(sessions) == 2


def test_a_read_session_cannot_write(sessions: Sessions) -> None:
    _increase(sessions)
    with sessions.read("T1") as session:
        session.add(a_team("T1"))
        with pytest.raises(DBAPIError, match=r"read-only|readonly"):
            session.flush()
    _increase(sessions)
    assert _stored_value(sessions) == 2


def test_an_exception_takes_everything_back(sessions: Sessions) -> None:
    with suppress(KeyError), sessions.write("T1") as session:
        session.add(a_team("T1"))
        session.flush()
        raise KeyError
    with sessions.read("T1") as session:
        assert session.scalars(select(Team).where(Team.workspace_id == "T1")).all() == []
        assert session.get(Workspace, "T1") is None


def test_a_refusal_of_the_database_at_the_commit_takes_everything_back(sessions: Sessions) -> None:
    with pytest.raises(IntegrityError), sessions.write("T1") as session:
        session.add_all([a_team("T1", "Mail"), a_team("T1", "Mail")])
    with sessions.read("T1") as session:
        assert session.scalars(select(Team).where(Team.workspace_id == "T1")).all() == []
    _increase(sessions)
    assert _stored_value(sessions) == 1


def test_a_write_session_inside_another_one_is_refused_and_does_not_wait(sessions: Sessions) -> None:
    with sessions.write("T1"), pytest.raises(RuntimeError, match="inside another one"), sessions.write("T2"):
        pass
    _increase(sessions)
    assert _stored_value(sessions) == 1


def test_what_was_loaded_can_be_read_after_the_session(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        team = a_team("T1", "Chat")
        session.add(team)
    assert team.name == "Chat"


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("postgresql://desk@db/floorwalker", "postgresql+psycopg"),
        ("postgres://desk@db/floorwalker", "postgresql+psycopg"),
        ("postgresql+psycopg://desk@db/floorwalker", "postgresql+psycopg"),
        ("sqlite:///floorwalker.sqlite3", "sqlite"),
    ],
)
def test_a_plain_address_gets_our_driver(written: str, driver: str) -> None:
    assert database_url(written).drivername == driver
