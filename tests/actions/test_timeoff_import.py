"""Balances of leave and adjustments come from a file, and go again without a trace being lost."""

import pytest

from bot.actions.imports import ImportInUse
from bot.domain.imports import BadFile
from tests.actions.leave import PAID, LeaveDesk

TWELVE = "ana@example.com,paid leave,12,2026-06-30,,"
THREE = "ana@example.com,paid leave,3,2026-06-30,2026-12-31,"
CALL_OUT = "ana@example.com,paid leave,-0.5,2026-07-01,,left at noon"


@pytest.fixture
def desk(leave: LeaveDesk) -> LeaveDesk:
    """People who have 30 days in a year."""
    leave.desk.people()
    leave.prefers(leave_weeks="6")
    return leave


def test_a_balance_from_elsewhere_takes_the_place_of_what_would_be_here(desk: LeaveDesk) -> None:
    done = desk.leave(TWELVE)
    assert done.number == 2
    assert [minutes for _, minutes in done.entered] == [-18 * 480]
    assert desk.causes("ana") == [("accrued", 30), ("opening", -18)]
    assert (desk.days("ana"), desk.days("ben")) == (12, 0)


def test_what_expires_is_a_part_of_its_own_and_comes_on_top(desk: LeaveDesk) -> None:
    desk.leave(TWELVE, THREE, CALL_OUT)
    assert desk.days("ana") == 14.5
    [part] = [each for each in desk.book("ana").lots if str(each.source) == "by hand"]
    assert str(part.last) == "2026-12-31"


def test_the_same_file_again_changes_nothing(desk: LeaveDesk) -> None:
    desk.leave(TWELVE, THREE, CALL_OUT)
    before = desk.desk.everything()
    again = desk.leave(TWELVE, THREE, CALL_OUT)
    assert (again.number, again.entered, again.unchanged) == (None, (), 3)
    assert desk.desk.everything() == before


def test_another_balance_of_that_day_makes_up_the_difference(desk: LeaveDesk) -> None:
    desk.leave(TWELVE)
    done = desk.leave(TWELVE.replace("12", "13"))
    assert [minutes for _, minutes in done.entered] == [480]
    assert desk.days("ana") == 13


def test_a_balance_at_the_end_of_an_earlier_year_is_carried_into_this_one(desk: LeaveDesk) -> None:
    desk.prefers(leave_carried_days="5", leave_carried_months="0")
    desk.leave("ana@example.com,paid leave,8,2025-12-31,,")
    assert desk.days("ana") == 35
    assert ("lapsed", -3) in desk.causes("ana")


def test_a_dry_run_says_the_same_and_writes_nothing(desk: LeaveDesk) -> None:
    before = desk.desk.everything()
    dry = desk.leave(TWELVE, CALL_OUT, dry_run=True)
    assert desk.desk.everything() == before
    done = desk.leave(TWELVE, CALL_OUT)
    assert (dry.number, dry.entered) == (None, done.entered)


def test_one_bad_line_and_nothing_is_entered(desk: LeaveDesk) -> None:
    before = desk.desk.everything()
    with pytest.raises(BadFile):
        desk.leave(TWELVE, "eve@example.com,paid leave,3,2026-06-30,,")
    assert desk.desk.everything() == before


def test_an_import_is_taken_back_by_entering_the_opposite(desk: LeaveDesk) -> None:
    desk.night()
    done = desk.leave(TWELVE, THREE, CALL_OUT)
    lines = desk.causes("ana")
    undone = desk.desk.undo(done.number)
    assert (undone.gone, undone.restored) == ({}, {"leave_lot": 1})
    assert desk.days("ana") == 30
    assert desk.causes("ana")[: len(lines)] == lines
    again = desk.leave(TWELVE, THREE, CALL_OUT)
    assert len(again.entered) == 3
    assert desk.days("ana") == 14.5


def test_people_whose_balance_somebody_entered_stay(desk: LeaveDesk) -> None:
    desk.leave(TWELVE)
    with pytest.raises(ImportInUse) as refusal:
        desk.desk.undo(1)
    assert ("member", "leave_lot") in refusal.value.dependents.used
    assert desk.days("ana") == 12


def test_a_kind_of_its_own_has_a_ledger_of_its_own(desk: LeaveDesk) -> None:
    desk.prefers(leave_kinds='{"Volunteering": {"ledger": "volunteering"}}')
    desk.leave("ana@example.com,volunteering,2,2026-06-30,,")
    assert (desk.days("ana", "volunteering"), desk.days("ana", PAID)) == (2, 0)
