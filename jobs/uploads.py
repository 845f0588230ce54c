"""Uploads are worked off as soon as they are there; what is left behind or too old is seen to in time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog

from bot.actions.uploads import expire
from bot.actions.uploads_work import work_off
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job
from storage.db import WorkspaceSession
from storage.uploads import HAS_UPLOADS

log = structlog.get_logger()

_THREADS = 2


class Clerk:
    """Works off what a commit of this process has left to do; a job finds what other processes left and died."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._pool = ThreadPoolExecutor(_THREADS, "uploads")

    def start(self) -> None:
        """Hears of every commit from now on."""
        self._deps.sessions.after_commit.append(self._notice)

    def close(self) -> None:
        """Lets what was begun come to its end, and begins nothing more."""
        if self._notice in self._deps.sessions.after_commit:
            self._deps.sessions.after_commit.remove(self._notice)
        self._pool.shutdown(cancel_futures=True)

    def _notice(self, session: WorkspaceSession) -> None:
        if session.info.get(HAS_UPLOADS):
            self._pool.submit(self._work, session.workspace_id)

    def _work(self, workspace_id: str) -> None:
        try:
            work_off(self._deps, workspace_id)
        except Exception as error:
            log.error("uploads were left", workspace=workspace_id, exc_info=error)


def see_to_uploads(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Does what was left to do, and forgets what is too old."""
    work_off(deps, workspace_id)
    expire(deps, workspace_id)


SETTLE = Job("uploads.settle", Every(timedelta(minutes=5)), see_to_uploads)
