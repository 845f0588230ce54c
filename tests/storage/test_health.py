"""What shows how the bot is doing, on both databases."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from storage.db import Sessions
from storage.health import failures_since, job_states, waiting_since, without_account, workspace_ids
from storage.tables import JobRun, JobSchedule, Message
from tests.storage.rows import MONDAY, a_member

HOUR = timedelta(hours=1)


def message(at: datetime, workspace_id: str = "T1", **fields: Any) -> Message:
    """A message that was written at a time, and is not posted."""
    message_id = UUID(int=int(at.timestamp() * 1000) << 80 | uuid4().int & (1 << 80) - 1)
    usual = {"card": "news", "audience": "all", "lane": "C1", "number": 1, "priority": 1}
    return Message(workspace_id=workspace_id, id=message_id, key=str(message_id), **usual | fields)


def test_what_waits_is_told_by_when_it_was_written_oldest_first(sessions: Sessions) -> None:
    with sessions.write("T2") as session:
        session.add(message(MONDAY - 9 * HOUR, "T2"))
    with sessions.write("T1") as session:
        session.add_all([message(MONDAY), message(MONDAY - HOUR), message(MONDAY - 2 * HOUR, not_before=MONDAY)])
        session.add(message(MONDAY - 3 * HOUR, not_before=MONDAY + HOUR))
        session.add(message(MONDAY - 4 * HOUR, ts="1.1", wanted=2, shown=1))
        session.add(message(MONDAY - 5 * HOUR, state="failed"))
        session.add(message(MONDAY - 6 * HOUR, card="home.desk"))
    with sessions.read("T1") as session:
        assert list(waiting_since(session, MONDAY)) == [MONDAY - 2 * HOUR, MONDAY - HOUR, MONDAY]


def test_failures_are_counted_by_slacks_word_from_an_instant_on(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        for hours, error in ((1, "is_archived"), (2, "is_archived"), (2, None), (4, "user_disabled")):
            session.add(message(MONDAY - hours * HOUR, state="failed", error=error))
        session.add(message(MONDAY, state="failed", error="user_disabled", card="home.desk"))
    with sessions.read("T1") as session:
        assert failures_since(session, MONDAY - 3 * HOUR) == {"is_archived": 2, "": 1}


def test_a_job_is_told_by_its_last_run_that_ended(sessions: Sessions) -> None:
    def run(period: str, finished_at: datetime | None, outcome: str | None) -> JobRun:
        plain = {"due_at": MONDAY, "lease_until": MONDAY, "fence": 1, "tries": 0}
        ended = {"finished_at": finished_at, "outcome": outcome}
        return JobRun(workspace_id="T1", job="people.sync", period=period, **plain, **ended)

    with sessions.write("T1") as session:
        for job in ("swaps.expire", "people.sync"):
            session.add(JobSchedule(workspace_id="T1", job=job, period="2026-03-04", next_due_at=MONDAY))
        session.add(run("2026-03-01", MONDAY - 2 * HOUR, "failed"))
        session.add(run("2026-03-02", MONDAY - HOUR, "done"))
        session.add(run("2026-03-03", None, None))
    with sessions.read("T1") as session:
        assert job_states(session) == [
            ("people.sync", MONDAY, MONDAY - HOUR, "done"),
            ("swaps.expire", MONDAY, None, None),
        ]


def test_people_whom_slack_does_not_know_are_named_and_workspaces_are_known(sessions: Sessions) -> None:
    with sessions.write("T2") as session:
        session.add(a_member("T2", "Bob"))
    with sessions.write("T1") as session:
        session.add_all([a_member("T1", "Zoe"), a_member("T1", "Ada"), a_member("T1", "Cleo", slack_id="U1")])
    with sessions.read("T1") as session:
        assert without_account(session) == ["Ada", "Zoe"]
    assert sorted(workspace_ids(sessions)) == ["T1", "T2"]
