"""A connected Zendesk without Slack: a fake account, who is who on both sides, and what is stored."""

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.actions.cases_turn import happen
from bot.actions.connections import connect
from bot.actions.connections_sync import Synced, sync
from bot.actions.notes import write_note
from bot.actions.people import Caller, recognise
from bot.actions.settings_change import change_settings
from bot.app import build_deps
from bot.deps import Deps
from bot.domain.cases import Happening, Kind
from bot.domain.permissions import CLOCK, OPERATOR
from bot.settings import Settings
from storage.cases import case_of_reference, events_of
from storage.connections import connection
from storage.tables import Case, CaseEvent, CaseWrite, Connection, Message
from tests.actions.desk import Desk, account
from tests.connectors.zendesk_fake import ADMIN, TOKEN, ZendeskFake, zendesk

TEAM = """\
email,name,role,team,timezone
ana@example.com,Ana Ruiz,agent,Mail,UTC
ben@example.com,Ben Okafor,agent,Mail,UTC
cora@example.com,Cora Lind,coordinator,,UTC
"""
KEY = base64.b64encode(bytes(range(32))).decode()
NOWHERE = "http://127.0.0.1:9/api/"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


class ConnectionDesk:
    """One workspace with people of whom Ana and Cora work in Zendesk, too, on a clock that is moved by hand."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.now = NOON
        self.deps: Deps = build_deps(settings_of(database_url), lambda: self.now)
        self.fake: ZendeskFake
        self._desk = Desk(self.deps, folder)
        self.people(TEAM)
        self._desk.shifts("ana@example.com,2026-11-02,09:00,17:00,UTC,Refunds")
        change_settings(self.deps, "T1", OPERATOR, "workspace", {"ops_channel": "C0OPS"})

    def people(self, text: str) -> None:
        """Take over a people file; everybody has an account."""
        names = [line.partition("@")[0] for line in text.splitlines() if "@" in line]
        self._desk.people(text, [account(name, f"U0{name.upper()}") for name in names])

    def caller(self, name: str) -> Caller:
        """Somebody who acts."""
        return recognise(self.deps, "T1", f"U0{name.upper()}")

    def connects(self, token: str = TOKEN) -> tuple[str, str]:
        """Cora connects the account."""
        secrets = {"email": ADMIN, "token": token}
        return connect(self.deps, self.caller("cora"), "zendesk", self.fake.url, secrets)

    def passes(self, minutes: float = 2) -> None:
        """Time goes by; of the last minute Zendesk tells nothing."""
        self.now += timedelta(minutes=minutes)

    def syncs(self, most: int | None = None) -> Synced:
        """What is new is read, after what waits was written."""
        self.passes()
        return sync(self.deps, "T1", CLOCK, "zendesk", most=most)

    def does(self, name: str, ticket: int, kind: Kind, **data: object) -> None:
        """Somebody of ours does something about a case."""
        actor = self.caller(name).actor
        with self.deps.sessions.write("T1") as session:
            case = case_of_reference(session, str(ticket), "zendesk")
            assert case
            happen(session, self.deps, actor, case, Happening(kind, data, member_id=actor.member_id))

    def note(self, name: str, ticket: int, text: str) -> None:
        """Somebody of ours writes something beside a case."""
        actor = self.caller(name).actor
        with self.deps.sessions.write("T1") as session:
            case = case_of_reference(session, str(ticket), "zendesk")
            assert case
            note_id = write_note(session, self.deps, actor.member_id, text)
            happen(session, self.deps, actor, case, Happening(Kind.NOTE, note_id=note_id))

    def case(self, ticket: int) -> Case:
        """Our case of a ticket."""
        with self.deps.sessions.read("T1") as session:
            found = case_of_reference(session, str(ticket), "zendesk")
        assert found
        return found

    def cases(self) -> list[Case]:
        """All of them, by number."""
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(select(Case).where(Case.workspace_id == "T1").order_by(Case.number)))

    def events(self, ticket: int) -> Sequence[CaseEvent]:
        """What happened to the case of a ticket."""
        with self.deps.sessions.read("T1") as session:
            found = case_of_reference(session, str(ticket), "zendesk")
            assert found
            return events_of(session, found.id)

    def writes(self) -> list[CaseWrite]:
        """All that was to be written, in order."""
        statement = select(CaseWrite).where(CaseWrite.workspace_id == "T1").order_by(CaseWrite.number)
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(statement))

    def told(self, card: str) -> list[str]:
        """Where messages of a card went."""
        statement = select(Message.lane).where(Message.workspace_id == "T1", Message.card == card)
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(statement))

    @property
    def connection(self) -> Connection:
        """The connection as it is stored."""
        with self.deps.sessions.read("T1") as session:
            found = connection(session, "zendesk")
        assert found
        return found

    def member(self, name: str) -> str:
        """The id of somebody."""
        return str(self.caller(name).actor.member_id)


def settings_of(database_url: str, key: str = KEY) -> Settings:
    """Of a process that has a key."""
    return Settings(
        _env_file=None,
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_API_URL=NOWHERE,
        FLOORWALKER_DATABASE_URL=database_url,
        FLOORWALKER_SECRET_KEY=key,
    )


@contextmanager
def connected(database_url: str, folder: Path) -> Iterator[ConnectionDesk]:
    """A desk whose Zendesk is connected, and empty."""
    desk = ConnectionDesk(database_url, folder)
    with zendesk(lambda: desk.now) as desk.fake:
        desk.connects()
        yield desk
    desk.deps.sessions.close()
