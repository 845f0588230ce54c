"""What is due runs once, also after the process was down, the zone has changed or the clocks have."""

from collections.abc import MutableMapping
from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.periods import Daily, Every, Hours
from storage.db import Sessions
from storage.settings import add_setting
from storage.tables import JobRun, JobSchedule
from tests.jobs.clocks import HandClock, Notes, at, meet, outcomes, stored_runs
from tests.jobs.conftest import Winding

HOURLY = Every(timedelta(hours=1))


def test_a_new_workspace_begins_with_the_next_period_and_not_with_the_past(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1", time_zone="Europe/Berlin")
    clockwork = wind(notes.job(Daily(time(3))))
    assert clockwork.run_due() == []
    clock.set("2026-10-22T00:59:59")
    assert clockwork.run_due() == []
    clock.set("2026-10-22T01:00")
    (ran,) = clockwork.run_due()
    assert (ran.workspace_id, ran.job, ran.period, ran.outcome) == ("T1", "floor.digest", "2026-10-22", "done")
    assert notes.runs == [("T1", "2026-10-22")]
    assert clockwork.run_due() == []


def test_a_job_that_comes_with_a_new_version_gets_its_schedule(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1")
    old = notes.job(HOURLY, "old.job")
    wind(old).run_due()
    clockwork = wind(old, notes.job(HOURLY))
    clockwork.run_due()
    clock.move(hours=1)
    assert {ran.job for ran in clockwork.run_due()} == {"old.job", "floor.digest"}


def test_a_job_that_is_gone_holds_up_nothing(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1")
    wind(notes.job(HOURLY, "old.job")).run_due()
    clockwork = wind(notes.job(HOURLY))
    clockwork.run_due()
    clock.move(hours=1)
    assert [ran.job for ran in clockwork.run_due()] == ["floor.digest"]


@pytest.mark.parametrize(("down", "missed"), [({"hours": 12}, 12), ({"days": 3}, 72), ({"weeks": 4}, 672)])
def test_after_downtime_the_latest_period_is_made_up_once_and_the_others_are_skipped(
    sessions: Sessions,
    clock: HandClock,
    notes: Notes,
    wind: Winding,
    logged: list[MutableMapping[str, Any]],
    down: dict[str, float],
    missed: int,
) -> None:
    meet(sessions, "T1")
    clockwork = wind(notes.job(HOURLY))
    clockwork.run_due()
    clock.move(**down)
    clockwork.run_due()
    latest = clock().isoformat().replace("+00:00", "Z")
    assert notes.runs == [("T1", latest)]
    line = next(line for line in logged if line["event"] == "the job was missed")
    assert (line["workspace"], line["job"], line["count"]) == ("T1", "floor.digest", missed - 1)
    stored = outcomes(sessions)
    assert stored.pop(latest) == "done"
    assert set(stored.values()) == {"skipped"}
    assert len(stored) == min(missed - 1, 501)
    clock.move(hours=1)
    clockwork.run_due()
    assert len(notes.runs) == 2


def test_a_job_that_wants_every_period_gets_every_one_in_order(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1")
    clockwork = wind(notes.job(Daily(time(3)), each=True))
    clockwork.run_due()
    clock.move(days=14)
    clockwork.run_due()
    assert notes.periods() == [f"2026-10-{day}" for day in range(22, 32)] + [
        f"2026-11-0{day}" for day in range(1, 5)
    ]
    assert set(outcomes(sessions).values()) == {"done"}


def test_a_warning_whose_time_has_passed_is_skipped_with_a_line_in_the_log(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding, logged: list[MutableMapping[str, Any]]
) -> None:
    meet(sessions, "T1")
    clockwork = wind(notes.job(Hours((time(8), time(16))), late=timedelta(minutes=10)))
    clockwork.run_due()
    clock.set("2026-10-21T16:10:01")
    assert clockwork.run_due() == []
    assert outcomes(sessions) == {"2026-10-21T16:00:00": "skipped"}
    assert [line["first"] for line in logged if line["event"] == "the job was missed"] == ["2026-10-21T16:00:00"]
    clock.set("2026-10-22T08:10")
    clockwork.run_due()
    assert notes.periods() == ["2026-10-22T08:00:00"]


@pytest.mark.parametrize(
    ("zone", "wanted", "begin"),
    [
        ("Europe/Berlin", time(2, 30), "2026-03-27T12:00"),
        ("Europe/Berlin", time(2, 30), "2026-10-23T12:00"),
        ("Africa/Cairo", time(), "2026-04-22T12:00"),
        ("Australia/Lord_Howe", time(2, 15), "2026-10-02T00:00"),
        ("Australia/Lord_Howe", time(1, 45), "2026-04-03T00:00"),
    ],
)
def test_each_local_day_runs_once_while_the_clocks_change(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding, zone: str, wanted: time, begin: str
) -> None:
    meet(sessions, "T1", time_zone=zone)
    clock.set(begin)
    clockwork = wind(notes.job(Daily(wanted)))
    clockwork.run_due()
    for _ in range(4 * 24 * 2):
        clock.move(minutes=30)
        clockwork.run_due()
    first = at(begin).date() + timedelta(days=1)
    expected = [(first + timedelta(days=number)).isoformat() for number in range(len(notes.runs))]
    assert notes.periods() == expected
    assert len(expected) == 4


ZONES = [
    "Pacific/Auckland",
    "America/Los_Angeles",
    "Europe/Berlin",
    "Pacific/Honolulu",
    "Asia/Tokyo",
    "Etc/GMT+12",
]


def test_another_zone_neither_repeats_nor_loses_a_day_and_is_noticed_within_the_hour(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1", time_zone="Europe/Berlin")
    clockwork = wind(notes.job(Daily(time(3))))
    clockwork.run_due()
    for zone in ZONES:
        with sessions.write("T1") as session:
            add_setting(session, "workspace", {"time_zone": zone}, clock())
        for _ in range(31):
            clock.move(hours=1)
            clockwork.run_due()
            waiting = _waiting(sessions)
            assert waiting.next_due_at <= clock() + timedelta(hours=1)
    first = at("2026-10-22").date()
    assert notes.periods() == [(first + timedelta(days=number)).isoformat() for number in range(len(notes.runs))]
    assert notes.periods()[-1] == "2026-10-28"
    assert set(outcomes(sessions).values()) == {"done"}


def _waiting(sessions: Sessions) -> JobSchedule:
    with sessions.read("T1") as session:
        return session.scalars(select(JobSchedule).where(JobSchedule.workspace_id == "T1")).one()


def test_a_clock_that_is_put_back_repeats_nothing(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1")
    clockwork = wind(notes.job(HOURLY))
    clockwork.run_due()
    for hours in (5, -4, 3, 2):
        clock.move(hours=hours)
        clockwork.run_due()
    assert notes.twice() == []
    assert notes.periods() == ["2026-10-21T17:00:00Z", "2026-10-21T18:00:00Z"]


def test_a_period_that_was_begun_and_is_past_by_now_is_not_run_again(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1")
    clockwork = wind(notes.job(HOURLY))
    clockwork.run_due()
    begun = _waiting(sessions)
    with sessions.write("T1") as session:  # as a process leaves it that died in the midst of it
        session.add(
            JobRun(
                workspace_id="T1",
                job="floor.digest",
                period=begun.period,
                due_at=begun.next_due_at,
                lease_until=begun.next_due_at,
                fence=1,
                tries=0,
            )
        )
    clock.move(days=30)
    clockwork.run_due()
    assert len(notes.runs) == 1
    assert {run.outcome for run in stored_runs(sessions)} == {"done", "skipped"}
