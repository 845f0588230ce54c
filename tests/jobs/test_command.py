"""``floorwalker run-jobs``, as it is typed."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import requests

from bot.actions.people_import import import_people
from bot.app import JOBS, build_deps
from bot.cli import main
from bot.connectors.slack import all_accounts
from bot.connectors.spreadsheets import read_table
from bot.domain.people_import import REQUIRED
from bot.domain.permissions import OPERATOR
from bot.manifest import manifest
from bot.sandbox import Sandbox
from bot.settings import Settings
from jobs.scheduler import Clockwork
from storage.db import Sessions, open_engine
from storage.people import members
from tests.jobs.clocks import HandClock, deps_on, outcomes
from tests.test_serve import Shell, alive

PEOPLE = "email,name,timezone\nana@example.com,Ana Ruiz,Europe/Madrid\n"


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(manifest(), rates="off") as sandbox:
        sandbox.invite("ana", real_name="Ana Ruiz", tz="Europe/Madrid")
        yield sandbox


@pytest.fixture
def shell(slack: Sandbox, database_url: str, tmp_path: Path) -> Shell:
    """Where Ana is on the roster."""
    shell = Shell(tmp_path, slack.url, FLOORWALKER_DATABASE_URL=database_url)
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE)
    settings = Settings(
        _env_file=None,
        SLACK_BOT_TOKEN=slack.bot_token,
        SLACK_API_URL=slack.api_url,
        FLOORWALKER_DATABASE_URL=database_url,
    )
    deps = build_deps(settings)
    rows = read_table(file.name, file, REQUIRED)
    import_people(deps, slack.team_id, OPERATOR, rows, all_accounts(deps.slack), files=file.name, dry_run=False)
    deps.sessions.close()
    return shell


def next_night() -> tuple[date, str]:
    """The day after tomorrow, and three in its night as it is typed."""
    day = datetime.now(UTC).date() + timedelta(days=2)
    return day, datetime.combine(day, time(3), UTC).isoformat()


def test_what_is_due_is_run_once_and_printed(shell: Shell, slack: Sandbox, database_url: str) -> None:
    idle = shell.runs("run-jobs")
    assert (idle.returncode, idle.stdout) == (0, "Nothing was due.\n")

    requests.patch(f"{slack.url}/sandbox/people/ana", json={"real_name": "Anita"}, timeout=10).raise_for_status()
    day, at = next_night()
    ran = shell.runs("run-jobs", "--at", at)
    assert ran.returncode == 0, ran.stderr
    assert f"{slack.team_id}  people.sync  {day}  done" in ran.stdout.splitlines()
    sessions = Sessions(open_engine(database_url))
    stored = outcomes(sessions, slack.team_id, "people.sync")
    assert stored.pop(day.isoformat()) == "done"
    assert set(stored.values()) == {"skipped"}
    with sessions.read(slack.team_id) as session:
        assert [member.slack_name for member in members(session)] == ["Anita"]
    sessions.close()

    again = shell.runs("run-jobs", "--at", at)
    assert (again.returncode, again.stdout) == (0, "Nothing was due.\n")


def test_a_job_that_fails_is_named_with_its_reference_and_the_exit_code_says_so(
    shell: Shell, slack: Sandbox
) -> None:
    shell.runs("run-jobs")
    slack.faults.fatal_error("users.list", times=None)
    day, at = next_night()
    failed = shell.runs("run-jobs", "--at", at)
    assert failed.returncode == 1
    line = next(line for line in failed.stdout.splitlines() if "people.sync" in line)
    assert line.startswith(f"{slack.team_id}  people.sync  {day}  not done; the log says why under ")
    assert f'"reference": "{line.split()[-1]}"' in failed.stderr


def test_who_serves_runs_what_fell_due_while_nobody_did(shell: Shell, slack: Sandbox, database_url: str) -> None:
    sessions = Sessions(open_engine(database_url))
    long_ago = HandClock(datetime.now(UTC) - timedelta(days=3))
    Clockwork(deps_on(sessions, long_ago), JOBS).meet()
    with shell.starts("serve", "--socket") as process:
        alive(lambda: "done" in outcomes(sessions, slack.team_id, "people.sync").values(), process)
        assert shell.stops(process) == 0
    *missed, latest = outcomes(sessions, slack.team_id, "people.sync").values()
    assert set(missed) == {"skipped"}
    assert latest == "done"
    sessions.close()


@pytest.fixture
def refusal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """What ``run-jobs`` says to an instant that it does not take, where Slack is the real one."""
    monkeypatch.setenv("SLACK_API_URL", "https://slack.com/api/")

    def refused(typed: str) -> str:
        with pytest.raises(SystemExit) as end:
            main(["run-jobs", "--at", typed])
        said = capsys.readouterr()
        assert (end.value.code, said.out) == (2, "")
        return said.err

    return refused


def test_a_future_instant_is_refused_where_slack_is_real(refusal: Callable[[str], str]) -> None:
    said = refusal("2999-12-01T03:00Z")
    assert said.startswith("--at 2999-12-01T03:00Z is in the future: that can only be played against")


@pytest.mark.parametrize("typed", ["tomorrow", "2026-12-01T03:00", "2026-13-01T03:00Z"])
def test_what_is_no_instant_is_refused(refusal: Callable[[str], str], typed: str) -> None:
    assert refusal(typed) == f"--at {typed}: expected an instant with its zone, such as 2026-12-01T03:00Z\n"
