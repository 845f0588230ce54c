"""Brings an empty SQLite and an empty PostgreSQL database up by the command line, and checks them."""

import os
import subprocess
import tempfile
from pathlib import Path

from tests.databases import running_cluster


def main() -> None:
    """Fails where ``floorwalker db upgrade`` or ``floorwalker db check`` does."""
    with tempfile.TemporaryDirectory() as directory, running_cluster() as cluster:
        cluster.administer("CREATE DATABASE {}", "fresh")
        for url in (f"sqlite:///{Path(directory) / 'fresh.sqlite3'}", cluster.url("fresh")):
            for verb in ("upgrade", "check"):
                environment = {**os.environ, "FLOORWALKER_DATABASE_URL": url}
                subprocess.run(["floorwalker", "db", verb], env=environment, check=True, cwd=directory)


if __name__ == "__main__":
    main()
