"""What the log says of a working day, and what it must never say."""

import json
import logging
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.logs import begin_request, set_up_logs
from bot.settings import Mode
from tests.databases import Cluster
from tests.workplace import Workplace, opened

SECRET = "a note that nobody else may read"
TYPED = "zzz words of ana"
MENTIONED = ("sandbox-bot-token", "sandbox-app-token", "sandbox-signing-secret", "@example.com", SECRET, TYPED)


@contextmanager
def as_served() -> Iterator[StringIO]:
    """Sets the log up as in the product, and at the end as it was; what is written to it."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    with redirect_stderr(StringIO()) as log:
        set_up_logs()
    try:
        yield log
    finally:
        root.handlers, root.level = handlers, level
        structlog.reset_defaults()
        structlog.contextvars.clear_contextvars()
        for name in ("slack_sdk", "floorwalker.slack", "urllib3", "alembic"):
            logging.getLogger(name).setLevel(logging.NOTSET)


def day(work: Workplace) -> None:
    """People ask, are refused, change and press."""
    work.at("2026-11-04 12:00")
    work.people()
    work.shifts(f"ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,billing,{SECRET}")
    work.sandbox.invite("zoe", real_name="Zoe Quinn")
    assert SECRET in work.asks("ana", "/shifts").text
    assert TYPED in work.asks("ana", f"/shifts {TYPED}").text
    work.presses("ana", "Fri, Nov 13", work.asks("ana", "/shifts next friday"))
    work.asks("zoe", "/shifts")
    work.changes("ana", tz="Europe/Paris")
    work.sandbox.faults.fatal_error("users.info", times=None)
    assert "Slack did not answer me" in work.asks("zoe", f"/shifts {TYPED}").text
    work.sandbox.faults.clear()


@pytest.mark.parametrize("mode", list(Mode))
def test_a_log_has_who_and_where_and_a_reference_and_nothing_that_was_written(
    postgresql_url: str, tmp_path: Path, cluster: Cluster, mode: Mode
) -> None:
    with as_served() as stream, opened(postgresql_url, mode, tmp_path) as work:
        day(work)
        cluster.stop()
        try:
            sorry = work.asks("ana", f"/shifts {TYPED}").text
        finally:
            cluster.start()
        who = {name: work.sandbox.user_id(name) for name in ("ana", "zoe")}
        workspace = work.sandbox.team_id
    log = stream.getvalue()
    lines: list[dict[str, Any]] = [json.loads(line) for line in log.splitlines()]
    failed = [line for line in lines if line["event"] in ("slack is away", "request failed")]
    assert [(line["workspace"], line["actor"], line["level"]) for line in failed] == [
        (workspace, who["zoe"], "warning"),
        (workspace, who["ana"], "error"),
    ]
    assert failed[1]["reference"] in sorry
    assert "OperationalError" in failed[1]["exception"]
    assert [word for word in MENTIONED if word in log] == []


def test_a_reference_is_short_and_never_the_same() -> None:
    references = {begin_request(workspace="T1", actor="U1") for _ in range(100)}
    assert len(references) == 100
    assert all(re.fullmatch(r"[0-9a-f]{8}", reference) for reference in references)
    structlog.contextvars.clear_contextvars()


def test_on_a_terminal_the_log_is_for_people_and_shows_no_variables() -> None:
    program = (
        "import structlog; from bot.logs import set_up_logs; set_up_logs()\n"
        "def fail():\n"
        "    typed = 'zzz' + ' words'\n"
        "    raise ValueError('broken')\n"
        "try: fail()\n"
        "except ValueError: structlog.get_logger().exception('request failed', reference='0f3a9c11')\n"
    )
    reader, writer = pty.openpty()
    root = Path(__file__).parent.parent
    subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=root, stderr=writer, check=True)
    os.close(writer)
    said = os.read(reader, 100_000).decode()
    os.close(reader)
    assert "request failed" in said
    assert "0f3a9c11" in said
    assert "ValueError: broken" in said
    assert "zzz words" not in said
    assert not said.startswith("{")
