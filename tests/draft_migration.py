"""Drafts the next migration: ``uv run python -m tests.draft_migration "title"``.

It compares ``storage/tables/`` with PostgreSQL, whose types are the richer ones; read the draft and tidy it.
"""

import sys

from storage.db import open_engine
from storage.migrate import draft, upgrade
from tests.databases import running_cluster


def main(title: str) -> None:
    """Writes the revision file."""
    with running_cluster() as cluster:
        cluster.administer("CREATE DATABASE {}", "draft")
        engine = open_engine(cluster.url("draft"))
        upgrade(engine)
        draft(engine, title)
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
