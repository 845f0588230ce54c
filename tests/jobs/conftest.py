"""A clock to move, and a Clockwork on it."""

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from jobs.runs import Job
from jobs.scheduler import Clockwork
from storage.db import Sessions
from tests.jobs.clocks import HandClock, Notes, at, deps_on

Winding = Callable[..., Clockwork]


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    """What is logged, instead of writing it to the terminal."""
    with capture_logs([merge_contextvars]) as lines:
        yield lines


@pytest.fixture
def clock() -> HandClock:
    """Noon on a Wednesday in autumn."""
    return HandClock(at("2026-10-21T12:00"))


@pytest.fixture
def notes() -> Notes:
    """Where jobs note that they ran."""
    return Notes()


@pytest.fixture
def wind(sessions: Sessions, clock: HandClock) -> Iterator[Winding]:
    """Makes clockworks of jobs, on the test's database and clock unless it is said otherwise."""
    made: list[Clockwork] = []

    def make(*jobs: Job, on: Sessions = sessions, **options: Any) -> Clockwork:
        made.append(Clockwork(deps_on(on, clock), jobs, **options))
        return made[-1]

    yield make
    for each in made:
        each.close()
