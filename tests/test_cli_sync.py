"""``floorwalker sync``, as it is typed where the bot runs."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from bot.actions.connections import AT_FIRST
from bot.cli import main
from bot.connectors.knowledge import EVER
from bot.connectors.sealed import seal
from bot.deps import system_clock
from bot.domain.connections import ConnectionState
from bot.manifest import manifest
from bot.sandbox import Sandbox
from bot.settings import Settings
from storage.cases import case_of_reference, events_of
from storage.db import Sessions, open_engine
from storage.kb import articles_of_source
from storage.tables import Case, Connection
from tests.connectors.notion_fake import TOKEN as WIKI_TOKEN
from tests.connectors.notion_fake import NotionFake, block
from tests.connectors.zendesk_fake import ADMIN, TOKEN, Fault, ZendeskFake, zendesk
from tests.sandbox.bots import served
from tests.workplace import SECRET_KEY, until


class Said(NamedTuple):
    """What a command has printed, and its exit code."""

    code: int
    out: str
    err: str


class Past:
    """How long ago it is in Zendesk, as a test chooses."""

    ago = timedelta(days=3)


class Shell:
    """Where commands are typed, and the workspace that they are about."""

    def __init__(self, team: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.team, self._capsys = team, capsys

    def __call__(self, *arguments: str) -> Said:
        code = 0
        try:
            main(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        captured = self._capsys.readouterr()
        assert TOKEN not in captured.out + captured.err
        return Said(code, captured.out, captured.err)


@pytest.fixture
def past() -> Past:
    return Past()


@pytest.fixture
def fake(past: Past) -> Iterator[ZendeskFake]:
    with zendesk(lambda: system_clock() - past.ago) as account:
        yield account


@pytest.fixture
def sessions(sqlite_url: str) -> Iterator[Sessions]:
    opened = Sessions(open_engine(sqlite_url))
    yield opened
    opened.close()


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> Iterator[Shell]:
    """Runs a command as the shell would."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    monkeypatch.chdir(tmp_path)
    with Sandbox(manifest(), rates="off") as sandbox:
        monkeypatch.setenv("SLACK_BOT_TOKEN", sandbox.bot_token)
        monkeypatch.setenv("SLACK_API_URL", sandbox.api_url)
        monkeypatch.setenv("FLOORWALKER_DATABASE_URL", sqlite_url)
        monkeypatch.setenv("FLOORWALKER_SECRET_KEY", SECRET_KEY)
        yield Shell(sandbox.team_id, capsys)


def connect(sessions: Sessions, team: str, fake: ZendeskFake) -> None:
    secrets = {"email": ADMIN, "token": TOKEN}
    keep(sessions, team, "zendesk", fake.url, secrets, system_clock() - AT_FIRST)


def keep(sessions: Sessions, team: str, kind: str, address: str, secrets: dict[str, str], since: datetime) -> None:
    with sessions.write(team) as session:
        session.add(
            Connection(
                workspace_id=team,
                kind=kind,
                address=address,
                secret=seal([bytes(32)], f"{team}:{kind}", secrets),
                options={"since": since.isoformat()},
                state=ConnectionState.GOOD,
                connected_at=system_clock(),
            )
        )


def test_what_changed_since_a_day_is_read_to_the_end_and_waits_where_it_must(
    run: Shell, sessions: Sessions, fake: ZendeskFake, past: Past
) -> None:
    connect(sessions, run.team, fake)
    past.ago = timedelta(days=40)
    old = fake.ticket("Old")
    past.ago = timedelta(days=3)
    new = fake.ticket("New")
    past.ago = timedelta()
    assert run("sync", "zendesk") == Said(0, "Zendesk: read to the end, 1 case.\n", "")
    fake.faults.append(Fault(429, "incremental", {"Retry-After": "1"}))
    day = f"{system_clock() - timedelta(days=60):%Y-%m-%d}"
    said = run("sync", "zendesk", "--since", day)
    assert said == Said(
        0, "Zendesk: read to the end, 2 cases.\n", "Zendesk wants to be left alone. I go on in 1 s.\n"
    )
    assert (titled(sessions, run.team, old), titled(sessions, run.team, new)) == ("Old", "New")
    assert run("sync", "Zendesk").out == "Zendesk: read to the end, 0 cases.\n"
    fake.token = "another"
    refused = run("sync", "zendesk")
    assert (refused.code, refused.out) == (1, "")
    assert "sign in again with /floor connect" in refused.err


def titled(sessions: Sessions, team: str, ticket: int) -> str | None:
    with sessions.read(team) as session:
        found: Case | None = case_of_reference(session, str(ticket), "zendesk")
    return found.title if found else None


def test_a_knowledge_base_is_read_to_its_end(run: Shell, sessions: Sessions) -> None:
    wiki = NotionFake()
    wiki.now = system_clock()
    for title in ("Refunds", "Complaints"):
        wiki.writes(title, block("paragraph", "Words."))
    with served(wiki) as address:
        keep(sessions, run.team, "notion", address, {"token": WIKI_TOKEN}, EVER)
        assert run("sync", "notion") == Said(0, "Notion: read to the end, 2 pages.\n", "")
    with sessions.read(run.team) as session:
        assert {each.title for each in articles_of_source(session, "notion").values()} == {"Refunds", "Complaints"}


def test_what_cannot_be_read_is_said_with_what_to_do(run: Shell, fake: ZendeskFake) -> None:
    assert run("sync", "zendesk") == Said(
        1, "", "Zendesk is not connected. Do that in Slack, with /floor connect.\n"
    )
    unknown = run("sync", "otherdesk")
    assert unknown.code == 2
    assert unknown.err.startswith("otherdesk: no such tool. There are: zendesk")
    assert "expected a day, such as 2026-10-01" in run("sync", "zendesk", "--since", "yesterday").err
    assert "is in the future" in run("sync", "zendesk", "--since", "2199-01-01").err
    assert fake.asked == []


def test_killed_again_and_again_it_loses_nothing_and_doubles_nothing(
    run: Shell, sessions: Sessions, fake: ZendeskFake, past: Past
) -> None:
    connect(sessions, run.team, fake)
    past.ago = timedelta(days=3)
    for each in range(160):
        number = fake.ticket(f"Ticket {each}")
        fake.change(number, comment=True, status="pending")
        past.ago -= timedelta(minutes=1)
    past.ago = timedelta()
    for requests in (30, 100, 170):
        process = subprocess.Popen([sys.executable, "-m", "bot", "sync", "zendesk"], stderr=subprocess.DEVNULL)
        until(partial(_was_asked, fake, requests))
        assert process.poll() is None
        process.kill()
        process.wait()
    assert run("sync", "zendesk").code == 0
    with sessions.read(run.team) as session:
        cases = list(session.scalars(select(Case).where(Case.workspace_id == run.team).order_by(Case.number)))
        counts = {len(events_of(session, case.id)) for case in cases}
    assert [case.number for case in cases] == list(range(1, 161))
    assert [case.external_id for case in cases] == [str(number) for number in fake.tickets]
    assert counts == {4}  # opened, two messages, a state


def _was_asked(fake: ZendeskFake, times: int) -> bool:
    return len(fake.asked) >= times
