"""Kinds of leave are changed in forms: added, retired, and gone only where nobody has used them."""

from pathlib import Path

import pytest

from bot.domain.timeoff_kinds import Contact, CountedIn, Kind, Privacy
from bot.sandbox import Person
from tests.scenarios.test_floor_settings import holds
from tests.scenarios.test_timeoff_balance import enters
from tests.workplace import Workplace

TITLE = "Kinds of leave"


@pytest.fixture
def desk(work: Workplace) -> Workplace:
    work.at("2026-11-02 12:00")
    work.people()
    return work


def opens(work: Workplace, typed: str = "kinds of leave") -> Person:
    cora = work.person("cora")
    cora.types(f"/floor settings {typed}")
    return cora


def test_a_kind_is_added_changed_retired_and_offered_again(everywhere: Workplace) -> None:
    everywhere.at("2026-11-02 12:00")
    everywhere.people()
    cora = opens(everywhere, "")
    cora.presses("Change… Kinds of leave")
    listed = cora.sees_modal(TITLE)
    assert (
        "parental leave\nUnpaid, needs approval, only counted, in whole days. Read by coordinators" in listed.text
    )
    assert "While they are away: no messages; others do their duties" in listed.text

    cora.presses("Add a kind…")
    assert cora.sees_modal("Kind of leave").depth == 3
    cora.fills("Name", "paid Leave")
    cora.fills("Hours by which that may go below zero", "8")
    cora.submits()
    assert cora.sees_modal("Kind of leave").errors == {
        "Name": "There is a kind of that name already.",
        "Hours by which that may go below zero": "Name the balance that it is taken from, or leave this empty.",
    }
    cora.fills("Name", "Volunteering")
    cora.fills("Taken from the balance called", "volunteering")
    cora.picks("Can be asked for in", "whole days")
    cora.picks("While they are away", "messages reach them as at work")
    cora.submits()
    assert (
        "Volunteering\nPaid, needs approval, taken from “volunteering”, down to −8 h"
        in cora.sees_modal(TITLE).text
    )
    assert holds(everywhere).leave["volunteering"] == Kind(
        "Volunteering",
        ledger="volunteering",
        negative_minutes=480,
        counted_in=CountedIn.DAYS,
        contact=Contact.USUAL,
    )

    cora.presses("Retire Volunteering")
    assert "Volunteering (retired: nobody asks for it any more)" in cora.sees_modal(TITLE).text
    cora.presses("Change Volunteering")
    cora.picks("Which kind it is, is read by", "coordinators and managers only")
    cora.submits()
    kind = holds(everywhere).leave["volunteering"]
    assert (kind.retired, kind.privacy) == (True, Privacy.MANAGERS)
    cora.presses("Offer Volunteering again")
    assert not holds(everywhere).leave["volunteering"].retired
    cora.presses("Remove Volunteering")
    assert holds(everywhere).leave_kinds == {}
    cora.closes()
    assert "Kinds of leave: paid leave" in cora.sees_modal("Settings").text.replace("\n• ", ": ")
    said = everywhere.asks("cora", "/floor audit").text
    assert "Leave “Volunteering”" in said


def test_sick_leave_needs_no_approval_and_is_not_retired(desk: Workplace) -> None:
    cora = opens(desk)
    assert "Retire sick leave" not in cora.sees_modal(TITLE).buttons
    cora.presses("Change sick leave")
    cora.picks("Needs approval", "Yes")
    cora.submits()
    assert cora.sees_modal("Kind of leave").errors == {
        "Needs approval": "Nobody is asked whether they may be ill."
    }


def test_a_kind_that_somebody_has_a_balance_of_is_retired_and_not_removed(desk: Workplace, tmp_path: Path) -> None:
    desk.prefers(leave_kinds='{"Volunteering": {"ledger": "volunteering"}}')
    cora = opens(desk)
    enters(desk, tmp_path, "ana@example.com,volunteering,2,2026-06-30,,")
    cora.presses("Remove Volunteering")
    assert "cannot be removed. Retire it instead." in cora.sees_modal(TITLE).text
    assert "Remove Volunteering" not in cora.sees_modal(TITLE).buttons
    assert "volunteering" in holds(desk).leave


def test_a_team_has_a_kind_otherwise_and_then_again_as_the_workspace(desk: Workplace) -> None:
    cora = opens(desk, "team mail kinds of leave")
    assert cora.sees_modal(TITLE).text.startswith("Kinds of leave · the team Mail")
    cora.presses("Change training")
    cora.picks("Needs approval", "No")
    cora.submits()
    assert holds(desk, "Mail").leave["training"].approval is False
    assert holds(desk).leave["training"].approval is True
    cora.presses("training as usual")
    assert holds(desk, "Mail").leave["training"].approval is True
