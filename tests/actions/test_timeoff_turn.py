"""At night leave is earned, carried over and lapses, and whoever is to lose some is told in time."""

from datetime import UTC, date, datetime
from math import ceil

from tests.actions.desk import TEAM, account
from tests.actions.leave import DAY, LeaveDesk

EXPIRING = "timeoff.expiring"


def test_nothing_is_kept_before_somebody_says_how_much_there_is(leave: LeaveDesk) -> None:
    leave.desk.people()
    leave.night()
    assert list(leave.rows()) == []


def test_a_year_is_earned_once_however_often_the_night_comes(leave: LeaveDesk) -> None:
    leave.desk.people()
    leave.prefers(leave_weeks="6")
    leave.night()
    once = leave.desk.everything()
    assert leave.days("ana") == leave.days("ben") == 30
    leave.night()
    assert leave.desk.everything() == once


def test_months_are_earned_one_by_one(leave: LeaveDesk) -> None:
    leave.desk.people()
    leave.prefers(leave_weeks="6", leave_granted="monthly")
    leave.night()
    assert round(leave.days("ana"), 1) == 20.0  # January to August
    leave.now = datetime(2026, 9, 30, 8, tzinfo=UTC)
    leave.night()
    assert round(leave.days("ana"), 1) == 22.4


def test_who_works_less_from_a_day_on_keeps_what_was_earned_before(leave: LeaveDesk) -> None:
    leave.desk.people("email,name,weekly_hours\nana@example.com,Ana Ruiz,40")
    leave.prefers(leave_weeks="6")
    leave.night()
    leave.desk.people("email,name,weekly_hours\nana@example.com,Ana Ruiz,20")
    leave.night()
    # 270 of 365 days at 8 hours, 95 at 4.
    assert leave.book("ana").lines[-1].minutes == -(30 * DAY) + ceil(30 * DAY * (270 + 95 / 2) / 365)


def test_a_year_ends_with_what_is_carried_over_and_what_lapses(leave: LeaveDesk) -> None:
    leave.desk.people(accounts=[account("ana")])
    leave.prefers(leave_weeks="6", leave_carried_days="5", leave_carried_months="3")
    leave.night()
    leave.now = datetime(2026, 12, 1, 8, tzinfo=UTC)
    leave.night()
    leave.night()
    assert leave.told(EXPIRING) == [("U0ANA", {"minutes": 25 * DAY, "day_minutes": DAY})]
    leave.now = datetime(2027, 1, 1, 8, tzinfo=UTC)
    leave.night()
    assert sorted(leave.causes("ana")) == [
        ("accrued", 30),
        ("accrued", 30),
        ("carried", -5),
        ("carried", 5),
        ("lapsed", -25),
    ]
    assert leave.days("ana") == 35
    assert max(each.last for each in leave.book("ana").lots if each.origin and each.last) == date(2027, 3, 31)


def test_in_the_eu_nobody_loses_what_nobody_told_them_of(leave: LeaveDesk) -> None:
    leave.desk.people(accounts=[account("ana")])
    leave.prefers(leave_weeks="6", jurisdiction="eu")
    for day in ((2026, 9, 28), (2026, 11, 20), (2027, 1, 1)):
        leave.now = datetime(*day, 8, tzinfo=UTC)
        leave.night()
    assert leave.days("ana") == 30  # told on 20 November: 30 days have lapsed
    assert leave.days("ben") == 60  # who has no account could not be told
    assert [lane for lane, _ in leave.told(EXPIRING)] == ["U0ANA"]


def test_who_has_left_earns_no_more(leave: LeaveDesk) -> None:
    leave.desk.people(accounts=[account("ana")])
    leave.prefers(leave_weeks="6", leave_granted="monthly")
    leave.night()
    leave.desk.people(TEAM.replace("ana@", "eve@"), accounts=[account("eve")])
    with leave.desk.deps.sessions.write("T1") as session:
        session.merge(leave.desk.member("ana")).deactivated_at = leave.now
    leave.now = datetime(2026, 11, 30, 8, tzinfo=UTC)
    leave.night()
    assert round(leave.days("ben"), 1) == 27.5
    assert round(leave.days("ana"), 2) == round(30 * 271 / 365, 2)  # up to their last day


def test_people_can_be_taken_back_after_a_night(leave: LeaveDesk) -> None:
    before = leave.desk.tables()
    done = leave.desk.people()
    leave.prefers(leave_weeks="6")
    leave.night()
    assert leave.days("ana") == 30
    leave.desk.undo(done.number)
    assert leave.desk.tables() == before | {"setting": leave.desk.tables()["setting"]}


def test_more_weeks_hold_for_the_year_that_runs_and_for_none_that_is_over(leave: LeaveDesk) -> None:
    leave.desk.people()
    leave.prefers(leave_weeks="5", leave_carried_days="30", leave_carried_months="0")
    leave.night()
    leave.now = datetime(2027, 1, 1, 8, tzinfo=UTC)
    leave.night()
    leave.now = datetime(2027, 1, 2, 8, tzinfo=UTC)
    leave.prefers(leave_weeks="6")
    leave.night()
    assert leave.days("ana") == 25 + 30


def test_december_is_earned_also_where_nothing_ran_over_the_turn_of_the_year(leave: LeaveDesk) -> None:
    leave.desk.people()
    leave.prefers(leave_weeks="6", leave_granted="monthly", leave_carried_days="30", leave_carried_months="0")
    leave.now = datetime(2026, 12, 30, 8, tzinfo=UTC)
    leave.night()
    leave.now = datetime(2027, 1, 2, 8, tzinfo=UTC)
    leave.night()
    assert leave.days("ana") == 30


def test_a_balance_goes_on_with_the_year_that_it_began_with(leave: LeaveDesk) -> None:
    leave.desk.people()
    leave.prefers(leave_weeks="6")
    leave.night()
    leave.prefers(leave_year_starts="04-06")
    leave.night()
    assert leave.days("ana") == 30
    leave.now = datetime(2027, 1, 1, 8, tzinfo=UTC)
    leave.night()
    assert leave.days("ana") == 30


def test_whoever_works_outside_support_has_no_leave_here(leave: LeaveDesk) -> None:
    leave.desk.people()
    leave.prefers(leave_weeks="6")
    leave.night()
    assert (leave.causes("carl"), leave.causes("ana")) == ([], [("accrued", 30)])
