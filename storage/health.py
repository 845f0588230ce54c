"""What shows how the bot is doing: what waits, what failed, and when the clock last struck."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select

from storage.db import Sessions, WorkspaceSession
from storage.home import DESK
from storage.outbox import State
from storage.tables import JobRun, JobSchedule, Member, Message, Workspace


class JobState(NamedTuple):
    """A job in a workspace: when it is due, and how it last ended, if it ever did."""

    job: str
    due_at: datetime
    finished_at: datetime | None
    outcome: str | None


def workspace_ids(sessions: Sessions) -> list[str]:
    """The workspaces that are known; across workspaces."""
    with sessions.engine.connect() as connection:
        return list(connection.scalars(select(Workspace.workspace_id)))


def waiting_since(session: WorkspaceSession, now: datetime) -> Sequence[datetime]:
    """When each message was written that could be posted by now and is not; oldest first, in real time.

    A Home is none: nobody misses anything by it.
    """
    return [
        _written_at(message_id)
        for message_id in session.scalars(
            select(Message.id)
            .where(
                Message.workspace_id == session.workspace_id,
                Message.state == State.OPEN,
                Message.shown < Message.wanted,
                Message.ts.is_(None),
                Message.card != DESK,
                or_(Message.not_before.is_(None), Message.not_before <= now),
            )
            .order_by(Message.id)
        )
    ]


def failures_since(session: WorkspaceSession, since: datetime) -> dict[str, int]:
    """How many messages, written since an instant of real time, could never be delivered, by Slack's word.

    A Home is none.
    """
    rows = session.execute(
        select(Message.error, func.count())
        .where(
            Message.workspace_id == session.workspace_id,
            Message.state == State.FAILED,
            Message.card != DESK,
            Message.id >= _first_id(since),
        )
        .group_by(Message.error)
    )
    return {error or "": count for error, count in rows}


def job_states(session: WorkspaceSession) -> list[JobState]:
    """Every job of the workspace with its last run that ended, by name."""
    schedules = session.scalars(
        select(JobSchedule).where(JobSchedule.workspace_id == session.workspace_id).order_by(JobSchedule.job)
    ).all()
    found = []
    for schedule in schedules:
        last = session.scalar(
            select(JobRun)
            .where(
                JobRun.workspace_id == session.workspace_id,
                JobRun.job == schedule.job,
                JobRun.finished_at.is_not(None),
            )
            .order_by(JobRun.period.desc())
            .limit(1)
        )
        ended = (last.finished_at, last.outcome) if last else (None, None)
        found.append(JobState(schedule.job, schedule.next_due_at, *ended))
    return found


def without_account(session: WorkspaceSession) -> list[str]:
    """The names of the people on the roster whom Slack does not know."""
    return list(
        session.scalars(
            select(Member.name)
            .where(Member.workspace_id == session.workspace_id, Member.slack_id.is_(None))
            .order_by(Member.name)
        )
    )


def _written_at(message_id: UUID) -> datetime:
    """A UUIDv7 begins with the milliseconds since 1970."""
    return datetime.fromtimestamp((message_id.int >> 80) / 1000, UTC)


def _first_id(instant: datetime) -> UUID:
    return UUID(int=int(instant.timestamp() * 1000) << 80)
