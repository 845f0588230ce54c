"""The chain: somebody is away, their cases go to who is there, and back again where nobody has touched them."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions.absences_cards import show
from bot.actions.cases_assign import assign
from bot.actions.cases_handover import (
    MOST_AT_ONCE,
    MOST_SHOWN,
    NotAtRisk,
    NotThere,
    reassign_all,
    reassign_one,
)
from bot.deps import new_id
from bot.domain.absences import Kind as AwayKind
from bot.domain.absences import NotAway, State
from bot.domain.cases import By, Kind
from bot.domain.permissions import Actor, Grant, NotPermitted, Role
from storage.tables import Absence, Audit, Message
from tests.case_desk import CaseDesk
from tests.races import at_once
from tests.timeoff_desk import TimeOffDesk


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


def test_what_cannot_wait_goes_to_who_is_there_and_back_where_nobody_has_touched_it(any_desk: CaseDesk) -> None:
    desk = any_desk
    overdue, today = (
        desk.opens_case("Late parcel", "ana", 7),
        desk.opens_case("Refund", "ana", 15, customer="Acme"),
    )
    weekend = desk.opens_case("Invoice", "ana", 3 * 24 + 8.5)
    monday, waiting = desk.opens_case("Question", "ana", 3 * 24 + 9), desk.opens_case("Waits", "ana")
    bens = desk.opens_case("Ben's own", "ben", 16)
    absence = desk.goes_away("ana", 6)

    ben, dev = "<@U0BEN>: comes Fri, Nov 6, 09:00", "<@U0DEV>: comes Fri, Nov 6, 10:00"
    card = desk.ops()
    assert card[card.index("*3 cases cannot wait until they are back*") :] == [
        "*3 cases cannot wait until they are back*",
        "*Case 1* Late parcel · was due Fri, Nov 6, 07:00",
        "Nobody else is there in time",
        "*Case 2* Refund · Acme · due Fri, Nov 6, 15:00",
        f"→ {dev}, no open case",
        "*Case 3* Invoice · due Mon, Nov 9, 08:30",
        f"→ {ben}, one open case",
    ]

    desk.now = desk.at(10.5)
    done = reassign_all(desk.deps, desk.caller("cora"), absence)
    assert ([number for number, _ in done.given], done.left) == ([overdue, today, weekend], 0)
    assert desk.owners(overdue, today, weekend) == ["dev", "dev", "ben"]
    assert desk.owners(monday, waiting, bens) == ["ana", "ana", "ben"]
    assert desk.reads("dev", "cases.handover") == [
        [
            "*<@U0ANA> is away, and 2 cases of theirs are yours meanwhile.*",
            "• *Case 1* Late parcel · was due Fri, Nov 6, 08:00",  # in Madrid
            "• *Case 2* Refund · Acme · due Fri, Nov 6, 16:00",
            "What nobody has touched goes back when they return.",
        ]
    ]
    assert "• *Case 3* Invoice · <@U0BEN>" in desk.ops()

    desk.happens(weekend, Kind.MESSAGE)
    desk.happens(today, Kind.STUCK, By.CLOCK, why="unowned")
    desk.now = desk.at(12)
    desk.back("ana", absence)
    assert desk.owners(overdue, today, weekend) == ["ana", "ana", "ben"]
    assert desk.beside("absence.back") == [
        "<@U0ANA> is back: one shift is theirs again. 2 cases are theirs again, one case stays where something "
        "has happened since."
    ]
    assert [lines[0] for lines in desk.reads("dev", "cases.handover.back")] == [
        "*<@U0ANA> is back: 2 cases that nobody has touched are theirs again.*"
    ]
    assert [lines[0] for lines in desk.reads("ana", "cases.handover.back")] == [
        "*You are back: 2 cases that nobody has touched are yours again.*"
    ]
    with pytest.raises(NotAway):
        reassign_all(desk.deps, desk.caller("cora"), absence)


def test_one_case_goes_to_who_stands_beside_it_once(desk: CaseDesk) -> None:
    case = desk.opens_case("Refund", "ana", 15)
    absence, dev = desk.goes_away("ana", 6), desk.desk.member("dev").id
    case_id = desk.case(case).id
    desk.now = desk.at(10)
    reassign_one(desk.deps, desk.caller("cora"), absence, case_id, dev)
    assert desk.owner(case) == "dev"
    with pytest.raises(NotAtRisk):
        reassign_one(desk.deps, desk.caller("cora"), absence, case_id, desk.desk.member("ben").id)
    assert (desk.owner(case), len(desk.reads("dev", "cases.handover"))) == ("dev", 1)
    outsider = replace(desk.caller("dev"), actor=Actor(dev, (Grant(Role.CONTACT),)))
    with pytest.raises(NotPermitted):
        reassign_all(desk.deps, outsider, absence)


def test_nobody_is_given_what_they_would_see_too_late(desk: CaseDesk) -> None:
    first, last = desk.opens_case("Soon", "ana", 8.5), desk.opens_case("Later", "ana", 9.5)
    absence = desk.goes_away("ana", 6)
    assert "Nobody else is there in time" in desk.ops()
    done = reassign_all(desk.deps, desk.caller("cora"), absence)
    assert ([number for number, _ in done.given], done.left) == ([last], 1)
    assert desk.owners(first, last) == ["ana", "ben"]


def test_who_has_no_shift_then_but_cases_is_shown_to_the_coordinators_all_the_same(desk: CaseDesk) -> None:
    desk.opens_case("Refund", "ana", 2 * 24 + 12)
    desk.goes_away("ana", 8)
    assert desk.ops()[0] == "<@U0ANA> is away Sun, Nov 8."
    assert desk.ops()[1] == "*One case cannot wait until they are back*"


def test_without_coming_back_they_have_them_again_when_they_next_work(any_desk: CaseDesk) -> None:
    desk = any_desk
    case = desk.opens_case("Refund", "ana", 3 * 24 + 8)
    absence = desk.goes_away("ana", 6)
    reassign_all(desk.deps, desk.caller("cora"), absence)
    assert desk.owner(case) == "ben"
    for hours in (24, 48, 3 * 24 + 8.9):
        desk.now = desk.at(hours)
        desk.passes(0)
        assert desk.owner(case) == "ben"
    desk.now = desk.at(3 * 24 + 9)
    desk.passes(0)
    assert desk.owner(case) == "ana"
    desk.passes(1)
    assert len(desk.reads("ana", "cases.handover.back")) == 1


def test_who_is_away_for_something_else_is_not_back(desk: CaseDesk) -> None:
    case = desk.opens_case("Refund", "ana", 11)
    first = desk.goes_away("ana", 6, 8, 12)
    reassign_all(desk.deps, desk.caller("cora"), first)
    second = desk.goes_away("ana", 6, 8, 17)
    desk.now = desk.at(10)
    desk.back("ana", first)
    assert desk.owner(case) == "ben"
    desk.back("ana", second)
    assert desk.owner(case) == "ana"


def test_what_was_reassigned_or_solved_since_stays_as_it_is(desk: CaseDesk) -> None:
    moved, solved = desk.opens_case("Moved", "ana", 15), desk.opens_case("Solved", "ana", 15)
    absence = desk.goes_away("ana", 6)
    reassign_all(desk.deps, desk.caller("cora"), absence)
    desk.happens(moved, Kind.OWNER, By.MEMBER, owner=str(desk.desk.member("cora").id))
    desk.happens(solved, Kind.STATE, By.MEMBER, state="solved")
    desk.now = desk.at(10)
    desk.back("ana", absence)
    assert (desk.owner(moved), desk.owner(solved) in ("ben", "dev")) == ("cora", True)
    assert desk.reads("ana", "cases.handover.back") == []


class LeaveDesk(CaseDesk, TimeOffDesk):
    """The same floor, where people also ask for time off."""

    def __init__(self, database_url: str, folder: Path) -> None:
        super().__init__(database_url, folder)
        self.now = self.at(-4)
        self.leave = self.asks("ana", self.at(0).date())
        self.approves(self.leave)
        [row] = self.absences()
        self.leave_absence = row.id


@pytest.fixture
def leave(sqlite_url: str, tmp_path: Path) -> Iterator[LeaveDesk]:
    desk = LeaveDesk(sqlite_url, tmp_path)
    yield desk
    desk.close()


def test_leave_that_is_cancelled_gives_the_cases_back_that_nobody_has_touched(leave: LeaveDesk) -> None:
    untouched, touched = leave.opens_case("Refund", "ana", 15), leave.opens_case("Parcel", "ana", 15.5)
    reassign_all(leave.deps, leave.caller("cora"), leave.leave_absence)
    assert "ana" not in leave.owners(untouched, touched)
    leave.happens(touched, Kind.MESSAGE)
    leave.cancels("ana", leave.leave)
    assert [leave.owner(each) == "ana" for each in (untouched, touched)] == [True, False]
    assert [lines[0] for lines in leave.reads("ana", "cases.handover.back")] == [
        "*You are not away after all: one case that nobody has touched is yours again.*"
    ]


def test_when_leave_ends_they_have_them_again_with_their_next_shift(leave: LeaveDesk) -> None:
    case = leave.opens_case("Refund", "ana", 15)
    reassign_all(leave.deps, leave.caller("cora"), leave.leave_absence)
    taker = leave.owner(case)
    leave.now = leave.at(3 * 24 + 8.5)
    leave.passes(0)
    assert leave.owner(case) == taker != "ana"
    leave.passes(30)
    assert leave.owner(case) == "ana"
    assert [lines[0] for lines in leave.reads("ana", "cases.handover.back")] == [
        "*You are back: one case that nobody has touched is yours again.*"
    ]


def test_who_is_back_after_work_has_their_cases_again_when_they_next_work(desk: CaseDesk) -> None:
    case = desk.opens_case("Refund", "ana", 3 * 24 + 8)
    absence = desk.goes_away("ana", 6)
    reassign_all(desk.deps, desk.caller("cora"), absence)
    desk.now = desk.at(20)
    desk.back("ana", absence)
    assert desk.owner(case) == "ben"
    assert desk.beside("absence.back") == [
        "<@U0ANA> is back: nothing was left to give back. One case is theirs again when they next work."
    ]
    desk.now = desk.at(3 * 24 + 9)
    desk.passes(0)
    assert desk.owner(case) == "ana"


@pytest.mark.parametrize("first", ["ana", "ben"])
def test_who_has_cases_of_others_and_is_away_too_does_not_keep_them_from_going_back(
    any_desk: CaseDesk, first: str
) -> None:
    desk = any_desk
    case = desk.opens_case("Refund", "ana", 15)
    absences = {"ana": desk.goes_away("ana", 6)}
    reassign_one(desk.deps, desk.caller("cora"), absences["ana"], desk.case(case).id, desk.desk.member("ben").id)
    absences["ben"] = desk.goes_away("ben", 6)
    reassign_all(desk.deps, desk.caller("cora"), absences["ben"])
    assert desk.owner(case) == "dev"
    desk.now = desk.at(10)
    desk.back(first, absences.pop(first))
    assert desk.owner(case) == first
    for name, absence in absences.items():
        desk.back(name, absence)
    assert desk.owner(case) == "ana"


def test_nobody_is_given_a_case_who_has_called_in_sick_since_the_card_was_drawn(desk: CaseDesk) -> None:
    case = desk.opens_case("Refund", "ana", 15)
    absence, dev = desk.goes_away("ana", 6), desk.desk.member("dev").id
    desk.goes_away("dev", 6)
    with pytest.raises(NotThere):
        reassign_one(desk.deps, desk.caller("cora"), absence, desk.case(case).id, dev)
    assert desk.owner(case) == "ana"


def test_the_card_follows_what_others_do_about_the_cases(desk: CaseDesk) -> None:
    given, solved = desk.opens_case("Refund", "ana", 15), desk.opens_case("Parcel", "ana", 16)
    desk.goes_away("ana", 6)
    wanted = [_wanted(desk)]
    assign(desk.deps, desk.caller("cora"), str(given), desk.desk.member("ben").id)
    wanted.append(_wanted(desk))
    desk.happens(solved, Kind.STATE, state="solved")
    wanted.append(_wanted(desk))
    assert sorted(set(wanted)) == wanted
    assert not [each for each in desk.ops() if "Refund" in each or "Parcel" in each]


def _wanted(desk: CaseDesk) -> int:
    with desk.deps.sessions.read("T1") as session:
        rows = session.scalars(select(Message).where(Message.workspace_id == "T1", Message.card == "absence"))
        return max(row.wanted for row in rows)


def test_the_return_and_the_handing_back_are_one_transaction(desk: CaseDesk) -> None:
    desk.opens_case("Refund", "ana", 15)
    absence = desk.goes_away("ana", 6)
    reassign_all(desk.deps, desk.caller("cora"), absence)
    desk.now = desk.at(10)
    revision = _revision(desk)
    desk.back("ana", absence)
    assert _revision(desk) == revision + 1
    with desk.deps.sessions.read("T1") as session:
        done = [row.action for row in session.query(Audit).where(Audit.workspace_id == "T1")]
    assert done.count("case.owner") == 2


def _leave(desk: CaseDesk) -> Absence:
    """Ana's, from half past eight on."""
    return Absence(
        workspace_id="T1",
        id=new_id(),
        member_id=desk.desk.member("ana").id,
        start=desk.at(8.5),
        end=desk.at(24),
        kind=AwayKind.TIME_OFF,
        state=State.IN_FORCE,
        reported_at=desk.at(-100),
        in_force_at=desk.at(-100),
        work=[],
        accepted=[],
    )


def _revision(desk: CaseDesk) -> int:
    with desk.deps.sessions.read("T1") as session:
        return session.revision()


def test_of_time_off_that_begins_the_cases_that_cannot_wait_are_shown_then(desk: CaseDesk) -> None:
    desk.opens_case("Refund", "ana", 15)
    desk.desk.put(_leave(desk))
    desk.passes(29)
    assert desk.posted("absence") == []
    for _ in range(3):
        desk.passes(1)
    [card] = desk.posted("absence")
    assert card[:2] == [
        "<@U0ANA> is away until the end of Fri, Nov 6.",
        "*One case cannot wait until they are back*",
    ]


def test_what_cannot_wait_is_shown_once_however_long_the_clock_was_away(desk: CaseDesk) -> None:
    desk.opens_case("Refund", "ana", 15)
    desk.desk.put(_leave(desk))
    desk.now = desk.at(10)
    for _ in range(3):
        desk.passes(1)
    assert len(desk.posted("absence")) == 1


def test_a_card_from_long_ago_comes_again_when_the_time_off_begins(leave: LeaveDesk) -> None:
    leave.opens_case("Refund", "ana", 15)
    with leave.deps.sessions.write("T1") as session:
        show(session, leave.deps, session.get_one(Absence, ("T1", leave.leave_absence)))
    assert len(leave.posted("absence")) == 1
    leave.now = leave.at(9)
    for _ in range(3):
        leave.passes(1)
    cards = leave.posted("absence")
    assert [card.count("*One case cannot wait until they are back*") for card in cards] == [1, 1]


def test_very_many_are_given_by_several_presses(desk: CaseDesk) -> None:
    made = [desk.opens_case("Refund", "ana", 15) for _ in range(MOST_AT_ONCE + 1)]
    absence = desk.goes_away("ana", 6)
    assert f"… and {len(made) - MOST_SHOWN} more, which Reassign all gives to others, too." in desk.ops()
    for given, more in ((MOST_AT_ONCE, 1), (1, 0), (0, 0)):
        done = reassign_all(desk.deps, desk.caller("cora"), absence)
        assert (len(done.given), done.more) == (given, more)
    assert set(desk.owners(made[0], made[1], made[-1])) <= {"ben", "dev"}


def test_of_two_who_press_at_once_one_gives_it_and_the_other_is_told(any_desk: CaseDesk) -> None:
    desk = any_desk
    number = desk.opens_case("Refund", "ana", 15)
    absence, case_id = desk.goes_away("ana", 6), desk.case(number).id
    takers = [desk.desk.member(name).id for name in ("ben", "dev")]
    found = at_once(
        *(
            partial(reassign_one, desk.deps, desk.caller(who), absence, case_id, to)
            for who, to in zip(("cora", "carla"), takers, strict=True)
        )
    )
    assert sorted(type(each).__name__ for each in found) == ["NotAtRisk", "Reassigned"]
    assert len([each for name in ("ben", "dev") for each in desk.reads(name, "cases.handover")]) == 1
