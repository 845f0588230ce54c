"""Workplaces: one for every way in which the bot runs, and the quickest one for details."""

from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.settings import Mode
from tests.scenarios.swapping import Floor, swapping
from tests.workplace import Workplace, opened


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    """What the bot logs, instead of writing it to the terminal."""
    with capture_logs([merge_contextvars]) as lines:
        yield lines


@pytest.fixture(params=list(Mode))
def everywhere(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """Socket Mode and HTTP mode, on both databases."""
    with opened(database_url, request.param, tmp_path) as work:
        yield work


@pytest.fixture
def work(sqlite_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """One way, for what does not depend on it."""
    with opened(sqlite_url, Mode.HTTP, tmp_path) as work:
        yield work


@pytest.fixture(params=list(Mode))
def floor_everywhere(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Floor]:
    """A floor on which shifts are swapped, in Socket Mode and HTTP mode, on both databases."""
    with swapping(database_url, request.param, tmp_path) as floor:
        yield floor


@pytest.fixture(params=list(Mode))
def floor_either_way(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[Floor]:
    """The same in both modes, for what no database decides."""
    with swapping(sqlite_url, request.param, tmp_path) as floor:
        yield floor


@pytest.fixture
def floor(sqlite_url: str, tmp_path: Path) -> Iterator[Floor]:
    """A floor on which shifts are swapped, one way."""
    with swapping(sqlite_url, Mode.HTTP, tmp_path) as floor:
        yield floor
