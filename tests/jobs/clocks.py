"""A clock that is moved by hand, jobs that note when they ran, and what the tables say of them."""

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import select

from bot.deps import Clock, Deps, new_id
from bot.domain.periods import Period, When
from bot.settings import Settings
from jobs.runs import Job
from storage.db import Sessions
from storage.settings import add_setting
from storage.tables import JobRun, Workspace


@dataclass
class HandClock:
    """Shows the same time until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def set(self, text: str) -> None:
        """Show this time, in UTC."""
        self.now = at(text)

    def move(self, **amount: float) -> None:
        """Go on by so much."""
        self.now += timedelta(**amount)


@dataclass
class Notes:
    """What ran: one entry for each run, in any thread."""

    runs: list[tuple[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def job(self, when: When, name: str = "floor.digest", **how: Any) -> Job:
        """A job that notes workspace and period."""
        return Job(name, when, self.note, **how)

    def note(self, _deps: Deps, workspace_id: str, period: Period) -> None:
        """Note a run."""
        with self.lock:
            self.runs.append((workspace_id, period.key))

    def periods(self, workspace_id: str = "T1") -> list[str]:
        """The periods that ran in a workspace, in order."""
        return [period for workspace, period in self.runs if workspace == workspace_id]

    def twice(self) -> list[tuple[str, str]]:
        """What ran more than once."""
        return [run for run, count in Counter(self.runs).items() if count > 1]


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def deps_on(sessions: Sessions, clock: Clock) -> Deps:
    """What jobs are handed; there is no Slack."""
    return Deps(Settings(_env_file=None), sessions, WebClient(), clock, new_id)


def meet(sessions: Sessions, *workspace_ids: str, time_zone: str = "") -> None:
    """Let the workspaces be there, in their zone."""
    for workspace_id in workspace_ids:
        with sessions.write(workspace_id) as session:
            if time_zone:
                add_setting(session, "workspace", {"time_zone": time_zone}, at("2026-01-01"))


def meet_many(sessions: Sessions, workspace_ids: Iterable[str]) -> None:
    """Let very many workspaces be there."""
    with sessions.write("T0") as session:
        session.add_all(Workspace(workspace_id=each, revision=0) for each in workspace_ids)


def stored_runs(sessions: Sessions, workspace_id: str = "T1", job: str = "floor.digest") -> Sequence[JobRun]:
    """What is stored of the runs in a workspace, by period."""
    with sessions.read(workspace_id) as session:
        return session.scalars(
            select(JobRun).where(JobRun.workspace_id == workspace_id, JobRun.job == job).order_by(JobRun.period)
        ).all()


def outcomes(sessions: Sessions, workspace_id: str = "T1", job: str = "floor.digest") -> dict[str, str | None]:
    """How each period ended, by period."""
    return {run.period: run.outcome for run in stored_runs(sessions, workspace_id, job)}
