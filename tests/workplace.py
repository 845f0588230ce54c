"""A floor at work: a Slack-compatible workspace with people in several zones, and the bot connected to it."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import requests

from bot.actions.people_import import import_people
from bot.actions.settings_change import change_settings
from bot.actions.settings_scopes import scope_of
from bot.actions.shifts_import import import_shifts
from bot.app import Floorwalker, build
from bot.connectors.slack import all_accounts
from bot.connectors.spreadsheets import read_table
from bot.deps import Deps
from bot.domain import people_import, shifts_import
from bot.domain.permissions import OPERATOR
from bot.manifest import manifest
from bot.sandbox import Person, Sandbox, Shown, Times
from bot.sandbox.posting import sign
from bot.settings import Mode, Settings
from bot.web import SOCKETS, Site
from handlers.later import IN_TIME_SECONDS
from storage.people import member_by_email
from storage.tables import Member
from tests.sandbox.bots import served

ACCOUNTS = {
    "ana": ("Ana Ruiz", "Europe/Berlin"),
    "ben": ("Ben Okafor", "Europe/London"),
    "cleo": ("Cleo Hart", "America/New_York"),
    "dev": ("Dev Rao", "Asia/Kolkata"),
    "cora": ("Cora Lind", "Europe/Berlin"),
    "carl": ("Carl Holm", "Europe/Berlin"),
}
PEOPLE = """\
email,name,role,team,skills,timezone
ana@example.com,Ana Ruiz,agent,Mail,refunds;german,Europe/Berlin
ben@example.com,Ben Okafor,agent,Mail,refunds,Europe/London
cleo@example.com,Cleo Hart,lead,Phones,,America/New_York
dev@example.com,Dev Rao,agent,Phones,hindi,Asia/Kolkata
cora@example.com,Cora Lind,coordinator,,,Europe/Berlin
carl@example.com,Carl Holm,contact,Logistics,,Europe/Berlin
"""
# How quickly an answer is there is for the benchmarks to say: here a busy machine is no fault.
PATIENT = Times(ack=10, trigger=10)
IN_NO_HURRY = 8.0  # seconds, of those ten
SECRET_KEY = "A" * 43 + "="
SHIFT_COLUMNS = "email,date,start,end,timezone,queue,note"


class Workplace:
    """One workspace and one bot; what a test needs to bring in a schedule, move the clock and upset things."""

    def __init__(self, sandbox: Sandbox, settings: Settings, mode: Mode, folder: Path) -> None:
        self.sandbox, self.settings, self.mode = sandbox, settings, mode
        self._folder = folder
        self._connection = ExitStack()
        self.floorwalker: Floorwalker
        self.root = ""  # where the bot answers over HTTP

    @property
    def deps(self) -> Deps:
        return self.floorwalker.deps

    def connect(self) -> None:
        """Start the bot and wait until Slack reaches it."""
        self.floorwalker = build(self.settings, clock=self.sandbox.clock.now)
        self.floorwalker.later.in_time = IN_NO_HURRY
        site = Site(self.floorwalker, self.mode)
        self._connection.callback(site.close)
        if site.sockets:
            site.sockets.open()
            until(lambda: self.sandbox.sockets() == SOCKETS)
        else:
            self.root = self._connection.enter_context(served(site))
            self.sandbox.set_request_url(f"{self.root}/slack/events")

    def hurries(self) -> None:
        """The bot answers within the time that Slack allows, also where what it looks for takes longer."""
        self.floorwalker.later.in_time = IN_TIME_SECONDS

    def disconnect(self) -> None:
        """Stop the bot."""
        self._connection.close()

    def person(self, name: str) -> Person:
        """Somebody of the workspace."""
        return self.sandbox.person(name)

    def asks(self, name: str, text: str, where: str = "#general") -> Shown:
        """What somebody reads after typing this command, which nobody else must see."""
        person = self.person(name)
        before = len(person.sees(where))
        person.types(text, where)
        seen = person.sees(where)[before:]
        assert [shown.only_you for shown in seen] == [True], seen
        return seen[0]

    def presses(self, name: str, label: str, on: Shown) -> Shown:
        """The answer after a press, in the place where the button was."""
        person = self.person(name)
        person.presses(label, on)
        assert person.notices == []
        return person.refreshed(on)

    def changes(self, handle: str, **what: Any) -> None:
        """Change somebody's Slack account; the bot has been told when this returns."""
        response = requests.patch(f"{self.sandbox.url}/sandbox/people/{handle}", json=what, timeout=10)
        response.raise_for_status()

    def hears(self, event: dict[str, Any], event_id: str) -> int:
        """The status with which the bot answers an event, posted as Slack posts it."""
        payload = {"team_id": self.sandbox.team_id, "type": "event_callback", "event_id": event_id, "event": event}
        return self.receives(json.dumps(payload), "application/json").status_code

    def interacts(self, payload: dict[str, Any]) -> requests.Response:
        """The answer to a command or an interaction, posted as Slack posts it."""
        form = payload if "command" in payload else {"payload": json.dumps(payload)}
        return self.receives(urlencode(form), "application/x-www-form-urlencoded")

    def receives(self, body: str, content_type: str, secret: str = "") -> requests.Response:
        """The answer to a signed request."""
        now = int(time.time())
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": str(now),
            "X-Slack-Signature": sign(secret or self.sandbox.signing_secret, now, body.encode()),
        }
        return requests.post(f"{self.root}/slack/events", body.encode(), headers=headers, timeout=10)

    def at(self, local: str, zone: str = "Europe/Berlin") -> None:
        """Move the clock to a time on the wall: "2026-10-23 12:00"."""
        self.sandbox.clock.set(self.instant(local, zone))

    def instant(self, local: str, zone: str = "Europe/Berlin") -> datetime:
        """A time on the wall as an instant."""
        return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))

    def member(self, name: str) -> Member:
        """What is stored of somebody on the roster."""
        with self.deps.sessions.read(self.sandbox.team_id) as session:
            found = member_by_email(session, f"{name}@example.com")
        assert found
        return found

    def people(self, text: str = PEOPLE) -> None:
        """Take over a people file."""
        rows = read_table("people.csv", self._file("people.csv", text), people_import.REQUIRED)
        accounts = all_accounts(self.deps.slack)
        import_people(self.deps, self.sandbox.team_id, OPERATOR, rows, accounts, files="people.csv", dry_run=False)

    def shifts(self, *lines: str, replaced: tuple[date, date] | None = None) -> None:
        """Take over a shifts file with these lines; what a line leaves out at its end is empty."""
        file = self._file("shifts.csv", "\n".join([SHIFT_COLUMNS, *lines]))
        rows = read_table("shifts.csv", file, shifts_import.REQUIRED)
        import_shifts(
            self.deps,
            self.sandbox.team_id,
            OPERATOR,
            rows,
            files="shifts.csv",
            replaced=replaced,
            dry_run=False,
            progress=lambda _done, _steps: None,
        )

    def prefers(self, team: str | None = None, **values: str) -> None:
        """Change settings of the workspace or of a team."""
        with self.deps.sessions.read(self.sandbox.team_id) as session:
            scope = scope_of(session, team, None)
        change_settings(self.deps, self.sandbox.team_id, OPERATOR, scope, values)

    def _file(self, name: str, text: str) -> Path:
        path = self._folder / name
        path.write_text(text, encoding="utf-8")
        return path


@contextmanager
def opened(database_url: str, mode: Mode, folder: Path, prefix: str = "") -> Iterator[Workplace]:
    """A workspace with the people of ``ACCOUNTS``, none of them on the roster yet, and the bot in it."""
    with Sandbox(manifest(prefix=prefix), rates="off", times=PATIENT) as sandbox:
        for handle, (name, zone) in ACCOUNTS.items():
            sandbox.invite(handle, real_name=name, tz=zone)
        settings = Settings(
            _env_file=None,
            SLACK_BOT_TOKEN=sandbox.bot_token,
            SLACK_APP_TOKEN=sandbox.app_token,
            SLACK_SIGNING_SECRET=sandbox.signing_secret,
            SLACK_API_URL=sandbox.api_url,
            FLOORWALKER_DATABASE_URL=database_url,
            FLOORWALKER_COMMAND_PREFIX=prefix,
            FLOORWALKER_SECRET_KEY=SECRET_KEY,
        )
        work = Workplace(sandbox, settings, mode, folder)
        work.connect()
        try:
            yield work
        finally:
            work.disconnect()


def until(true: Callable[[], bool]) -> None:
    """Wait for something that another thread does; raises AssertionError once it is plain that it never does."""
    patience = time.monotonic() + 60
    while not true():
        assert time.monotonic() < patience, "what was waited for did not happen"
        time.sleep(0.005)
