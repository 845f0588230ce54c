"""Questions about the schedule that stay quick however long it has grown."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from bot.domain.wallclock import local_times, span
from storage.coverage import on_shift
from storage.db import Sessions, WorkspaceSession, open_engine
from storage.imports_standing import shifts_around, worked_otherwise
from storage.shifts import base_shifts, count_ahead, overlapping, worked, works_after
from storage.swaps import held
from storage.tables import Assignment, Queue, Shift
from tests.storage.rows import MONDAY, a_member, a_shift

DAY = MONDAY, MONDAY + timedelta(hours=12)
OF_SHIFTS, OF_WORK = "ix_shift_workspace_id", "ix_assignment_workspace_id"
Question = Callable[[WorkspaceSession, UUID, UUID], object]


def explained(sessions: Sessions, question: Callable[[WorkspaceSession], object]) -> list[str]:
    """How SQLite looks for what answers a question."""
    plans: list[str] = []

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plans.extend(row[-1] for row in cursor.fetchall())

    event.listen(sessions.engine, "before_cursor_execute", explain)
    with sessions.read("T1") as session:
        question(session)
    return plans


def work_of(shift: Shift) -> Assignment:
    """All of a shift, worked as it is planned."""
    times = {"start": shift.start, "end": shift.end, "assigned_at": MONDAY}
    ids = {"id": uuid4(), "shift_id": shift.id, "member_id": shift.member_id}
    return Assignment(workspace_id="T1", cause="base", **ids, **times)


def planned(sessions: Sessions, start: datetime = MONDAY, end: datetime = DAY[1]) -> tuple[UUID, UUID]:
    """Somebody who works a shift for a queue; who, and which queue."""
    with sessions.write("T1") as session:
        member, queue = a_member("T1"), Queue(workspace_id="T1", id=uuid4(), name="mail")
        session.add_all([member, queue])
        session.flush()
        shift = a_shift("T1", member.id, queue_id=queue.id)
        shift.start, shift.end = start, end
        session.add(shift)
        session.flush()
        session.add(work_of(shift))
        return member.id, queue.id


def test_what_overlaps_is_looked_up_among_the_shifts_of_the_same_person(sqlite_url: str) -> None:
    sessions = Sessions(open_engine(sqlite_url))
    with sessions.write("T1") as session:
        member = a_member("T1")
        session.add(member)
        session.flush()
        first, second = (a_shift("T1", member.id) for _ in range(2))
        session.add_all([first, second])
    found: list[UUID] = []
    plans = explained(sessions, lambda session: found.extend(overlapping(session, [first.id])))
    sessions.close()
    assert found == [second.id]
    assert any("ix_shift_workspace_id_member_id_start" in plan and "start<?" in plan for plan in plans), plans


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (lambda session, _member, _queue: worked(session, *DAY), OF_WORK),
        (lambda session, member, _queue: worked(session, *DAY, member), OF_WORK),
        (lambda session, member, _queue: held(session, member, *DAY), OF_WORK),
        (lambda session, _member, _queue: on_shift(session, *DAY), OF_WORK),
        (lambda session, _member, _queue: worked_otherwise(session, *DAY), OF_WORK),
        (lambda session, member, _queue: works_after(session, member, MONDAY), OF_WORK),
        (lambda session, member, _queue: shifts_around(session, (), [member], *DAY), OF_SHIFTS),
        (lambda session, _member, _queue: count_ahead(session, MONDAY), OF_SHIFTS),
        (lambda session, _member, _queue: base_shifts(session, date(2026, 3, 2), date(2026, 3, 2)), OF_SHIFTS),
    ],
)
def test_what_was_worked_long_ago_is_not_looked_through_again(
    sqlite_url: str, question: Question, index: str
) -> None:
    sessions = Sessions(open_engine(sqlite_url))
    ids = planned(sessions)
    plans = explained(sessions, lambda session: question(session, *ids))
    sessions.close()
    assert any(index in plan and "start>?" in plan for plan in plans), plans


@pytest.mark.parametrize(("zone", "hours"), [("Europe/Berlin", 25), ("Antarctica/Troll", 26)])
def test_the_longest_shift_is_found_up_to_its_last_minute(sessions: Sessions, zone: str, hours: int) -> None:
    whole = span(*local_times(date(2026, 10, 25), time(), time()), ZoneInfo(zone))
    assert whole.length == timedelta(hours=hours)
    member_id, queue_id = planned(sessions, whole.start, whole.end)
    last = whole.end - timedelta(minutes=1), whole.end
    with sessions.read("T1") as session:
        assert len(worked(session, *last)) == len(held(session, member_id, *last)) == 1
        assert [each.queue_id for each in on_shift(session, *last)] == [queue_id]
        assert works_after(session, member_id, last[0])
        assert count_ahead(session, last[0]) == 1


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_base_is_looked_up_by_the_day_on_the_wall_wherever_that_is(sessions: Sessions, zone: str) -> None:
    day = date(2026, 3, 2)
    with sessions.write("T1") as session:
        for start in (time(), time(23, 59)):
            shift = a_shift("T1")
            shift.start_local, shift.end_local = local_times(day, start, time(9))
            interval = span(shift.start_local, shift.end_local, ZoneInfo(zone))
            shift.start, shift.end = interval.start, interval.end
            session.add(shift)
    with sessions.read("T1") as session:
        assert len(base_shifts(session, day, day)) == 2
        for beside in (day - timedelta(days=1), day + timedelta(days=1)):
            assert base_shifts(session, beside, beside) == []
