"""PostgreSQL may end a connection at any time; the next session does not notice."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from storage.db import Sessions, open_engine
from storage.tables import Team
from tests.databases import Cluster
from tests.storage.rows import a_team


@pytest.fixture
def sessions(postgresql_url: str) -> Iterator[Sessions]:
    """Sessions on PostgreSQL that have used two connections at once before."""
    sessions = Sessions(open_engine(postgresql_url))
    with sessions.write("T1"), sessions.read("T1") as session:
        session.connection()
    yield sessions
    sessions.close()


def _end_all_connections(postgresql_url: str) -> int:
    with psycopg.connect(postgresql_url) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return ended.rowcount


def _add_team(sessions: Sessions, name: str) -> None:
    with sessions.write("T1") as session:
        session.add(a_team("T1", name))


def _teams(sessions: Sessions) -> list[str]:
    with sessions.read("T1") as session:
        return sorted(session.scalars(select(Team.name).where(Team.workspace_id == "T1")))


def test_the_session_after_a_killed_connection_works(sessions: Sessions, postgresql_url: str) -> None:
    assert _end_all_connections(postgresql_url) == 2
    _add_team(sessions, "Mail")
    assert _end_all_connections(postgresql_url) >= 1
    assert _teams(sessions) == ["Mail"]


def test_a_connection_killed_in_the_middle_stores_nothing_and_holds_up_nobody(
    sessions: Sessions, postgresql_url: str
) -> None:
    def lose_the_connection_before_the_commit() -> None:
        with sessions.write("T1") as session:
            session.add(a_team("T1", "Mail"))
            session.flush()
            _end_all_connections(postgresql_url)

    with pytest.raises(OperationalError):
        lose_the_connection_before_the_commit()
    assert _teams(sessions) == []
    _add_team(sessions, "Chat")
    assert _teams(sessions) == ["Chat"]


def test_the_session_after_a_restart_of_the_database_works(sessions: Sessions, cluster: Cluster) -> None:
    _add_team(sessions, "Mail")
    cluster.stop()
    try:
        with pytest.raises(OperationalError):
            _teams(sessions)
    finally:
        cluster.start()
    assert _teams(sessions) == ["Mail"]
    _add_team(sessions, "Chat")
    assert _teams(sessions) == ["Chat", "Mail"]
