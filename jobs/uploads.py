"""Uploads are worked off as soon as they are there; what is left behind or too old is seen to in time."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.uploads import end_undo, expire
from bot.actions.uploads_work import work_off
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job
from storage.db import WorkspaceSession
from storage.health import workspace_ids
from storage.uploads import HAS_UPLOADS

log = structlog.get_logger()

_THREADS = 2
# Together with the clock's, less than gunicorn gives a worker that was told to stop.
_GRACE_SECONDS = 10.0


class Clerk:
    """Works off what is left when it starts, and what each commit of this process leaves to do.

    A job finds what other processes left and died.
    """

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._pool = ThreadPoolExecutor(_THREADS, "uploads")
        self._closing = threading.Event()
        self._handed: set[Future[None]] = set()

    def start(self) -> None:
        """Hears of every commit from now on, and looks at what is there."""
        self._deps.sessions.after_commit.append(self._notice)
        self._hand_out(self._look_round)

    def close(self, grace: float = _GRACE_SECONDS) -> None:
        """Begins nothing more; what has not ended after ``grace`` seconds is left to whoever looks next."""
        self._closing.set()
        if self._notice in self._deps.sessions.after_commit:
            self._deps.sessions.after_commit.remove(self._notice)
        self._pool.shutdown(wait=False, cancel_futures=True)
        unfinished = wait(self._handed.copy(), timeout=grace).not_done
        self._pool.shutdown(wait=not unfinished)

    def _notice(self, session: WorkspaceSession) -> None:
        if session.info.get(HAS_UPLOADS):
            self._hand_out(self._work, session.workspace_id)

    def _hand_out(self, work: Callable[..., None], *arguments: Any) -> None:
        with suppress(RuntimeError):  # it closes: whoever looks next finds what is left
            future = self._pool.submit(work, *arguments)
            self._handed.add(future)
            future.add_done_callback(self._handed.discard)

    def _look_round(self) -> None:
        try:
            known = workspace_ids(self._deps.sessions)
        except SQLAlchemyError as error:
            log.warning("uploads cannot be looked for", error=type(error).__name__)
            return
        for workspace_id in known:
            if self._closing.is_set():
                return
            self._work(workspace_id)

    def _work(self, workspace_id: str) -> None:
        try:
            work_off(self._deps, workspace_id)
        except Exception as error:
            log.error("uploads were left", workspace=workspace_id, exc_info=error)


def see_to_uploads(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Does what was left to do, forgets what is too old, and offers no undo that cannot be had any more."""
    work_off(deps, workspace_id)
    expire(deps, workspace_id)
    end_undo(deps, workspace_id)


SETTLE = Job("uploads.settle", Every(timedelta(minutes=5)), see_to_uploads)
