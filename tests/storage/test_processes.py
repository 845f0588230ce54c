"""Several processes on one database lose nothing."""

import multiprocessing
from multiprocessing.synchronize import Barrier

from sqlalchemy import func, select

from storage.db import Sessions, open_engine
from storage.tables import Counter, Team
from tests.storage.rows import a_team

PROCESSES, ROUNDS = 3, 40


def _work(url: str, process: int, start: Barrier) -> None:
    sessions = Sessions(open_engine(url))
    start.wait()
    for number in range(ROUNDS):
        with sessions.write("T1") as session:
            counter = session.get(Counter, ("T1", "swap"))
            if counter is None:
                session.add(Counter(workspace_id="T1", kind="swap", value=1))
            else:
                counter.value += 1
            session.add(a_team("T1", f"{process}-{number}"))
    sessions.close()


def test_processes_that_write_at_once_lose_nothing(database_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(PROCESSES)
    processes = [context.Process(target=_work, args=(database_url, number, start)) for number in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    sessions = Sessions(open_engine(database_url))
    with sessions.read("T1") as session:
        assert session.get_one(Counter, ("T1", "swap")).value == PROCESSES * ROUNDS
        teams = session.scalar(select(func.count(Team.id)).where(Team.workspace_id == "T1"))
    assert teams == PROCESSES * ROUNDS
    sessions.close()
