"""Processes are killed in the midst of runs; afterwards each period has run to its end, once."""

import multiprocessing
import random
import time
from collections import Counter
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from jobs.runs import Job
from jobs.scheduler import Clockwork
from storage import tables
from storage.db import Sessions, open_engine
from tests.jobs.clocks import at, deps_on, meet, stored_runs
from tests.jobs.mortal import STEP, ledger, live
from tests.workplace import until

KILLS = 25
PERIODS = 6  # fall due before each kill
WORKSPACES = [f"T{number}" for number in range(4)]
BEGIN = at("2026-10-25T00:00")


class Mortals:
    """Starts processes that run a job on one database, by one clock, and kills them."""

    def __init__(self, url: str, journal: Path, job: Job | None = None, begin: datetime = BEGIN) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.jobs.mortal"])
        self._url, self._journal = url, journal
        self._seconds: Any = self._context.Value("d", begin.timestamp(), lock=False)
        self._job = job or ledger()

    def move(self, seconds: float) -> None:
        """Move the clock that they go by."""
        self._seconds.value += seconds

    def start(self) -> BaseProcess:
        """A process that begins to run what is due."""
        here, there = self._context.Pipe(duplex=False)
        told = (self._url, self._seconds, str(self._journal), there, self._job)
        process = self._context.Process(target=live, args=told)
        process.start()
        there.close()
        assert here.recv_bytes() == b"alive"
        here.close()
        return process

    def work(self, runs: int) -> None:
        """Wait until so many more runs have ended; their leases need the clock to go on."""
        enough = self._ended() + runs
        while self._ended() < enough:
            self.move(0.05)
            time.sleep(0.002)

    def _ended(self) -> int:
        return self._journal.read_bytes().count(b"\n")

    def kill(self, process: BaseProcess) -> None:
        """SIGKILL."""
        process.kill()
        process.join()
        process.close()


def done(sessions: Sessions, workspace_id: str) -> list[str]:
    """The periods that have run to their end, in order."""
    runs = stored_runs(sessions, workspace_id, ledger().name)
    return [run.period for run in runs if run.outcome == "done"]


def booked(sessions: Sessions, workspace_id: str) -> list[str]:
    """The periods that are in the ledger, in order."""
    with sessions.read(workspace_id) as session:
        query = select(tables.Counter.kind).where(tables.Counter.workspace_id == workspace_id)
        return sorted(session.scalars(query))


@pytest.mark.parametrize(("database", "replicas"), [("sqlite", 1), ("postgresql", 1), ("postgresql", 2)])
def test_killed_at_random_each_period_is_completed_once(
    request: pytest.FixtureRequest, tmp_path: Path, database: str, replicas: int
) -> None:
    url: str = request.getfixturevalue(f"{database}_url")
    sessions = Sessions(open_engine(url))
    meet(sessions, *WORKSPACES)
    Clockwork(deps_on(sessions, lambda: BEGIN), [ledger()]).meet()
    journal = tmp_path / "journal"
    journal.touch()
    mortals, chance = Mortals(url, journal), random.Random(25)
    alive: list[BaseProcess] = []
    for _ in range(KILLS):
        mortals.move(PERIODS * STEP.total_seconds())
        while len(alive) < replicas:
            alive.append(mortals.start())
        mortals.work(chance.randint(1, 12))
        mortals.kill(alive.pop(0))

    alive.append(mortals.start())

    def settled() -> bool:
        mortals.move(1)
        return all(len(done(sessions, workspace_id)) >= KILLS * PERIODS for workspace_id in WORKSPACES)

    until(settled)
    for process in alive:
        mortals.kill(process)

    for workspace_id in WORKSPACES:
        periods = done(sessions, workspace_id)
        expected = (BEGIN + STEP * number for number in range(1, len(periods) + 1))
        assert periods == [instant.isoformat().replace("+00:00", "Z") for instant in expected]
        assert set(periods) <= set(booked(sessions, workspace_id))
    ended = Counter(line for line in journal.read_text().splitlines() if line.endswith(" done"))
    assert [line for line, count in ended.items() if count > 1] == []
    assert len(ended) >= KILLS * PERIODS
    interrupted = sum(run.fence > 1 for each in WORKSPACES for run in stored_runs(sessions, each, ledger().name))
    assert interrupted >= 5
    sessions.close()
