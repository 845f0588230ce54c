"""A helpdesk is connected in Slack, its cases are followed; where both sides changed the same, people decide."""

import json
from collections.abc import Iterator, MutableMapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.cases_turn import happen
from bot.actions.people import recognise
from bot.domain.cases import Happening, Kind, State
from bot.sandbox import Shown
from jobs.connections import SYNC
from storage.cases import case_of_reference
from storage.tables import Connection
from tests.connectors.zendesk_fake import ADMIN, TOKEN, Fault, ZendeskFake, zendesk
from tests.scenarios.swapping import BOT, Floor


class Desk:
    """A floor beside a Zendesk in which Ana and Cora work, too."""

    def __init__(self, floor: Floor, fake: ZendeskFake) -> None:
        self.floor, self.work, self.fake = floor, floor.work, fake

    def connects(self, token: str = TOKEN, address: str | None = None) -> str:
        """Cora fills the form in; what she reads then."""
        cora = self.work.person("cora")
        overview = self.work.asks("cora", "/floor connect")
        cora.presses("Connect Zendesk" if "Connect Zendesk" in overview.buttons else "Sign in again", overview)
        self.signs_in(token, address)
        return cora.sees_modal().text

    def signs_in(self, token: str = TOKEN, address: str | None = None) -> None:
        cora = self.work.person("cora")
        cora.sees_modal("Connect Zendesk")
        cora.fills("Address", address or self.fake.url)
        cora.fills("E-mail address", ADMIN)
        cora.fills("API token", token)
        cora.submits()

    def minutes_pass(self, minutes: int = 2) -> None:
        """Time goes by, and the clock has the helpdesk read."""
        self.work.sandbox.clock.move(timedelta(minutes=minutes))
        self.floor.runs(SYNC)

    def overview(self) -> str:
        return self.work.asks("cora", "/floor connect").text

    def says(self, who: str, ticket: int, state: State) -> None:
        """Somebody says how a case stands."""
        team_id = self.work.sandbox.team_id
        caller = recognise(self.work.deps, team_id, self.work.sandbox.user_id(who))
        with self.work.deps.sessions.write(team_id) as session:
            case = case_of_reference(session, str(ticket), "zendesk")
            assert case
            member_id = caller.actor.member_id
            happening = Happening(Kind.STATE, {"state": state}, member_id=member_id)
            happen(session, self.work.deps, caller.actor, case, happening)

    def conflict(self, status: str) -> Shown:
        """What Ben is told after Zendesk said something else than he did."""
        ticket = self.fake.ticket("Refund <late>", status="open")
        self.minutes_pass()
        self.says("ben", ticket, State.PENDING)
        self.fake.change(ticket, status=status)
        self.minutes_pass()
        return self.floor.card("ben", BOT, "Zendesk says something else")


@pytest.fixture
def desk(floor: Floor) -> Iterator[Desk]:
    with zendesk(floor.work.deps.clock) as fake:
        yield Desk(floor, fake)


def test_a_helpdesk_is_connected_checked_at_once_and_read_from_then_on(
    desk: Desk, logged: list[MutableMapping[str, Any]]
) -> None:
    assert "Connect Zendesk" in desk.work.asks("cora", "/floor connect").buttons
    assert "Enter the account's own address, such as acme.zendesk.com." in bad_address(desk)
    assert "does not let me in with that" in desk.connects("wrong")
    assert "No" not in json.dumps(stored(desk))
    cora = desk.work.person("cora")
    cora.presses("Try again")
    desk.signs_in()
    said = cora.sees_modal().text
    assert "as Cora Lind. I read what changed there in the last 14 days" in said
    ticket = desk.fake.ticket("A secret illness")
    desk.fake.change(ticket, comment=True)
    desk.minutes_pass()
    with desk.work.deps.sessions.read(desk.work.sandbox.team_id) as session:
        case = case_of_reference(session, str(ticket), "zendesk")
    assert case
    assert case.title == "A secret illness"
    assert "read up to" in desk.overview()
    assert "Groups without a queue of that name here: Refunds." in desk.overview()
    (row,) = stored(desk)
    assert TOKEN not in json.dumps(row)
    cora.presses("Sign in again", desk.work.asks("cora", "/floor connect"))
    form = json.dumps(cora.sees_modal().blocks)
    assert TOKEN not in form
    assert ADMIN not in form
    everything = repr(logged)
    assert all(word not in everything for word in (TOKEN, "secret illness", "Words of", "Jo Client"))
    audit = desk.work.asks("cora", "/floor audit").text
    assert "connected the helpdesk" in audit
    assert TOKEN not in audit


def bad_address(desk: Desk) -> str:
    cora = desk.work.person("cora")
    cora.presses("Connect Zendesk", desk.work.asks("cora", "/floor connect"))
    desk.signs_in(address="https://evil.example.com")
    errors = " ".join(cora.sees_modal().errors.values())
    cora.closes()
    return errors


def stored(desk: Desk) -> list[dict[str, Any]]:
    team_id = desk.work.sandbox.team_id
    with desk.work.deps.sessions.read(team_id) as session:
        rows = session.scalars(select(Connection).where(Connection.workspace_id == team_id))
        return [{name: repr(value) for name, value in vars(row).items()} for row in rows]


def test_a_conflict_is_shown_with_both_and_ours_is_written_only_if_somebody_says_so(desk: Desk) -> None:
    desk.connects()
    card = desk.conflict("hold")
    assert (
        "Ben Okafor set the state to pending, but in Zendesk that was changed meanwhile, to on hold" in card.text
    )
    assert "Nothing was written over." in card.text
    assert card.buttons == ["Take theirs", "Write ours again"]
    assert "1 in conflict" in desk.overview()
    assert "1 in conflict" in desk.work.asks("cora", "/floor health").text
    on_card = desk.work.asks("ben", "/case 1")
    assert "Ben Okafor set the state to pending" in on_card.text
    assert {"Take theirs", "Write ours again"} <= set(on_card.buttons)
    desk.work.person("ben").presses("Write ours again", card)
    desk.floor.settles()
    after = desk.work.person("ben").refreshed(card)
    assert (after.buttons, "Ben Okafor has it written again" in after.text) == ([], True)
    desk.minutes_pass()
    assert [each["status"] for each in desk.fake.tickets.values()] == ["pending"]
    assert "in conflict" not in desk.overview()


def test_theirs_can_be_taken_and_whoever_comes_second_reads_that(desk: Desk) -> None:
    desk.connects()
    card = desk.conflict("solved")
    desk.floor.falls_silent()
    ben = desk.work.person("ben")
    ben.presses("Take theirs", card)
    ben.presses("Write ours again", card)
    assert "Somebody has decided this already" in ben.sees(BOT)[-1].text
    assert [each["status"] for each in desk.fake.tickets.values()] == ["solved"]


def test_when_nobody_is_let_in_any_more_the_desk_reads_it_and_signs_in_again(desk: Desk) -> None:
    desk.connects()
    desk.fake.token = "another"
    desk.minutes_pass()
    assert "Zendesk does not let me in any more" in desk.floor.card("cora", "#ops", "Zendesk").text
    assert "it does not let me in any more. Sign in again" in desk.overview()
    assert "sign-in failed: Zendesk" in desk.work.asks("cora", "/floor health").text
    assert "is connected" in desk.connects("another")
    desk.minutes_pass()
    assert "read up to" in desk.overview()


def test_a_helpdesk_that_does_not_answer_in_time_answers_in_the_form_later(desk: Desk) -> None:
    desk.work.hurries()
    desk.fake.slow = 2.0
    cora = desk.work.person("cora")
    cora.presses("Connect Zendesk", desk.work.asks("cora", "/floor connect"))
    desk.signs_in()
    assert "is connected" in desk.floor.work.person("cora").seat.until(lambda: connected_words(desk))


def connected_words(desk: Desk) -> str:
    text = desk.work.person("cora").sees_modal().text
    assert "is connected" in text
    return text


def test_disconnecting_asks_first_and_forgets(desk: Desk) -> None:
    desk.connects()
    cora = desk.work.person("cora")
    cora.closes()
    overview = desk.work.asks("cora", "/floor connect")
    cora.presses("Disconnect", overview, confirm=True)
    assert "Zendesk is disconnected" in cora.refreshed(overview).text
    assert stored(desk) == []


def test_who_runs_no_desk_connects_nothing(desk: Desk) -> None:
    assert desk.work.asks("ana", "/floor connect").text.startswith("Only coordinators and managers")
    desk.fake.faults.append(Fault(500))
    assert "does not answer at that address" in desk.connects()
