"""What whoever runs the bot reads of how it is doing, and what to do about it."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import requests
from sqlalchemy import text

from bot.actions.health import health
from bot.actions.people import recognise
from bot.app import JOBS
from bot.cli import main
from bot.deps import new_id, system_clock
from bot.domain.health import Check
from bot.domain.permissions import NotPermitted
from bot.manifest import SCOPES, manifest
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.views.health import JOB_TITLES
from bot.web_calendar import answer_calendar
from storage.tables import Base, JobRun, JobSchedule, Lane, Message
from tests.guard import lifted
from tests.sandbox.bots import served
from tests.test_serve import free_port
from tests.workplace import PEOPLE, Workplace

MARKS = {"✓": True, "✗": False, "–": None}


class Said(NamedTuple):
    """What the command has printed: each check by its name, the last line, and the exit code."""

    code: int
    checks: dict[str, Check]
    end: str


Doctor = Callable[..., Said]


def read(printed: str) -> dict[str, Check]:
    """The table as somebody reads it."""
    found: dict[str, Check] = {}
    for line in printed.replace("\N{NO-BREAK SPACE}", " ").splitlines():
        if advice := re.match(r"\s+→ (.+)", line):
            last = found.popitem()[1]
            found[last.name] = Check(last.name, last.ok, last.found, advice[1])
        elif said := re.match(r"([✓✗–]) (\S+(?: \S+)*)\s{2,}(.+)", line):
            found[said[2]] = Check(said[2], MARKS[said[1]], said[3])
    return found


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Doctor:
    """Runs the command in an environment with these settings, on top of those of a workplace."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")

    def _run(slack: Sandbox, database_url: str, **settings: str) -> Said:
        usual = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "FLOORWALKER_DATABASE_URL": database_url,
            "FLOORWALKER_PORT": str(free_port()),
        }
        for name, value in (usual | settings).items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            main(["doctor"])
        printed = capsys.readouterr()
        assert printed.err == ""
        assert not re.search(r"x(oxb|app)-\w", printed.out)
        return Said(int(end.value.code or 0), read(printed.out), printed.out.splitlines()[-1])

    return _run


@pytest.fixture
def examine(work: Workplace, doctor: Doctor) -> Doctor:
    """The same for the workplace of the test."""
    return lambda **settings: doctor(work.sandbox, work.settings.database_url, **settings)


def put(work: Workplace, *rows: Base) -> None:
    """Store rows as a bot that has served would have left them."""
    with work.deps.sessions.write(work.sandbox.team_id) as session:
        session.add_all(rows)


def ran(work: Workplace, ago: timedelta, outcome: str = "done", due_in: timedelta = timedelta(minutes=4)) -> None:
    """A job ended so long ago, and is due again."""
    now, team = system_clock(), work.sandbox.team_id
    put(
        work,
        JobSchedule(workspace_id=team, job="swaps.expire", period="b", next_due_at=now + due_in),
        JobRun(
            workspace_id=team,
            job="swaps.expire",
            period="a",
            due_at=now - ago,
            lease_until=now,
            fence=1,
            tries=0,
            finished_at=now - ago,
            outcome=outcome,
        ),
    )


def message(work: Workplace, ago: timedelta, state: str = "open", error: str | None = None) -> Message:
    """A message that was written so long ago and is not posted."""
    written = int((system_clock() - ago).timestamp() * 1000)
    message_id = UUID(int=written << 80 | new_id().int & (1 << 80) - 1)
    return Message(
        workspace_id=work.sandbox.team_id,
        id=message_id,
        key=str(message_id),
        card="news",
        audience="all",
        lane="C1",
        number=1,
        priority=1,
        state=state,
        error=error,
    )


def test_a_bot_that_is_well_is_told_so(work: Workplace, examine: Doctor) -> None:
    work.people()
    work.sandbox.channel("#ops", private=True, members=["cora"], bot=True)
    work.sandbox.channel("#floor", members=["ana"], bot=True)
    work.prefers(ops_channel=work.sandbox.channel_id("#ops"), floor_channel=work.sandbox.channel_id("#floor"))
    work.prefers(time_zone="Europe/Berlin", jurisdiction="eu")
    work.shifts(f"ana@example.com,{system_clock().date() + timedelta(days=7)},09:00,17:00,Europe/Berlin,mail")
    ran(work, timedelta(minutes=3))
    said = examine(FLOORWALKER_PUBLIC_URL=work.root)
    assert {each.name: (each.ok, each.advice) for each in said.checks.values()} == dict.fromkeys(
        (
            *("Bot token", "Permissions", "Connection", "Clock", "Database"),
            *("Coordinators' channel", "Everybody's channel", "Messages", "Jobs", "Serving", "People"),
            *("Connected tools", "Setup", "Public address"),
        ),
        (True, ""),
    )
    assert said.checks["Serving"].found == "at work 3 min ago"
    assert said.checks["Coordinators' channel"].found == "#ops"
    assert (said.code, said.end) == (0, "All is well.")


def test_what_is_not_set_up_is_no_fault(examine: Doctor) -> None:
    said = examine()
    assert said.checks["Coordinators' channel"].ok is None
    assert (
        said.checks["Coordinators' channel"].advice
        == "Choose one: /floor channels in Slack, or floorwalker settings set ops_channel=#channel"
    )
    assert said.checks["Serving"].found == "nothing has served this workspace yet"
    assert said.checks["Public address"].found == "not set, so calendars cannot reach me"
    assert said.code == 0
    assert said.end == (
        "Nothing is wrong. Worth a look: "
        "Coordinators' channel, Everybody's channel, Serving, Setup, Public address."
    )


def test_an_empty_roster_and_schedule_lead_to_the_set_up(work: Workplace, examine: Doctor) -> None:
    said = examine()
    assert (said.checks["People"].ok, said.checks["People"].found) == (None, "nobody is on the roster yet")
    assert (
        said.checks["Setup"].found
        == "still to do: Channels; Time zone, language and law; People; Coordinators; Schedule"
    )
    assert said.checks["Setup"].advice.startswith("Type /floor setup in Slack")
    work.people()
    assert examine().checks["Setup"].found == "still to do: Channels; Time zone, language and law; Schedule"


def test_a_wrong_bot_token_is_named_and_the_rest_is_looked_at(work: Workplace, examine: Doctor) -> None:
    work.people(f"{PEOPLE}zoe@example.com,Zoe Quinn,agent,Mail,,Asia/Tokyo\n")
    said = examine(SLACK_BOT_TOKEN="xoxb-of-somebody-else")
    assert said.checks["Bot token"].found == "Slack refuses it: invalid_auth"
    assert "SLACK_BOT_TOKEN" in said.checks["Bot token"].advice
    assert said.checks["Permissions"].ok is None
    assert said.checks["Database"].ok
    assert said.checks["People"].found == "no Slack account: Zoe Quinn"
    assert said.code == 1
    assert said.end.startswith("One thing is wrong: Bot token. Worth a look: ")


def test_a_wrong_app_token_is_named(examine: Doctor) -> None:
    said = examine(SLACK_APP_TOKEN="xapp-of-somebody-else")
    assert said.checks["Connection"].found == "Slack refuses the app token: invalid_auth"
    assert "SLACK_APP_TOKEN" in said.checks["Connection"].advice
    assert said.checks["Bot token"].ok
    assert said.code == 1


def test_where_both_ways_are_set_up_and_none_is_served_the_choice_is_said(
    work: Workplace, examine: Doctor
) -> None:
    secret = work.sandbox.signing_secret
    said = examine(SLACK_SIGNING_SECRET=secret).checks["Connection"]
    assert said.found == (
        "Socket Mode, and Slack takes the app token; "
        "HTTP mode is set up, too, and “floorwalker serve --http” chooses it"
    )
    refused = examine(SLACK_SIGNING_SECRET=secret, SLACK_APP_TOKEN="xapp-of-somebody-else").checks["Connection"]
    assert refused.ok is False
    assert refused.advice.endswith("Or use HTTP mode: “floorwalker serve --http”.")


def test_a_bot_that_is_served_by_http_needs_no_app_token(work: Workplace, examine: Doctor) -> None:
    port = work.root.rpartition(":")[2]
    said = examine(SLACK_SIGNING_SECRET="secret", SLACK_APP_TOKEN="xapp-of-yesterday", FLOORWALKER_PORT=port)
    assert said.checks["Connection"] == Check("Connection", True, "HTTP mode, as it is served now")


def test_when_slack_is_away_the_database_is_looked_at_all_the_same(work: Workplace, examine: Doctor) -> None:
    work.people()
    work.prefers(ops_channel="C0OPS")
    said = examine(SLACK_API_URL=f"http://127.0.0.1:{free_port()}/api/")
    assert said.checks["Bot token"].found == "Slack does not answer: URLError"
    assert said.checks["Coordinators' channel"].found == "not looked at, because Slack does not answer"
    assert said.checks["Database"].ok
    assert said.checks["People"].ok
    assert said.code == 1


def test_a_database_that_is_not_there_is_not_made(work: Workplace, doctor: Doctor, tmp_path: Path) -> None:
    missing = tmp_path / "none.sqlite3"
    said = doctor(work.sandbox, f"sqlite:///{missing}")
    assert said.checks["Database"].found == "there is no file yet"
    assert said.checks["Bot token"].ok
    assert said.checks["People"].found == "not looked at, because the database is not there"
    assert said.code == 1
    assert not missing.exists()


@pytest.mark.parametrize("kind", ["file", "server"])
def test_a_database_that_cannot_be_used_hides_nothing_else(
    work: Workplace, doctor: Doctor, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "letter.sqlite3").write_text("Dear all, " * 100)
    url = {"file": f"sqlite:///{tmp_path}/letter.sqlite3", "server": f"postgresql://me@/mine?host={tmp_path}"}[
        kind
    ]
    said = doctor(work.sandbox, url)
    assert said.checks["Database"].found.startswith("it cannot be used: ")
    assert said.checks["Bot token"].ok
    assert said.code == 1


def test_a_database_that_is_behind_is_not_touched(work: Workplace, examine: Doctor) -> None:
    with lifted(), work.deps.sessions.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0005'"))
    said = examine()
    assert "Revision 0006 has not been applied yet." in said.checks["Database"].found
    assert "floorwalker db upgrade" in said.checks["Database"].advice
    with lifted(), work.deps.sessions.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0005"


def test_a_permission_that_the_app_lacks_is_named_with_what_wants_it(doctor: Doctor, sqlite_url: str) -> None:
    document = json.loads(json.dumps(manifest()))
    document["oauth_config"]["scopes"]["bot"].remove("im:write")
    with Sandbox(document) as sandbox:
        said = doctor(sandbox, sqlite_url)
    assert said.checks["Permissions"].found == f"missing: im:write ({SCOPES['im:write']})"
    assert "floorwalker manifest" in said.checks["Permissions"].advice
    assert said.code == 1


def test_channels_in_which_nobody_would_read_are_named(work: Workplace, examine: Doctor) -> None:
    work.sandbox.channel("#floor", members=["ana"])
    work.prefers(ops_channel="C0GONE", floor_channel=work.sandbox.channel_id("#floor"))
    said = examine()
    assert said.checks["Coordinators' channel"].found == "I cannot see it: channel_not_found"
    assert said.checks["Everybody's channel"].found == "I am not in #floor"
    assert said.checks["Everybody's channel"].advice == "In #floor, type: /invite @Floorwalker"
    assert said.end.startswith("2 things are wrong: Coordinators' channel, Everybody's channel. ")


def test_an_archived_channel_is_named(work: Workplace, examine: Doctor) -> None:
    work.sandbox.channel("#floor", members=["ana"], bot=True)
    work.prefers(floor_channel=work.sandbox.channel_id("#floor"))
    archived = requests.patch(f"{work.sandbox.url}/sandbox/channels/floor", json={"archived": True}, timeout=10)
    archived.raise_for_status()
    assert examine().checks["Everybody's channel"].found == "#floor is archived"


def test_messages_that_wait_too_long_or_failed_are_counted(work: Workplace, examine: Doctor) -> None:
    lane = Lane(workspace_id=work.sandbox.team_id, lane="C1", told=0, fence=0)
    put(work, lane, message(work, timedelta(minutes=2)))
    fresh = examine().checks["Messages"]
    assert (fresh.ok, fresh.found) == (True, "1 message waiting, the oldest for 2 min")

    put(
        work,
        message(work, timedelta(hours=3)),
        message(work, timedelta(days=1), "failed", "is_archived"),
        message(work, timedelta(days=8), "failed", "user_disabled"),
    )
    said = examine().checks["Messages"]
    assert said.ok is False
    assert "2 messages waiting, the oldest for 3 h" in said.found
    assert "1 not deliverable in the last 7 days (is_archived: 1)" in said.found


def test_a_bot_that_serves_no_longer_is_noticed(work: Workplace, examine: Doctor) -> None:
    ran(work, timedelta(hours=5), due_in=-timedelta(hours=5))
    said = examine()
    assert said.checks["Serving"].found == "nothing has worked for 5 h"
    assert said.checks["Jobs"].found == "ending unsettled swaps should have been done 5 h ago"
    assert said.checks["Jobs"].advice.endswith("what its log says of swaps.expire.")
    assert said.end.startswith("2 things are wrong: Jobs, Serving. ")


def test_a_bot_that_has_just_begun_to_serve_is_no_fault(work: Workplace, examine: Doctor) -> None:
    soon = system_clock() + timedelta(minutes=4)
    put(work, JobSchedule(workspace_id=work.sandbox.team_id, job="swaps.expire", period="a", next_due_at=soon))
    said = examine()
    assert said.checks["Serving"].found == "nothing was due yet"
    assert said.checks["Jobs"].found == "1 job not due yet"
    assert said.code == 0


def test_a_job_that_failed_is_named(work: Workplace, examine: Doctor) -> None:
    ran(work, timedelta(minutes=2), "failed")
    said = examine()
    assert said.checks["Jobs"].found == "ending unsettled swaps failed when it was last tried"
    assert said.checks["Serving"].ok


def test_every_job_is_called_by_what_it_is_there_for() -> None:
    assert set(JOB_TITLES) == {job.name for job in JOBS}


def test_a_proxy_that_lets_only_calendars_through_is_enough(work: Workplace, examine: Doctor) -> None:
    def proxy(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/calendar/"):
            return answer_calendar(work.deps, environ, start_response)
        start_response("404 Not Found", [])
        return []

    with served(proxy) as address:
        assert examine(FLOORWALKER_PUBLIC_URL=address).checks["Public address"].ok


def test_a_public_address_that_leads_elsewhere_is_noticed(work: Workplace, examine: Doctor) -> None:
    said = examine(FLOORWALKER_PUBLIC_URL=f"http://127.0.0.1:{free_port()}")
    assert said.checks["Public address"].ok is False
    assert examine(FLOORWALKER_PUBLIC_URL=work.sandbox.url).checks["Public address"].ok is False


@pytest.mark.parametrize(
    ("off", "ok", "found"),
    [
        (timedelta(seconds=10), True, "right"),
        (timedelta(minutes=5, seconds=30), False, "ahead of Slack's"),
        (-timedelta(minutes=5, seconds=30), False, "behind Slack's"),
    ],
)
def test_a_clock_that_is_off_is_noticed(work: Workplace, off: timedelta, ok: bool, found: str) -> None:
    checks = health(work.deps, work.sandbox.team_id, real_time=lambda: system_clock() + off)
    [clock] = [each for each in checks if each.name == "Clock"]
    assert clock.ok is ok
    assert found in clock.found


def test_a_moved_business_clock_is_no_fault(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    checks = health(work.deps, work.sandbox.team_id)
    assert [each for each in checks if each.ok is False] == []


def test_coordinators_read_it_and_agents_do_not(work: Workplace) -> None:
    work.people()
    team = work.sandbox.team_id
    cora, ana = (recognise(work.deps, team, work.sandbox.user_id(name)) for name in ("cora", "ana"))
    assert health(work.deps, team, cora)
    with pytest.raises(NotPermitted):
        health(work.deps, team, ana)
