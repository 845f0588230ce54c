"""What Slack was told of stays stored, also when the power is cut."""

from sqlalchemy import text

from storage.db import open_engine

_FULL = 2


def test_a_commit_on_sqlite_is_on_the_disk_before_anybody_hears_of_it(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA synchronous")) == _FULL
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    engine.dispose()
