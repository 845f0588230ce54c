"""The clock warns of cases: each warning once, whatever happens to the processes, and many cost what few do."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, select

from bot.actions.nudges_turn import turn
from bot.app import JOBS
from bot.domain.cases import Kind
from bot.domain.nudges import BETWEEN
from jobs.nudges import TURN
from jobs.scheduler import Clockwork
from storage.tables import CaseClock, Message, Nudge
from tests.jobs.test_killing import Mortals
from tests.nudge_desk import MONDAY, NudgeDesk
from tests.races import at_once
from tests.workplace import until

CASES, KILLS = 24, 10


@pytest.fixture
def floor(database_url: str, tmp_path: Path) -> Iterator[NudgeDesk]:
    floor = NudgeDesk(database_url, tmp_path)
    yield floor
    floor.deps.sessions.close()


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent to the database; many rows at once are one."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def open_many(floor: NudgeDesk, number: int) -> list[UUID]:
    return [floor.opens(f"Case {each}", owner=("ana", "ben", None)[each % 3]) for each in range(number)]


def test_the_job_asks_the_database_as_often_for_many_cases_as_for_few(floor: NudgeDesk) -> None:
    floor.prefers(sla="normal: first reply 1h")
    asked = []
    for cases in (3, 6, 90):  # the first of them makes the lanes of who is told
        opened = open_many(floor, cases)
        floor.now += timedelta(minutes=50)
        with counted() as sent:
            turn(floor.deps, "T1")
        asked.append(len(sent))
        for case_id in opened:
            floor.happens(case_id, Kind.MESSAGE)
    assert asked[1] == asked[2], asked
    assert Counter(row.data["percent"] for row in floor.nudges() if row.told_at) == {75: 99}


def test_a_tick_at_which_nothing_is_due_asks_a_few_things_and_writes_nothing(floor: NudgeDesk) -> None:
    open_many(floor, 30)
    with counted() as sent:
        turn(floor.deps, "T1")
    assert len([each for each in sent if each.lstrip().upper().startswith("SELECT")]) <= 3
    assert not [each for each in sent if each.lstrip().upper().startswith(("INSERT", "UPDATE"))]
    assert TURN in JOBS


def test_two_processes_that_turn_at_once_tell_everything_once(floor: NudgeDesk) -> None:
    open_many(floor, 30)
    floor.at(13, 10)
    assert at_once(*[lambda: turn(floor.deps, "T1")] * 3) == [None] * 3
    demand_once(floor)
    assert Counter(message.lane for message, _ in floor.messages()) == {"U0ANA": 1, "U0LEA": 1, "U0MAX": 1}


@pytest.mark.parametrize(("database", "replicas"), [("sqlite", 1), ("postgresql", 2)])
def test_killed_at_random_each_warning_is_told_once_and_none_is_lost(
    request: pytest.FixtureRequest, tmp_path: Path, database: str, replicas: int
) -> None:
    url: str = request.getfixturevalue(f"{database}_url")
    floor = NudgeDesk(url, tmp_path)
    open_many(floor, CASES)
    Clockwork(floor.deps, [TURN]).meet()
    journal = tmp_path / "journal"
    journal.touch()
    mortals, chance = Mortals(url, journal, TURN, MONDAY), random.Random(7)
    alive: list[BaseProcess] = []
    for _ in range(KILLS):
        mortals.move(30 * 60)
        while len(alive) < replicas:
            alive.append(mortals.start())
        if chance.random() < 0.7:
            mortals.work(1)
        mortals.kill(alive.pop(0))
    alive.append(mortals.start())

    def settled() -> bool:
        mortals.move(5)
        with floor.deps.sessions.read("T1") as session:
            late = session.scalars(select(CaseClock).where(CaseClock.workspace_id == "T1"))
            dealt = all(each.told_percent == 100 for each in late if each.metric == "first reply")
            waiting = session.scalar(
                select(Nudge.id).where(
                    Nudge.workspace_id == "T1", Nudge.told_at.is_(None), Nudge.ended_at.is_(None)
                )
            )
        return dealt and waiting is None

    until(settled)
    for process in alive:
        mortals.kill(process)
    demand_once(floor)
    breached = {row.subject_id for row in floor.nudges() if row.data.get("percent") == 100 and row.told_at}
    assert len(breached) == CASES
    floor.deps.sessions.close()


def demand_once(floor: NudgeDesk) -> None:
    """Every warning is told in one message or was overtaken, every message tells some, and none comes too soon."""
    rows = floor.nudges()
    assert rows
    assert all((row.told_at is None) == (row.batch_id is None) for row in rows)
    assert all(row.told_at or row.ended == "overtaken" for row in rows)
    with floor.deps.sessions.read("T1") as session:
        messages = session.scalars(
            select(Message).where(Message.workspace_id == "T1", Message.card == "nudges")
        ).all()
    told: dict[UUID | None, Nudge] = {row.batch_id: row for row in rows if row.batch_id}
    assert Counter(each.subject_id for each in messages) == Counter(told.keys())
    by_lane: dict[str, list[Any]] = {}
    for each in messages:
        by_lane.setdefault(each.lane, []).append(told[each.subject_id].told_at)
    for times in by_lane.values():
        every = sorted(times)
        assert all(later - sooner >= BETWEEN for sooner, later in pairwise(every))
