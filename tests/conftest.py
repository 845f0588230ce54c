"""What every test can ask for, and what is watched in every test."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.domain import bank

pytest_plugins = ("tests.databases", "tests.guard", "tests.statements")

# No example has to be quick: a slow machine is no fault. In CI a change is judged by the same examples each time;
# elsewhere new ones are tried with each run.
settings.register_profile("floorwalker", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("floorwalker")


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Half as many workers again as there are processors: tests often wait, for a process, a browser or a disk."""
    processors = yield
    return processors + processors // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts first what takes longest, so that at the end nobody waits for it alone."""
    items.sort(key=lambda item: "killing" not in item.path.parts and item.path.name != "test_tour.py")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing may be skipped but for want of data that is not ours to copy; the rest is installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    skipped = [each for each in reports if bank.MISSING not in str(each.longrepr)]
    if os.environ.get("CI") and skipped and session.exitstatus == 0:
        session.exitstatus = 1
