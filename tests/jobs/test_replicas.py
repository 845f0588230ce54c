"""Several replicas tick at once; each period runs once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest

from bot.domain.periods import Daily, Every
from jobs.scheduler import Clockwork
from storage.db import Sessions, open_engine
from tests.jobs.clocks import HandClock, Notes, meet, meet_many, outcomes
from tests.jobs.conftest import Winding


@pytest.fixture
def replicas(database_url: str) -> Iterator[list[Sessions]]:
    """Two replicas with connections of their own; an SQLite file belongs to one process, hence two threads."""
    first = Sessions(open_engine(database_url))
    second = first if first.engine.dialect.name == "sqlite" else Sessions(open_engine(database_url))
    yield [first, second]
    first.close()
    second.close()


def tick_at_once(clockworks: list[Clockwork]) -> None:
    """Lets all of them run what is due, beginning at the same moment."""
    start = threading.Barrier(len(clockworks))

    def run(clockwork: Clockwork) -> None:
        start.wait()
        clockwork.run_due()

    with ThreadPoolExecutor(len(clockworks)) as pool:
        for done in [pool.submit(run, clockwork) for clockwork in clockworks]:
            done.result()


def test_replicas_that_tick_at_once_run_each_period_once(
    replicas: list[Sessions], clock: HandClock, notes: Notes, wind: Winding
) -> None:
    names = [f"T{number}" for number in range(6)]
    meet(replicas[0], *names, time_zone="Europe/Berlin")
    jobs = [
        notes.job(Every(timedelta(minutes=20)), "floor.often"),
        notes.job(Daily(time(2, 30)), "floor.digest"),
    ]
    clockworks = [wind(*jobs, on=sessions) for sessions in replicas]
    clock.set("2026-10-24T12:00")
    tick_at_once(clockworks)
    for _ in range(60):
        clock.move(minutes=20)
        tick_at_once(clockworks)
    assert notes.twice() == []
    assert len(notes.runs) == len(names) * (60 + 1)
    for name in names:
        assert outcomes(replicas[0], name) == {"2026-10-25": "done"}
        often = outcomes(replicas[0], name, "floor.often")
        assert (len(often), set(often.values())) == (60, {"done"})


def test_hundreds_of_workspaces_that_fall_due_in_one_minute_run_once_each(
    replicas: list[Sessions], clock: HandClock, notes: Notes, wind: Winding
) -> None:
    names = [f"T{number:03}" for number in range(300)]
    meet_many(replicas[0], names)
    clockworks = [wind(notes.job(Daily(time(3))), on=sessions) for sessions in replicas]
    clockworks[0].meet()
    clock.set("2026-10-22T03:00")
    tick_at_once(clockworks)
    assert notes.twice() == []
    assert {workspace for workspace, _ in notes.runs} == {"T0", *names}
    assert {period for _, period in notes.runs} == {"2026-10-22"}
