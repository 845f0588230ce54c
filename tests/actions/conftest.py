from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import build_deps
from bot.settings import Settings
from tests.actions.desk import NOW, Desk
from tests.actions.leave import LeaveDesk


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """The desk of an empty workspace, once on SQLite and once on PostgreSQL."""
    settings = Settings(_env_file=None, SLACK_BOT_TOKEN="xoxb-1", FLOORWALKER_DATABASE_URL=database_url)
    deps = build_deps(settings, lambda: NOW)
    yield Desk(deps, tmp_path)
    deps.sessions.close()


@pytest.fixture
def leave(desk: Desk, tmp_path: Path) -> LeaveDesk:
    """The same where leave is kept, at a time that can be moved."""
    leave = LeaveDesk(desk, tmp_path, NOW)
    desk.deps = replace(desk.deps, clock=lambda: leave.now)
    return leave
