"""Claiming, renewing and settling the runs of jobs: one transaction each, alone on the row of the schedule.

A run is claimed for a short lease. When its process dies the lease runs out, and whoever looks next runs the
period again with the next fence; who has lost the fence cannot settle any more. What is due goes by the business
clock of ``Deps``, which may be moved in the sandbox; leases go by real time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.actions.settings import preferences
from bot.deps import Clock, Deps
from bot.domain.periods import Period, When, plan
from storage.db import WorkspaceSession
from storage.jobs import Outcome, begin_run, job_run, job_schedule, pass_over
from storage.tables import JobRun, JobSchedule

log = structlog.get_logger()

# After each failure of a period; after one more it is given up.
DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=25))
# The zone is a setting: a period that is waited for may come sooner than was reckoned.
_LOOK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do in every workspace when its time comes, idempotent per period.

    After downtime the latest period is made up, once, or with ``each`` every one. A period that is due for
    longer than ``late`` is skipped; None makes it up however late it is.
    """

    name: str
    when: When
    run: Callable[[Deps, str, Period], None]
    late: timedelta | None = None
    each: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run a period, as long as nobody has a higher fence."""

    workspace_id: str
    job: Job
    period: Period
    fence: int


def start(deps: Deps, workspace_id: str, job: Job) -> None:
    """Gives a job its schedule in a workspace, which begins with the next period."""
    with deps.sessions.write(workspace_id) as session:
        if job_schedule(session, job.name) is None:
            schedule = JobSchedule(workspace_id=workspace_id, job=job.name)
            now = deps.clock()
            _wait_for(schedule, job.when.first(now, _zone(session)), now)
            session.add(schedule)


def claim_run(deps: Deps, workspace_id: str, job: Job, real_time: Clock, lease: timedelta) -> Claim | None:
    """Takes the period that is due and passes over those that are past; None where nothing is to be run."""
    claim = None
    with deps.sessions.beside(workspace_id) as session:
        schedule = job_schedule(session, job.name)
        now, real_now = deps.clock(), real_time()
        if schedule is None or schedule.next_due_at > now:
            return None
        begun = job_run(session, job.name, schedule.period)
        if begun and begun.lease_until > real_now:
            schedule.next_due_at = now + (begun.lease_until - real_now)
            return None
        planned = plan(job.when, schedule.period, now, _zone(session), late=job.late, each=job.each)
        pass_over(session, job.name, planned.past, now)
        if planned.run:
            run = begin_run(session, job.name, planned.run, real_now + lease)
            schedule.period, schedule.next_due_at = run.period, now + lease
            claim = Claim(workspace_id, job, planned.run, run.fence)
        else:
            _wait_for(schedule, planned.following, now)
    _say_past(workspace_id, job, planned.past)
    return claim


def settle_run(deps: Deps, claim: Claim, real_time: Clock, *, failed: bool) -> Outcome | None:
    """How the period ended; None where it is tried again, or was taken over by another process."""
    with deps.sessions.beside(claim.workspace_id) as session:
        now, (schedule, run) = deps.clock(), _own(session, claim)
        if run is None or schedule is None:
            return None
        following = claim.job.when.after(claim.period.key, _zone(session))
        run.lease_until = real_time()
        run.tries += failed
        if failed and run.tries <= len(DELAYS):
            run.fence += 1  # the claim is worth nothing any more, not even to be renewed
            again = now + DELAYS[run.tries - 1]
            schedule.next_due_at = again if claim.job.each else min(again, following.due_at)
            return None
        outcome = Outcome.FAILED if failed else Outcome.DONE
        run.outcome, run.finished_at = outcome, now
        _wait_for(schedule, following, now)
    return outcome


def renew_lease(deps: Deps, claim: Claim, until: datetime) -> None:
    """Keeps a run that goes on; nothing happens where it was settled or taken over."""
    with deps.sessions.beside(claim.workspace_id) as session:
        _, run = _own(session, claim)
        if run:
            run.lease_until = until


def give_back(deps: Deps, claim: Claim, real_time: Clock) -> None:
    """Lets any process take the run over at once."""
    with deps.sessions.beside(claim.workspace_id) as session:
        schedule, run = _own(session, claim)
        if run and schedule:
            run.lease_until, schedule.next_due_at = real_time(), deps.clock()


def postpone(deps: Deps, workspace_id: str, job: Job) -> None:
    """Looks at the job again in a while."""
    with deps.sessions.beside(workspace_id) as session:
        schedule = job_schedule(session, job.name)
        if schedule:
            schedule.next_due_at = deps.clock() + DELAYS[0]


def _own(session: WorkspaceSession, claim: Claim) -> tuple[JobSchedule | None, JobRun | None]:
    """The schedule, locked, and the run where it goes on and nobody has taken it over."""
    schedule = job_schedule(session, claim.job.name)
    run = job_run(session, claim.job.name, claim.period.key)
    return schedule, run if run and run.fence == claim.fence and run.outcome is None else None


def _zone(session: WorkspaceSession) -> ZoneInfo:
    return ZoneInfo(preferences(session).time_zone)


def _wait_for(schedule: JobSchedule, period: Period, now: datetime) -> None:
    schedule.period = period.key
    schedule.next_due_at = min(period.due_at, now + _LOOK_AGAIN)


def _say_past(workspace_id: str, job: Job, past: Sequence[Period]) -> None:
    if past:
        spread = {"first": past[0].key, "last": past[-1].key, "count": len(past)}
        log.warning("the job was missed", workspace=workspace_id, job=job.name, **spread)
