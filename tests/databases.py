"""Databases for tests: every test gets fresh ones, copied from a template that has been migrated once."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from psycopg import sql

from storage.db import Sessions, open_engine
from storage.migrate import upgrade

_UNSAFE_BUT_FAST = "-F -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c shared_buffers=16MB"
_TEMPLATE = "template_floorwalker"


def unavailable(reason: str) -> NoReturn:
    """Skips the test, but fails it in CI: there everything that tests need has to be installed."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL of our own, reachable through a socket in its directory and by nothing else."""

    programs: Path
    directory: Path
    user: str | None  # PostgreSQL refuses to run as root

    def create(self) -> None:
        """Initialises the files of the cluster."""
        if self.user:
            shutil.chown(self.directory, self.user)
        self._run("initdb", "--auth=trust", "--username=floorwalker", "--encoding=UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        options = f"{_UNSAFE_BUT_FAST} -c listen_addresses='' -k '{self.directory}'"
        self._run("pg_ctl", "start", "--wait", f"--log={self.directory / 'log'}", f"--options={options}")

    def stop(self) -> None:
        """Stops the server in good order, whoever is connected."""
        self._run("pg_ctl", "stop", "--wait", "--mode=fast")

    def url(self, database: str) -> str:
        """The address of one of its databases, as a person would write it into the settings."""
        return f"postgresql://floorwalker@/{database}?host={self.directory}"

    def administer(self, statement: str, *names: str) -> None:
        """Executes a statement that cannot run in a transaction; ``{}`` stands for each name."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), "-D", str(self.directory / "data"), *arguments]
        # Not to a pipe: the server inherits it and would keep it open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                command, user=self.user, cwd=self.directory, stdout=output, stderr=subprocess.STDOUT, check=False
            )
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} failed:\n{output.read().decode()}")


def _find_programs() -> Path:
    """The directory of initdb and pg_ctl: on the PATH, where Debian puts them, or where pg_config says."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    if shutil.which("pg_config"):
        said = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        if (Path(said.stdout.strip()) / "pg_ctl").exists():
            return Path(said.stdout.strip())
    unavailable("PostgreSQL is not installed: no pg_ctl on the PATH nor below /usr/lib/postgresql")


def _ordinary_user() -> str | None:
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A PostgreSQL with nothing in it, started now and gone afterwards."""
    programs = _find_programs()
    # Below /tmp and not pytest's directory, because a socket's path may have no more than 107 characters.
    with tempfile.TemporaryDirectory(prefix="floorwalker-") as directory:
        cluster = Cluster(programs, Path(directory), _ordinary_user())
        cluster.create()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL with a migrated template database; each worker has its own."""
    with running_cluster() as cluster:
        cluster.administer("CREATE DATABASE {}", _TEMPLATE)
        _migrate(cluster.url(_TEMPLATE))
        yield cluster


@pytest.fixture(scope="session")
def _numbers() -> Iterator[int]:
    return count()


@pytest.fixture
def postgresql_url(cluster: Cluster, _numbers: Iterator[int]) -> Iterator[str]:
    """A migrated, empty PostgreSQL database."""
    name = f"test_{next(_numbers)}"
    cluster.administer("CREATE DATABASE {} TEMPLATE {}", name, _TEMPLATE)
    yield cluster.url(name)
    cluster.administer("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database."""
    return f"sqlite:///{shutil.copyfile(_sqlite_template, tmp_path / 'floorwalker.sqlite3')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database: the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def sessions(database_url: str) -> Iterator[Sessions]:
    """Sessions on a migrated, empty database, once on SQLite and once on PostgreSQL."""
    sessions = Sessions(open_engine(database_url))
    yield sessions
    sessions.close()
