from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from slack_bolt import App

from bot.sandbox import Person, Sandbox, Times
from tests.sandbox.bots import http_mode, socket_mode

Connect = Callable[[App], object]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A workspace with Ana in Madrid and Ben in New York; events are retried almost at once."""
    with Sandbox(rates="off", times=Times(event_retries=(0.01, 0.02, 0.03))) as sandbox:
        sandbox.invite("ana", real_name="Ana Ruiz", tz="Europe/Madrid")
        sandbox.invite("ben", real_name="Ben Okafor", tz="America/New_York")
        yield sandbox


@pytest.fixture
def ana(sandbox: Sandbox) -> Person:
    return sandbox.person("ana")


@pytest.fixture
def ben(sandbox: Sandbox) -> Person:
    return sandbox.person("ben")


@pytest.fixture(params=["socket mode", "http mode"])
def connect(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Connect]:
    """Connects a Bolt app, once in either mode."""
    way = socket_mode if request.param == "socket mode" else http_mode
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(way(sandbox, app))


@pytest.fixture
def serve(sandbox: Sandbox) -> Iterator[Connect]:
    """Connects a Bolt app over HTTP, where the mode does not matter: it is the quicker one."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(http_mode(sandbox, app))
