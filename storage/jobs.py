"""The clock's tables: which jobs are due in which workspaces, and how each of their periods went."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import exists, select

from bot.domain.periods import Period
from storage.db import Sessions, WorkspaceSession
from storage.tables import JobRun, JobSchedule, Workspace

# After long downtime a job of every minute has passed over thousands of periods, which nobody will look up.
_RECORDED = 500


class Outcome(StrEnum):
    """How a period was settled."""

    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"  # given up


def due_jobs(sessions: Sessions, jobs: Sequence[str], now: datetime, limit: int) -> list[tuple[str, str]]:
    """The workspaces and jobs to look at by now, in due order; across workspaces."""
    statement = (
        select(JobSchedule.workspace_id, JobSchedule.job)
        .where(JobSchedule.next_due_at <= now, JobSchedule.job.in_(jobs))
        .order_by(JobSchedule.next_due_at, JobSchedule.workspace_id, JobSchedule.job)
        .limit(limit)
    )
    with sessions.engine.connect() as connection:
        return [(workspace_id, job) for workspace_id, job in connection.execute(statement)]


def workspaces_without(sessions: Sessions, job: str) -> list[str]:
    """The workspaces that have no schedule for the job yet; across workspaces."""
    scheduled = exists().where(JobSchedule.workspace_id == Workspace.workspace_id, JobSchedule.job == job)
    with sessions.engine.connect() as connection:
        return list(connection.scalars(select(Workspace.workspace_id).where(~scheduled)))


def job_schedule(session: WorkspaceSession, job: str) -> JobSchedule | None:
    """Which period the job has reached; nobody else can change it, nor its runs, before the transaction ends."""
    return session.get(JobSchedule, (session.workspace_id, job), with_for_update=True)


def job_run(session: WorkspaceSession, job: str, period: str) -> JobRun | None:
    """How a period of the job goes or went."""
    return session.get(JobRun, (session.workspace_id, job, period))


def begin_run(session: WorkspaceSession, job: str, period: Period, lease_until: datetime) -> JobRun:
    """Claims a period until the lease runs out; one that was begun before gets the next fence."""
    run = job_run(session, job, period.key)
    if run is None:
        run = _run(session, job, period, lease_until)
        session.add(run)
    run.fence, run.lease_until = run.fence + 1, lease_until
    return run


def pass_over(session: WorkspaceSession, job: str, periods: Sequence[Period], now: datetime) -> None:
    """Settles the first unsettled periods of a job without running them, the first perhaps begun before."""
    for period in (*periods[:1], *periods[1:][-_RECORDED:]):
        begun = job_run(session, job, period.key) if period is periods[0] else None
        run = begun or _run(session, job, period, now)
        run.outcome = Outcome.FAILED if run.tries else Outcome.SKIPPED
        run.finished_at = now
        session.add(run)


def _run(session: WorkspaceSession, job: str, period: Period, lease_until: datetime) -> JobRun:
    return JobRun(
        workspace_id=session.workspace_id,
        job=job,
        period=period.key,
        due_at=period.due_at,
        lease_until=lease_until,
        fence=0,
        tries=0,
    )
