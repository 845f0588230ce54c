"""The clock: APScheduler ticks, the tables say what is due, and the row of a period decides who runs it."""

import random
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]

from bot.deps import Clock, Deps, system_clock
from bot.logs import begin_request
from jobs.runs import Claim, Job, claim_run, give_back, postpone, renew_lease, settle_run, start
from storage.jobs import Outcome, due_jobs, workspaces_without

log = structlog.get_logger()

_TICK_SECONDS = 20
_LEASE = timedelta(minutes=2)
_WORKERS = 4
_BATCH = 200
_PATIENCE_SECONDS = 1.0
# Less than gunicorn gives a worker that was told to stop.
_GRACE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run went; ``outcome`` None: it failed and is tried again, or another process has taken it over."""

    workspace_id: str
    job: str
    period: str
    outcome: Outcome | None
    reference: str  # what the log calls it


class Clockwork:
    """Runs what is due, a few workspaces at a time; any number of replicas may."""

    def __init__(
        self, deps: Deps, jobs: Sequence[Job], *, real_time: Clock = system_clock, lease: timedelta = _LEASE
    ) -> None:
        self._deps = deps
        self._jobs = {job.name: job for job in jobs}
        self._real_time, self._lease = real_time, lease
        self._renew_at = real_time()
        self._pool = ThreadPoolExecutor(_WORKERS, "jobs")
        self._free = threading.Semaphore(_WORKERS)
        self._ticking = threading.Lock()
        self._closing = threading.Event()
        self._handed: dict[tuple[str, str], Future[list[Ran]]] = {}
        self._running: set[Claim] = set()

    def meet(self) -> None:
        """Gives new jobs and new workspaces their schedule, which begins with the next period."""
        for job in self._jobs.values():
            for workspace_id in workspaces_without(self._deps.sessions, job.name):
                try:
                    start(self._deps, workspace_id, job)
                except Exception as error:
                    log.error("the job cannot be scheduled", workspace=workspace_id, job=job.name, exc_info=error)

    def tick(self) -> list[Future[list[Ran]]]:
        """Hands everything that is due to the workers; returns when the last of it is begun."""
        handed = []
        with self._ticking:
            self.meet()
            while found := self._found():
                for workspace_id, job in found:
                    if future := self._hand_out(workspace_id, job):
                        handed.append(future)
        return handed

    def run_due(self) -> list[Ran]:
        """Runs everything that is due, to the end."""
        ran: list[Ran] = []
        while handed := self.tick():
            while wait(handed, timeout=_PATIENCE_SECONDS).not_done:
                self._renew()
            ran += [each for future in handed for each in future.result()]
        return ran

    def close(self, grace: float = _GRACE_SECONDS) -> None:
        """Begins nothing more, and gives back the lease of what has not ended after ``grace`` seconds."""
        self._closing.set()
        with self._ticking:
            unfinished = wait(self._handed.values(), timeout=grace).not_done
            for claim in list(self._running):
                give_back(self._deps, claim, self._real_time)
            self._pool.shutdown(wait=not unfinished)

    def _found(self) -> list[tuple[str, str]]:
        if self._closing.is_set():
            return []
        self._renew()
        self._handed = {key: future for key, future in self._handed.items() if not future.done()}
        due = due_jobs(self._deps.sessions, list(self._jobs), self._deps.clock(), _BATCH)
        found = [key for key in due if key not in self._handed]
        random.shuffle(found)  # replicas that tick together then rarely reach for the same row
        return found

    def _hand_out(self, workspace_id: str, job: str) -> Future[list[Ran]] | None:
        while not self._closing.is_set():
            if self._free.acquire(timeout=_PATIENCE_SECONDS):
                future = self._pool.submit(self._work, workspace_id, self._jobs[job])
                self._handed[workspace_id, job] = future
                return future
            self._renew()
        return None

    def _work(self, workspace_id: str, job: Job) -> list[Ran]:
        ran = []
        begin_request(workspace=workspace_id, job=job.name)
        try:
            while not self._closing.is_set():
                claim = claim_run(self._deps, workspace_id, job, self._real_time, self._lease)
                if claim is None:
                    break
                ran.append(self._run(claim))
        except Exception as error:
            log.error("the job cannot be scheduled", exc_info=error)
            postpone(self._deps, workspace_id, job)
        finally:
            self._free.release()
        return ran

    def _run(self, claim: Claim) -> Ran:
        who = (claim.workspace_id, claim.job.name, claim.period.key)
        reference = begin_request(**dict(zip(("workspace", "job", "period"), who, strict=True)))
        self._running.add(claim)
        failed = False
        try:
            claim.job.run(self._deps, claim.workspace_id, claim.period)
        except Exception as error:
            failed = True
            log.error("the job has failed", exc_info=error)
        finally:
            self._running.discard(claim)
        outcome = settle_run(self._deps, claim, self._real_time, failed=failed)
        log.info("the job was run", outcome=outcome or ("to be tried again" if failed else "taken over"))
        return Ran(*who, outcome, reference)

    def _renew(self) -> None:
        now = self._real_time()
        if now >= self._renew_at:
            self._renew_at = now + self._lease / 4
            for claim in list(self._running):
                renew_lease(self._deps, claim, now + self._lease)


class Ticker:
    """Ticks in the background for as long as a process serves."""

    def __init__(self, deps: Deps, jobs: Sequence[Job]) -> None:
        self._clockwork = Clockwork(deps, jobs)
        self._scheduler = BackgroundScheduler(timezone=UTC)

    def start(self) -> None:
        """Ticks now, and from now on."""
        self._scheduler.add_job(
            self._clockwork.tick,
            "interval",
            seconds=_TICK_SECONDS,
            next_run_time=system_clock(),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Lets what runs come to an end, or gives its lease back."""
        self._clockwork.close()
        if self._scheduler.running:
            self._scheduler.shutdown()
