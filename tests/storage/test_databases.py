"""The databases that tests are given: fresh, apart from each other, and never skipped in CI."""

import pytest
from sqlalchemy import select

from storage.db import Sessions, open_engine
from storage.tables import Team, Workspace
from tests.databases import unavailable
from tests.storage.rows import a_team


@pytest.mark.parametrize("attempt", [1, 2])
def test_every_test_starts_with_an_empty_database(sessions: Sessions, attempt: int) -> None:
    with sessions.engine.connect() as connection:
        assert connection.scalars(select(Workspace.workspace_id)).all() == []
    with sessions.write(f"T{attempt}") as session:
        session.add(a_team(f"T{attempt}"))


def test_one_test_can_have_a_database_of_each_kind(sqlite_url: str, postgresql_url: str) -> None:
    on_sqlite, on_postgresql = Sessions(open_engine(sqlite_url)), Sessions(open_engine(postgresql_url))
    with on_sqlite.write("T1") as session:
        session.add(a_team("T1"))
    with on_postgresql.read("T1") as session:
        assert session.scalars(select(Team).where(Team.workspace_id == "T1")).all() == []
    on_sqlite.close()
    on_postgresql.close()


def test_what_is_not_installed_skips_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no database"):
        unavailable("no database")


def test_what_is_not_installed_fails_a_test_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="no database"):
        unavailable("no database")
