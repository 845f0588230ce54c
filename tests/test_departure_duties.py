"""Somebody leaves: whatever else than shifts they saw to finds somebody else, or the coordinators hear of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions.exceptions import Wanted, ask_for
from bot.actions.handup import Raised, come, raise_hand
from bot.actions.nudges_turn import turn
from bot.actions.promises import NewPromise, make_promise
from bot.actions.settings_change import change_settings
from bot.actions.stuck import look
from bot.deps import new_id
from bot.domain.cases import Kind as What
from bot.domain.cases import State
from bot.domain.exceptions import Kind, Money
from bot.domain.permissions import OPERATOR, NotPermitted
from storage.tables import CustomerPromise, HandUp
from tests.case_desk import CaseDesk


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[CaseDesk]:
    desk = CaseDesk(sqlite_url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def any_desk(database_url: str, tmp_path: Path) -> Iterator[CaseDesk]:
    desk = CaseDesk(database_url, tmp_path)
    yield desk
    desk.close()


def hand(desk: CaseDesk) -> HandUp:
    """The only one that was raised."""
    with desk.deps.sessions.read("T1") as session:
        return session.scalars(select(HandUp).where(HandUp.workspace_id == "T1")).one()


def test_their_cases_have_no_owner_and_the_coordinators_read_of_all_of_them_at_once(any_desk: CaseDesk) -> None:
    desk = any_desk
    live = [desk.opens_case("Refund", "ana", 15), desk.opens_case("Late parcel", "ana")]
    solved, bens = desk.opens_case("Old", "ana", state=State.SOLVED), desk.opens_case("Other", "ben")
    due_at = desk.case(live[0]).due_at
    desk.leaves("ana")
    assert desk.owners(*live, solved, bens) == ["nobody", "nobody", "ana", "ben"]
    assert desk.case(live[0]).due_at == due_at
    turn(desk.deps, "T1")
    [message] = desk.posted("nudges")
    said = "\n".join(message)
    assert [title in said for title in ("Refund", "Late parcel", "Old")] == [True, True, False]
    assert "nobody owns it" in said.lower()


def test_a_case_that_comes_back_to_who_has_left_is_nobodys(desk: CaseDesk) -> None:
    number = desk.opens_case("Old", "ana", state=State.SOLVED)
    desk.leaves("ana")
    look(desk.deps, "T1")
    assert desk.owner(number) == "ana"
    desk.happens(number, What.STATE, state="open")
    look(desk.deps, "T1")
    assert desk.owner(number) == "nobody"
    turn(desk.deps, "T1")
    [message] = desk.posted("nudges")
    assert any("Old" in each and "nobody owns it" in each for each in message)


def test_what_they_promised_goes_to_whoever_has_the_case(desk: CaseDesk) -> None:
    number = desk.opens_case("Refund", "ben")
    new = NewPromise(new_id(), desk.case(number).id, desk.at(20), "A call", "U0ANA")
    make_promise(desk.deps, desk.caller("ana"), new)
    desk.leaves("ana")
    with desk.deps.sessions.read("T1") as session:
        [promise] = session.scalars(select(CustomerPromise).where(CustomerPromise.workspace_id == "T1"))
    assert promise.owner_id == desk.desk.member("ben").id


def test_a_hand_of_theirs_is_down_and_to_whom_they_were_coming_waits_for_others(desk: CaseDesk) -> None:
    raise_hand(desk.deps, desk.caller("ana"), Raised(new_id(), "How?"))
    come(desk.deps, desk.caller("cora"), hand(desk).id)
    come(desk.deps, desk.caller("cora"), hand(desk).id)
    assert (hand(desk).state, hand(desk).taken_by_id) == ("coming", desk.desk.member("cora").id)
    desk.leaves("cora")
    assert (hand(desk).state, hand(desk).taken_by_id, hand(desk).taken_at) == ("waiting", None, None)
    desk.leaves("ana")
    assert hand(desk).state == "withdrawn"


def test_an_exception_that_they_were_to_approve_is_asked_of_others(desk: CaseDesk) -> None:
    wanted = {"ops_channel": "", "exception_limits": "lead 100 EUR"}
    change_settings(desk.deps, "T1", OPERATOR, "workspace", wanted)
    case_id = desk.case(desk.opens_case("Refund", "ana")).id
    ask_for(desk.deps, desk.caller("ana"), Wanted(new_id(), case_id, Kind.REFUND, Money(80000, "EUR"), "Lost"))
    desk.now += timedelta(minutes=1)
    assert desk.reads("cora", "exception")


def test_whoever_has_left_does_nothing_with_a_button_of_old(desk: CaseDesk) -> None:
    raise_hand(desk.deps, desk.caller("ana"), Raised(new_id(), "How?"))
    desk.leaves("cora")
    with pytest.raises(NotPermitted):
        come(desk.deps, desk.caller("cora"), hand(desk).id)
    desk.returns("cora")
    come(desk.deps, desk.caller("cora"), hand(desk).id)
    assert hand(desk).state == "coming"
