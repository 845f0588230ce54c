"""Questions about the schedule that stay quick however long it has grown."""

from typing import Any

from sqlalchemy import event

from storage.db import Sessions, open_engine
from storage.shifts import overlapping
from tests.storage.rows import a_member, a_shift


def test_what_overlaps_is_looked_up_among_the_shifts_of_the_same_person(sqlite_url: str) -> None:
    sessions = Sessions(open_engine(sqlite_url))
    plans: list[str] = []

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plans.extend(row[-1] for row in cursor.fetchall())

    with sessions.write("T1") as session:
        member = a_member("T1")
        session.add(member)
        session.flush()
        first, second = (a_shift("T1", member.id) for _ in range(2))
        session.add_all([first, second])
    event.listen(sessions.engine, "before_cursor_execute", explain)
    with sessions.read("T1") as session:
        found = overlapping(session, [first.id])
    sessions.close()
    assert found == [second.id]
    assert any("ix_shift_workspace_id_member_id_start" in plan and "start<?" in plan for plan in plans), plans
