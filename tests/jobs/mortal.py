"""A process that runs jobs until it is killed."""

import os
import time
from collections.abc import MutableMapping
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from typing import Any

import structlog
from structlog.contextvars import merge_contextvars

from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job
from jobs.scheduler import Clockwork
from storage.db import Sessions, open_engine
from storage.tables import Counter
from tests.jobs.clocks import deps_on

STEP = timedelta(minutes=1)
LEASE = timedelta(seconds=0.3)


def ledger() -> Job:
    """Books every minute of every workspace, once however often it is run."""
    return Job("floor.ledger", Every(STEP), _book, each=True)


def live(url: str, seconds: "Synchronized[float]", journal: str, alive: Connection, job: Job) -> None:
    """Runs what is due by the shared clock, again and again; says when it begins."""
    structlog.configure(processors=[merge_contextvars, _journal(journal)])
    sessions = Sessions(open_engine(url))
    deps = deps_on(sessions, lambda: datetime.fromtimestamp(seconds.value, UTC))
    clockwork = Clockwork(deps, [job], lease=LEASE)
    alive.send_bytes(b"alive")
    while True:
        clockwork.run_due()


def _book(deps: Deps, workspace_id: str, period: Period) -> None:
    time.sleep(0.005)  # so that most of the life of a process is spent in runs
    with deps.sessions.write(workspace_id) as session:
        if session.get(Counter, (workspace_id, period.key)) is None:
            session.add(Counter(workspace_id=workspace_id, kind=period.key, value=1))


def _journal(path: str) -> structlog.typing.Processor:
    """Writes a line for each run that has ended, and drops what is logged otherwise."""
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write(_logger: object, _method: str, event: MutableMapping[str, Any]) -> str:
        if event["event"] == "the job was run":
            os.write(file, f"{event['workspace']} {event['period']} {event['outcome']}\n".encode())
        raise structlog.DropEvent

    return write
