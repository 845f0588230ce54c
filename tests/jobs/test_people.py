"""What people changed in Slack while the bot was down is on the roster after the job of the night."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.actions.people_follow import follow_account, follow_accounts
from bot.connectors.slack import all_accounts, read_account
from bot.deps import Deps
from bot.settings import Mode
from jobs.people import SYNC
from jobs.scheduler import Clockwork, Ran
from storage.people import members
from storage.tables import Audit, SeenEvent, Workspace
from tests.jobs.clocks import outcomes
from tests.storage.rows import a_member
from tests.workplace import PEOPLE, Workplace, opened


@pytest.fixture
def work(database_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """A floor whose roster knows somebody who is not in Slack yet, on Monday at noon in Berlin."""
    with opened(database_url, Mode.SOCKET, tmp_path) as work:
        work.at("2026-11-02 12:00")
        work.people(f"{PEOPLE}zoe@example.com,Zoe Quinn,agent,Mail,,Asia/Tokyo\n")
        work.prefers(time_zone="Europe/Berlin")
        run_jobs(work)
        yield work


def run_jobs(work: Workplace) -> list[Ran]:
    """What the job does now."""
    clockwork = Clockwork(work.deps, [SYNC])
    try:
        return clockwork.run_due()
    finally:
        clockwork.close()


def audit_lines(deps: Deps, workspace_id: str) -> int:
    with deps.sessions.read(workspace_id) as session:
        return session.scalar(select(func.count()).where(Audit.workspace_id == workspace_id)) or 0


def test_what_changed_while_the_bot_was_down_is_taken_over_at_three_in_the_night(work: Workplace) -> None:
    work.disconnect()
    work.changes("ana", real_name="Anita", tz="America/New_York")
    work.changes("ben", deleted=True)
    work.sandbox.invite("zoe", real_name="Zoe Quinn", tz="Europe/Paris")
    work.connect()

    work.at("2026-11-03 02:59")
    assert run_jobs(work) == []
    assert work.member("ana").slack_name != "Anita"
    work.at("2026-11-03 03:00")
    (ran,) = run_jobs(work)
    assert (ran.job, ran.period, ran.outcome) == ("people.sync", "2026-11-03", "done")
    assert (work.member("ana").slack_name, work.member("ana").slack_time_zone) == ("Anita", "America/New_York")
    assert work.member("ben").deactivated_at is not None
    zoe = work.member("zoe")
    assert (zoe.slack_id, zoe.slack_time_zone) == (work.sandbox.user_id("zoe"), "Europe/Paris")


def test_who_came_back_while_the_bot_was_down_is_there_again(work: Workplace) -> None:
    work.changes("ben", deleted=True)
    assert work.member("ben").deactivated_at is not None
    work.disconnect()
    work.changes("ben", deleted=False)
    work.connect()
    work.at("2026-11-03 03:00")
    run_jobs(work)
    assert work.member("ben").deactivated_at is None


def test_where_nothing_has_changed_nothing_is_written(work: Workplace) -> None:
    work.disconnect()
    work.changes("ana", real_name="Anita")
    work.connect()
    team = work.sandbox.team_id
    work.at("2026-11-03 03:00")
    run_jobs(work)
    lines, revision = audit_lines(work.deps, team), stored_revision(work)
    work.at("2026-11-04 03:00")
    assert [ran.outcome for ran in run_jobs(work)] == ["done"]
    assert audit_lines(work.deps, team) == lines
    assert stored_revision(work) == revision


def stored_revision(work: Workplace) -> int:
    """How often somebody wrote to the workspace."""
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        return session.get_one(Workspace, work.sandbox.team_id).revision


def test_an_event_that_is_newer_than_the_list_is_not_undone(work: Workplace) -> None:
    ana = read_account(work.sandbox.people()["ana"])
    newer = replace(ana, time_zone="Europe/Lisbon", updated=ana.updated + 1000)
    follow_account(work.deps, work.sandbox.team_id, "Ev1", newer)
    work.at("2026-11-03 03:00")
    assert [ran.outcome for ran in run_jobs(work)] == ["done"]
    assert work.member("ana").slack_time_zone == "Europe/Lisbon"


def test_slack_away_in_the_night_is_tried_again(work: Workplace) -> None:
    work.disconnect()
    work.changes("ana", real_name="Anita")
    work.connect()
    work.sandbox.faults.status(503, "users.list")
    work.at("2026-11-03 03:00")
    assert [ran.outcome for ran in run_jobs(work)] == [None]
    work.at("2026-11-03 03:02")
    assert [ran.outcome for ran in run_jobs(work)] == ["done"]
    assert work.member("ana").slack_name == "Anita"
    assert outcomes(work.deps.sessions, work.sandbox.team_id, "people.sync") == {"2026-11-03": "done"}


def test_events_are_forgotten_after_thirty_days(work: Workplace) -> None:
    team, now = work.sandbox.team_id, datetime(2026, 11, 3, 2, tzinfo=UTC)
    ages = {"EvOld": timedelta(days=30, seconds=1), "EvKept": timedelta(days=29, hours=23), "EvNew": timedelta()}
    with work.deps.sessions.write(team) as session:
        for event_id, age in ages.items():
            session.add(SeenEvent(workspace_id=team, event_id=event_id, seen_at=now - age))
    work.sandbox.clock.set(now)
    run_jobs(work)
    with work.deps.sessions.read(team) as session:
        kept = session.scalars(select(SeenEvent.event_id).where(SeenEvent.workspace_id == team)).all()
    assert set(kept) & set(ages) == {"EvKept", "EvNew"}


def test_an_account_is_not_linked_in_a_workspace_that_it_does_not_belong_to(work: Workplace) -> None:
    with work.deps.sessions.write("T0OTHER") as session:
        session.add(a_member("T0OTHER", "Ana"))
    follow_accounts(work.deps, "T0OTHER", all_accounts(work.deps.slack))
    with work.deps.sessions.read("T0OTHER") as session:
        (ana,) = members(session)
    assert (ana.email, ana.slack_id) == ("ana@example.com", None)
