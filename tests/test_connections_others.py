"""Freshdesk and Jira are read into our cases by the same engine as Zendesk, and written by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.actions.cases_turn import happen
from bot.actions.connections import connect
from bot.actions.connections_sync import Synced, sync
from bot.domain.cases import By, Happening, Kind, State
from bot.domain.connections import WriteState
from bot.domain.permissions import CLOCK
from storage.cases import case_of_reference, events_of
from storage.connections import connection
from storage.tables import Case
from tests.connection_desk import NOON, ConnectionDesk
from tests.connectors.freshdesk_fake import KEY, FreshdeskFake
from tests.connectors.jira_fake import ANA, KIM, LOGIN, JiraFake
from tests.connectors.wsgi_fake import Answer, Fake
from tests.sandbox.bots import served


@dataclass
class Connected:
    """A desk that is connected to one of the two; ``ticket`` is the one that a customer has opened at noon."""

    desk: ConnectionDesk
    kind: str
    fake: Any
    ticket: str

    def passes(self, minutes: float) -> None:
        """Time goes by on both sides."""
        self.desk.now += timedelta(minutes=minutes)
        self.fake.now = self.desk.now

    def syncs(self) -> Synced:
        """What is new is read, after what waits was written."""
        self.passes(2)
        return sync(self.desk.deps, "T1", CLOCK, self.kind)

    def case(self) -> Case:
        """Our case of the ticket."""
        with self.desk.deps.sessions.read("T1") as session:
            found = case_of_reference(session, self.ticket, self.kind)
        assert found
        return found

    def history(self) -> list[tuple[str, str, float]]:
        """What happened to it, by whom, and how many minutes after noon."""
        with self.desk.deps.sessions.read("T1") as session:
            rows = events_of(session, self.case().id)
        return [(row.kind, row.by, (row.at - NOON).total_seconds() / 60) for row in rows]

    def does(self, kind: Kind, **data: object) -> None:
        """Cora does something about the case."""
        actor = self.desk.caller("cora").actor
        with self.desk.deps.sessions.write("T1") as session:
            case = case_of_reference(session, self.ticket, self.kind)
            assert case
            happen(session, self.desk.deps, actor, case, Happening(kind, data, member_id=actor.member_id))


@contextmanager
def freshdesk(desk: ConnectionDesk) -> Iterator[Connected]:
    fake = FreshdeskFake()
    fake.now = NOON
    ticket = fake.opens("Where is my refund?", responder_id=901)
    with served(fake) as address:
        connect(desk.deps, desk.caller("cora"), "freshdesk", address, {"key": KEY})
        yield Connected(desk, "freshdesk", fake, str(ticket))


@contextmanager
def jira(desk: ConnectionDesk) -> Iterator[Connected]:
    fake = JiraFake()
    fake.now = NOON
    ana = {**ANA, "emailAddress": "ana@example.com"}
    key = fake.opens("Where is my refund?", assignee=ana)
    fake.people = [ana]
    fake.promises(key, "Time to resolution", NOON + timedelta(hours=8))
    email, token = LOGIN.split(":")
    with served(fake) as address:
        secrets = {"email": email, "token": token, "projects": "SUP"}
        connect(desk.deps, desk.caller("cora"), "jira", address, secrets)
        yield Connected(desk, "jira", fake, key)


@pytest.fixture(params=[freshdesk, jira])
def connected(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[Connected]:
    desk, opens = ConnectionDesk(sqlite_url, tmp_path), request.param
    with opens(desk) as found:
        yield found
    desk.deps.sessions.close()


def replies(connected: Connected) -> None:
    """Ana writes to the customer, there."""
    if isinstance(connected.fake, FreshdeskFake):
        connected.fake.says(int(connected.ticket), by=901)
    else:
        connected.fake.says(connected.ticket, ANA)


def answers(connected: Connected) -> None:
    """The customer writes."""
    if isinstance(connected.fake, FreshdeskFake):
        connected.fake.says(int(connected.ticket), incoming=True)
    else:
        connected.fake.says(connected.ticket, KIM)


def is_given_to_nobody(connected: Connected) -> None:
    """Somebody takes it from Ana, there."""
    if isinstance(connected.fake, FreshdeskFake):
        connected.fake.changes(int(connected.ticket), responder_id=902)
    else:
        connected.fake.changes(connected.ticket, assignee=None)


def status(fake: Fake, ticket: str) -> str:
    """How it stands there."""
    if isinstance(fake, FreshdeskFake):
        return {2: "open", 3: "pending", 4: "solved"}[fake.tickets[int(ticket)]["status"]]
    assert isinstance(fake, JiraFake)
    return str(fake.issues[ticket]["fields"]["status"]["name"])


def test_a_ticket_becomes_a_case_with_its_owner_deadline_and_messages(connected: Connected) -> None:
    connected.passes(10)
    replies(connected)
    assert connected.syncs().done
    case = connected.case()
    assert (case.number, case.source, case.title, case.customer) == (
        1,
        connected.kind,
        "Where is my refund?",
        "Kim Sato",
    )
    assert str(case.owner_id) == connected.desk.member("ana")
    assert (case.opened_at, case.due_at) == (NOON, NOON + timedelta(hours=8))
    said = [each for each in connected.history() if each[0] == Kind.MESSAGE]
    assert said == [(Kind.MESSAGE, By.CUSTOMER, 0), (Kind.MESSAGE, By.MEMBER, 10)]
    connected.passes(10)
    answers(connected)
    connected.syncs()
    before = connected.history()
    assert [each for each in before if each[0] == Kind.MESSAGE][2:] == [(Kind.MESSAGE, By.CUSTOMER, 22)]
    connected.syncs()
    connected.passes(90)
    connected.syncs()
    assert connected.history() == before
    assert connected.desk.told("case") == []


def test_what_is_decided_here_is_written_there_and_a_conflict_is_shown(connected: Connected) -> None:
    connected.syncs()
    connected.does(Kind.STATE, state=State.PENDING)
    connected.syncs()
    assert status(connected.fake, connected.ticket) in ("pending", "Waiting for customer")
    assert [row.state for row in connected.desk.writes()] == [WriteState.DONE]
    connected.syncs()
    assert connected.case().state == State.PENDING
    is_given_to_nobody(connected)
    connected.does(Kind.OWNER, owner=None)
    connected.syncs()
    written = connected.desk.writes()[-1]
    gone = connected.kind == "jira"  # there it is what was wanted anyway
    assert written.state == (WriteState.DONE if gone else WriteState.CONFLICT)


def test_what_is_begun_here_does_not_become_new_again(connected: Connected) -> None:
    connected.syncs()
    assert connected.case().state == State.NEW
    connected.does(Kind.STATE, state=State.OPEN)
    connected.syncs()
    connected.passes(1)
    connected.syncs()
    assert [row.state for row in connected.desk.writes()] == [WriteState.DONE]
    assert connected.case().state == State.OPEN
    connected.does(Kind.STATE, state=State.PENDING)
    connected.syncs()
    assert {row.state for row in connected.desk.writes()} == {WriteState.DONE}


def test_where_it_has_to_wait_it_goes_on_later_and_doubles_nothing(connected: Connected) -> None:
    connected.fake.faults.extend([Answer(429, {}, {"Retry-After": "300"})])
    waited = connected.syncs()
    assert (waited.done, waited.next_at) == (False, connected.desk.now + timedelta(seconds=300))
    asked = len(connected.fake.asked)
    connected.syncs()
    assert len(connected.fake.asked) == asked
    connected.passes(5)
    assert connected.syncs().done
    connected.fake.faults.extend([Answer(500, "<html>")])
    assert not connected.syncs().done
    connected.passes(60)
    assert connected.syncs().done
    assert [each[0] for each in connected.history()].count(Kind.MESSAGE) == 1


def test_credentials_that_end_stop_it_until_somebody_connects_anew(connected: Connected) -> None:
    connected.syncs()
    connected.fake.key = connected.fake.login = "another"
    assert connected.syncs().error == "sign-in failed"
    asked = len(connected.fake.asked)
    connected.passes(60)
    connected.syncs()
    assert len(connected.fake.asked) == asked


def test_a_project_that_is_added_is_read_from_the_beginning(sqlite_url: str, tmp_path: Path) -> None:
    desk = ConnectionDesk(sqlite_url, tmp_path)
    with jira(desk) as connected:
        connected.syncs()
        email, token = LOGIN.split(":")
        for projects, cursor in (("SUP", True), ("SUP, HELP", False)):
            with desk.deps.sessions.read("T1") as session:
                row = connection(session, "jira")
            assert row
            secrets = {"email": email, "token": token, "projects": projects}
            connect(desk.deps, desk.caller("cora"), "jira", row.address, secrets)
            with desk.deps.sessions.read("T1") as session:
                row = connection(session, "jira")
            assert row
            assert bool(row.cursor) is cursor
    desk.deps.sessions.close()
