"""What may take longer than Slack waits: in the answer where it was quick, after it where it was not."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from contextvars import Context, copy_context
from typing import Any, TypeVar

import structlog
from slack_sdk.errors import SlackClientError
from structlog.contextvars import get_contextvars

from bot.deps import Deps
from handlers.failures import log_failure

log = structlog.get_logger()

T = TypeVar("T")
R = TypeVar("R")
_THREADS = 4
# Of the three seconds that Slack waits; what comes before and after the work takes its time, too.
IN_TIME_SECONDS = 1.5
# What the request is answered with has to be there before it is replaced.
_ANSWERED_SECONDS = 1.0
_GRACE_SECONDS = 5.0


class Later:
    """Works beside the requests, with all the time that Slack wants.

    What a process that ends leaves undone is not done by another one: it is for what is looked up, or is done
    whole or not at all, and can be asked for again. ``in_time`` is how many seconds the request may take.
    """

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self.in_time = IN_TIME_SECONDS
        self._pool = ThreadPoolExecutor(_THREADS, "later")
        self._begun: set[Future[Any]] = set()

    def answer(
        self, find: Callable[[Deps], T], late: Callable[[T], object], failed: Callable[[Exception, str], T]
    ) -> T | None:
        """What is found, if that is soon enough to be the answer; raises what ``find`` raises.

        Otherwise None, and ``late`` is given it when it is there, or what ``failed`` makes of the error and its
        reference.
        """
        context = copy_context()  # who asked, and the reference, for the log
        found = self._begin(context, lambda: find(self._deps))
        if wait([found], self.in_time).done:
            return found.result()

        def deliver(_: Future[T]) -> None:
            with suppress(RuntimeError):  # it closes
                self._begin(context, lambda: _deliver(found, late, failed))

        found.add_done_callback(deliver)
        return None

    def close(self, grace: float = _GRACE_SECONDS) -> None:
        """Begins nothing more, and waits ``grace`` seconds at most for what was begun."""
        self._pool.shutdown(wait=False)
        for each in self._begun.copy():
            # Shutdown could do so, but holds a lock meanwhile for which whoever delivers waits.
            each.cancel()
        wait(self._begun.copy(), grace)

    def _begin(self, context: Context, work: Callable[[], R]) -> Future[R]:
        future = self._pool.submit(context.run, work)
        self._begun.add(future)
        future.add_done_callback(self._begun.discard)
        return future


def _deliver(found: Future[T], late: Callable[[T], object], failed: Callable[[Exception, str], T]) -> None:
    time.sleep(_ANSWERED_SECONDS)
    error = found.exception()
    if isinstance(error, Exception):
        log_failure(error, kind="later")
        what = failed(error, get_contextvars()["reference"])
    else:
        what = found.result()
    try:
        late(what)
    except (SlackClientError, OSError) as error:
        log.warning("an answer came too late", error=type(error).__name__)
