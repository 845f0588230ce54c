"""Runs that fail, go on for long, or whose process is gone."""

import threading
from collections.abc import MutableMapping
from datetime import time, timedelta
from typing import Any

import pytest

from bot.deps import Deps
from bot.domain.periods import Daily, Every, Period
from jobs.runs import Job
from jobs.scheduler import Clockwork, Ticker
from storage.db import Sessions
from tests.jobs.clocks import HandClock, Notes, deps_on, meet, outcomes, stored_runs
from tests.jobs.conftest import Winding
from tests.workplace import until

DAILY = Daily(time(3))


class Broken(Exception):
    """What a job may raise."""


class Long:
    """A job that goes on until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Semaphore(0), threading.Event()
        self.job = Job("floor.digest", DAILY, self._run)

    def _run(self, _deps: Deps, _workspace_id: str, _period: Period) -> None:
        self.begun.release()
        self.go_on.wait()


def begin(clockwork: Clockwork, clock: HandClock, long: Long) -> None:
    """Lets the next period of the long job begin."""
    clockwork.run_due()
    clock.set("2026-10-22T03:00")
    clockwork.tick()
    long.begun.acquire()


def test_a_failing_workspace_is_tried_again_with_growing_delay_and_then_given_up(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding, logged: list[MutableMapping[str, Any]]
) -> None:
    meet(sessions, "T1", "T2", "T3")
    tried = []

    def run(deps: Deps, workspace_id: str, period: Period) -> None:
        if workspace_id == "T2" and period.key == "2026-10-22":
            tried.append(deps.clock())
            raise Broken
        notes.note(deps, workspace_id, period)

    clockwork = wind(Job("floor.digest", DAILY, run))
    clockwork.run_due()
    clock.set("2026-10-22T03:00")
    ran = clockwork.run_due()
    assert sorted(notes.runs) == [("T1", "2026-10-22"), ("T3", "2026-10-22")]
    assert {each.workspace_id: each.outcome for each in ran} == {"T1": "done", "T2": None, "T3": "done"}
    for minutes in [1] * 45 + [60] * 20:
        clock.move(minutes=minutes)
        clockwork.run_due()
    delays = [instant - tried[0] for instant in tried]
    assert delays == [timedelta(minutes=minutes) for minutes in (0, 1, 6, 31)]
    (given_up,) = stored_runs(sessions, "T2")
    assert (given_up.outcome, given_up.tries) == ("failed", 4)

    failures = [line for line in logged if line["event"] == "the job has failed"]
    assert [line["workspace"] for line in failures] == ["T2"] * 4
    assert failures[0]["reference"] in {each.reference for each in ran if each.workspace_id == "T2"}
    assert isinstance(failures[0]["exc_info"], Broken)

    clock.set("2026-10-23T03:00")
    clockwork.run_due()
    assert notes.periods("T2") == ["2026-10-23"]
    assert outcomes(sessions, "T2") == {"2026-10-22": "failed", "2026-10-23": "done"}


def test_what_fails_is_given_up_for_its_next_period(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1")

    def run(deps: Deps, workspace_id: str, period: Period) -> None:
        if period.key == "2026-10-21T12:03:00Z":
            raise Broken
        notes.note(deps, workspace_id, period)

    clockwork = wind(Job("floor.digest", Every(timedelta(minutes=3)), run))
    clockwork.run_due()
    for _ in range(9):
        clock.move(minutes=1)
        clockwork.run_due()
    assert notes.periods() == ["2026-10-21T12:06:00Z", "2026-10-21T12:09:00Z"]
    assert list(outcomes(sessions).values()) == ["failed", "done", "done"]


def test_a_workspace_whose_settings_cannot_be_read_holds_up_no_other(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding, logged: list[MutableMapping[str, Any]]
) -> None:
    meet(sessions, "T2", time_zone="Mars/Olympus")
    meet(sessions, "T1", "T3")
    clockwork = wind(notes.job(DAILY))
    clockwork.run_due()
    clock.set("2026-10-22T03:00")
    clockwork.run_due()
    assert sorted(notes.runs) == [("T1", "2026-10-22"), ("T3", "2026-10-22")]
    assert {line["workspace"] for line in logged if line["event"] == "the job cannot be scheduled"} == {"T2"}


def test_a_workspace_whose_settings_break_later_holds_up_no_other(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding, logged: list[MutableMapping[str, Any]]
) -> None:
    meet(sessions, "T1", "T2", "T3")
    clockwork = wind(notes.job(DAILY))
    clockwork.run_due()
    meet(sessions, "T2", time_zone="Mars/Olympus")
    clock.set("2026-10-22T03:00")
    clockwork.run_due()
    assert sorted(notes.runs) == [("T1", "2026-10-22"), ("T3", "2026-10-22")]
    assert [line["workspace"] for line in logged if line["event"] == "the job cannot be scheduled"] == ["T2"]


def test_a_slow_workspace_holds_up_no_other(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, *(f"T{number}" for number in range(20)))
    long = Long()

    def run(deps: Deps, workspace_id: str, period: Period) -> None:
        if workspace_id == "T0":
            long.go_on.wait()
        notes.note(deps, workspace_id, period)

    clockwork = wind(Job("floor.digest", DAILY, run))
    clockwork.run_due()
    clock.set("2026-10-22T03:00")
    clockwork.tick()
    until(lambda: len(notes.runs) == 19)
    assert notes.periods("T0") == []
    long.go_on.set()
    until(lambda: notes.periods("T0") == ["2026-10-22"])


def test_a_run_is_taken_over_when_its_lease_has_run_out_and_who_lost_it_cannot_finish(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1")
    long, real = Long(), HandClock(clock())
    lost = wind(long.job, real_time=real)
    begin(lost, clock, long)
    other = wind(notes.job(DAILY), real_time=real)
    for _ in range(3):
        clock.move(minutes=10)  # however far the business clock has come
        assert other.run_due() == []
    real.move(minutes=2)
    clock.move(minutes=2)
    assert [each.outcome for each in other.run_due()] == ["done"]
    finished = stored_runs(sessions)[0].finished_at
    clock.move(minutes=1)
    long.go_on.set()
    lost.close()
    (run,) = stored_runs(sessions)
    assert (run.fence, run.outcome, run.finished_at) == (2, "done", finished)


def test_the_lease_of_a_run_that_goes_on_is_renewed(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1")
    long, real = Long(), HandClock(clock())
    clockwork = wind(long.job, real_time=real)
    begin(clockwork, clock, long)
    other = wind(notes.job(DAILY), real_time=real)
    for _ in range(20):
        real.move(minutes=1)
        clock.move(minutes=1)
        clockwork.tick()
        assert other.run_due() == []
    long.go_on.set()
    clockwork.close()
    (run,) = stored_runs(sessions)
    assert (run.fence, run.outcome) == (1, "done")


def test_closing_waits_for_what_runs_and_begins_nothing_more(
    sessions: Sessions, clock: HandClock, wind: Winding
) -> None:
    meet(sessions, "T1")
    long = Long()
    clockwork = wind(long.job)
    begin(clockwork, clock, long)
    closing = threading.Thread(target=clockwork.close)
    closing.start()
    long.go_on.set()
    closing.join()
    assert outcomes(sessions) == {"2026-10-22": "done"}
    clock.move(days=1)
    assert clockwork.run_due() == []
    assert outcomes(sessions) == {"2026-10-22": "done"}


def test_closing_gives_back_the_lease_of_what_does_not_end(
    sessions: Sessions, clock: HandClock, notes: Notes, wind: Winding
) -> None:
    meet(sessions, "T1")
    long = Long()
    clockwork = wind(long.job)
    begin(clockwork, clock, long)
    clockwork.close(grace=0)
    assert [each.outcome for each in wind(notes.job(DAILY)).run_due()] == ["done"]
    long.go_on.set()
    clockwork.close()
    (run,) = stored_runs(sessions)
    assert (run.fence, run.outcome) == (2, "done")


@pytest.mark.parametrize("workspaces", [1, 30])
def test_the_ticker_runs_what_is_due_in_the_background_until_it_is_stopped(
    sessions: Sessions, clock: HandClock, notes: Notes, workspaces: int
) -> None:
    names = [f"T{number}" for number in range(workspaces)]
    meet(sessions, *names)
    job = notes.job(DAILY)
    Clockwork(deps_on(sessions, clock), [job]).meet()
    clock.set("2026-10-22T03:00")
    ticker = Ticker(deps_on(sessions, clock), [job])
    ticker.start()
    until(lambda: len(notes.runs) == workspaces)
    ticker.stop()
    assert sorted(notes.runs) == sorted((name, "2026-10-22") for name in names)
    assert all(outcomes(sessions, name) == {"2026-10-22": "done"} for name in names)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("jobs", "APScheduler"))]


def test_a_ticker_that_never_started_can_be_stopped(sessions: Sessions, clock: HandClock, notes: Notes) -> None:
    meet(sessions, "T1")
    Ticker(deps_on(sessions, clock), [notes.job(DAILY)]).stop()
    assert outcomes(sessions) == {}
