"""The sender: works off the lanes of the outbox, several at once and each by one sender at a time.

What people live by (``not_before``, ``expires_at``, quiet hours) is business time, which ``Deps.clock`` tells and
which may be moved in a sandbox. Leases, the pace of posts, pauses that Slack asks for and delays after a failure
are real time, because Slack and other replicas do not move with it.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.deps import Deps
from jobs.outbox_turn import Desk
from storage.db import WorkspaceSession
from storage.lanes import Claim, claim, next_free
from storage.outbox import HAS_MAIL

log = structlog.get_logger()

_THREADS = 8


class Sender:
    """Threads of this process that send; any number of processes may do so on one database."""

    def __init__(self, deps: Deps, desk: Desk, threads: int = _THREADS) -> None:
        self._deps, self._desk, self._threads = deps, desk, threads
        self._pool = ThreadPoolExecutor(threads, "outbox")
        self._clerk = threading.Thread(target=self._run, name="outbox")
        self._closing = threading.Event()
        self._look = threading.Event()
        self._idle = threading.Semaphore(threads)

    def start(self) -> None:
        """Starts sending what is there, and from then on what a commit of this or another process leaves."""
        self._deps.sessions.after_commit.append(self._notice)
        self._clerk.start()

    def close(self) -> None:
        """Lets each call to Slack that was begun come to its end, and gives the lanes back."""
        self._closing.set()
        self._look.set()
        if self._clerk.is_alive():
            self._clerk.join()
            self._deps.sessions.after_commit.remove(self._notice)
        self._pool.shutdown()

    def _notice(self, session: WorkspaceSession) -> None:
        if session.info.get(HAS_MAIL):
            self._look.set()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._look.clear()
            try:
                wait = self._hand_out()
            except SQLAlchemyError as error:
                log.warning("the outbox cannot be read", error=type(error).__name__)
                wait = self._desk.times.poll
            self._look.wait(wait)

    def _hand_out(self) -> float:
        """Gives a lane to each thread that has none; how many seconds until there may be another."""
        times, real, now = self._desk.times, self._desk.real_time(), self._deps.clock()
        idle = sum(self._idle.acquire(blocking=False) for _ in range(self._threads))
        claims: list[Claim] = []
        try:
            with self._deps.sessions.across() as connection:
                until = real + timedelta(seconds=times.lease)
                claims = claim(connection, now, real, until, idle) if idle else []
                free_at = next_free(connection, now)
        finally:
            for _ in range(idle - len(claims)):
                self._idle.release()
        for each in claims:
            self._pool.submit(self._take, each)
        return _seconds(real, free_at, times.poll)

    def _take(self, own: Claim) -> None:
        try:
            self._desk.take(own)
        except SQLAlchemyError as error:
            # The lane is free again when its lease has run out.
            log.warning("a lane was left", lane=own.lane, error=type(error).__name__)
        except Exception:
            log.exception("a lane was left", lane=own.lane)
        finally:
            self._idle.release()
            self._look.set()


def _seconds(real: datetime, free_at: datetime | None, most: float) -> float:
    if free_at is None:
        return most
    return min(most, max(0.0, (free_at - real).total_seconds()))
