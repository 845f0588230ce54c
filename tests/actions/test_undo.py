import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from bot.actions.imports import AlreadyUndone, ImportInUse, UnknownImport, undo_import
from bot.actions.people_follow import follow_account
from bot.actions.settings_change import change_settings
from bot.actions.settings_scopes import scope_of
from bot.domain.imports import Dependents, Undone
from bot.domain.permissions import OPERATOR, Actor, Grant, NotPermitted, Role
from storage.tables import Assignment, Base, Shift
from tests.actions.desk import NOW, TEAM, Desk, account

MONDAY = "ana@example.com,2026-10-05,09:00,17:00,,Mail,front desk"
TUESDAY = "ana@example.com,2026-10-06,09:00,17:00,,Mail"
WEEK = date(2026, 10, 5), date(2026, 10, 11)


def in_use(desk: Desk, number: int | None) -> Dependents:
    """Why an import cannot be undone; the attempt changes nothing."""
    before = desk.everything()
    with pytest.raises(ImportInUse) as refusal:
        desk.undo(number)
    assert desk.everything() == before
    return refusal.value.dependents


def names(desk: Desk, table: str) -> set[str]:
    """The names in a table of names."""
    at = list(Base.metadata.tables[table].c.keys()).index("name")
    return {row[at] for row in desk.tables()[table]}


def decide(desk: Desk, shift: Shift, name: str) -> Assignment:
    """Somebody else works the shift by a swap, as another capability would have it."""
    decision = Assignment(
        workspace_id="T1",
        id=desk.deps.new_id(),
        shift_id=shift.id,
        member_id=desk.member(name).id,
        start=shift.start,
        end=shift.end,
        cause="swap",
        assigned_at=NOW,
        replaced_at=None,
    )
    desk.put(decision)
    return decision


def test_people_who_were_added_go_with_their_roles_and_skills(desk: Desk) -> None:
    before = desk.tables()
    assert desk.people().number == 1
    undone = desk.undo(1)
    assert (undone.number, undone.gone["member"], undone.restored) == (1, 3, {})
    assert desk.tables() == before


def test_people_are_as_before_with_their_roles_and_skills(desk: Desk) -> None:
    desk.people()
    before = desk.tables()
    desk.people(
        "email,name,role,team,skills,timezone,hired_on\n"
        "ana@example.com,Ana María,agent,Phones,chat;german,Asia/Tokyo,2021-05-03\n"
        "carl@example.com,Carl Holm,agent,Logistics,,,\n"
        "dev@example.com,Dev Rao,lead,Phones,hindi,,\n"
    )
    assert {"Phones"} <= names(desk, "team")
    assert desk.undo(2).restored["member"] == 2
    assert desk.tables() == before


def test_shifts_that_were_added_go_with_their_queues_and_notes(desk: Desk) -> None:
    desk.people()
    before = desk.tables()
    desk.shifts(MONDAY, TUESDAY, ",2026-10-05,10:00,14:00,Europe/Rome,Chat")
    assert desk.undo(2) == Undone(2, {"note": 1, "shift": 3, "assignment": 3}, {})
    assert desk.tables() == before


@pytest.mark.parametrize(
    "line",
    [
        MONDAY.replace("17:00", "18:00"),
        MONDAY.replace("Mail", "Chat"),
        MONDAY.replace("front desk", "back office"),
        "ana@example.com,2026-10-05,08:00,16:00,Asia/Tokyo,Phones,",
    ],
)
def test_a_shift_that_was_moved_is_as_before(desk: Desk, line: str) -> None:
    desk.people()
    desk.shifts(MONDAY)
    before = desk.tables()
    assert len(desk.shifts(line).plan.moved) == 1
    assert desk.undo(3).restored["shift"] == 1
    assert desk.tables() == before


def test_shifts_that_were_removed_are_back(desk: Desk) -> None:
    desk.people()
    desk.shifts(MONDAY, TUESDAY)
    before = desk.tables()
    desk.shifts(TUESDAY.replace("09:00", "08:00"), replaced=WEEK)
    assert len(desk.base()) == 1
    desk.undo(3)
    assert desk.tables() == before


def test_imports_are_undone_one_after_the_other(desk: Desk) -> None:
    states = [desk.tables()]
    for bring in (
        lambda: desk.people(),
        lambda: desk.shifts(MONDAY, TUESDAY),
        lambda: desk.people(TEAM.replace("Mail", "Phones").replace("refunds", "chat")),
        lambda: desk.shifts(MONDAY.replace("Mail", "Chat"), replaced=WEEK),
        lambda: desk.shifts(TUESDAY),
    ):
        bring()
        states.append(desk.tables())
    for number in (5, 4, 3, 2, 1):
        states.pop()
        desk.undo(number)
        assert desk.tables() == states[-1]


def test_an_import_is_undone_once(desk: Desk) -> None:
    desk.people()
    desk.undo(1)
    with pytest.raises(AlreadyUndone):
        desk.undo(1)


@pytest.mark.parametrize("number", [0, 2, -1])
def test_an_unknown_number_is_refused(desk: Desk, number: int) -> None:
    desk.people()
    with pytest.raises(UnknownImport):
        desk.undo(number)


def test_who_may_not_undo_is_refused(desk: Desk) -> None:
    desk.people()
    lead = Actor(desk.member("ana").id, (Grant(Role.LEAD, desk.member("ana").team_id),))
    with pytest.raises(NotPermitted):
        undo_import(desk.deps, "T1", lead, 1)


def test_an_undo_leaves_an_audit_line_and_its_number_is_not_given_again(desk: Desk) -> None:
    desk.people()
    desk.undo(1)
    desk.people()
    assert desk.audit() == [("import.people", 1), ("import.undo", 1), ("import.people", 2)]


def test_what_a_later_import_changed_is_named_with_its_number(desk: Desk) -> None:
    desk.people()
    desk.shifts(MONDAY, TUESDAY)
    desk.shifts(MONDAY.replace("17:00", "18:00"))
    desk.shifts("ben@example.com,2026-10-05,09:00,17:00")
    assert in_use(desk, 2) == Dependents({"shift": 1, "assignment": 1}, {("shift", "assignment"): 1}, 0, 0, [3])
    desk.undo(3)
    desk.undo(2)
    assert [shift.member_id for shift in desk.base()] == [desk.member("ben").id]


def test_shifts_of_people_who_were_added_are_named_with_their_import(desk: Desk) -> None:
    desk.people()
    desk.shifts(MONDAY, TUESDAY)
    found = in_use(desk, 1)
    assert (found.used[("member", "shift")], found.later) == (2, [2])


def test_people_whom_nothing_refers_to_may_go_while_others_stay(desk: Desk) -> None:
    desk.people()
    desk.people("email,name\ndev@example.com,Dev Rao\n")
    desk.shifts(MONDAY)
    before = desk.tables()["shift"]
    desk.undo(2)
    assert (len(desk.tables()["member"]), desk.tables()["shift"]) == (3, before)


def test_a_person_who_was_changed_by_a_later_import_is_named(desk: Desk) -> None:
    desk.people()
    desk.people("email,name,skills\nana@example.com,Ana Ruiz,chat\n")
    found = in_use(desk, 1)
    assert (found.altered, found.later) == ({"member_skill": 2}, [2])


def test_a_shift_that_is_worked_otherwise_stands_in_the_way(desk: Desk) -> None:
    desk.people()
    desk.shifts(MONDAY)
    decide(desk, desk.base()[0], "ben")
    assert in_use(desk, 2) == Dependents({}, {("shift", "assignment"): 1}, 0, 0, [])


def test_a_move_whose_shift_is_worked_otherwise_since_cannot_be_undone(desk: Desk) -> None:
    desk.people()
    desk.shifts(MONDAY)
    desk.shifts(MONDAY.replace("17:00", "18:00"))
    with desk.deps.sessions.write("T1") as session:
        [shift] = desk.base()
        standing = (
            session.query(Assignment).filter_by(workspace_id="T1", shift_id=shift.id, replaced_at=None).one()
        )
        standing.replaced_at = NOW
    assert in_use(desk, 3).altered == {"assignment": 1}


def test_somebody_who_works_the_shift_of_another_stands_in_the_way(desk: Desk) -> None:
    desk.people()
    desk.people("email,name\ndev@example.com,Dev Rao\n")
    desk.shifts(MONDAY)
    decide(desk, desk.base()[0], "dev")
    assert in_use(desk, 2) == Dependents({}, {("member", "assignment"): 1}, 0, 0, [])


def test_what_was_planned_since_stands_in_the_way_of_a_shift_that_would_be_back(desk: Desk) -> None:
    desk.people()
    desk.shifts(MONDAY)
    desk.shifts(replaced=WEEK)
    desk.shifts(MONDAY.replace("09:00,17:00", "16:00,20:00"))
    assert in_use(desk, 3) == Dependents({}, {}, 0, 1, [4])
    desk.undo(4)
    desk.undo(3)
    assert [shift.start_local for shift in desk.base()] == [datetime(2026, 10, 5, 9)]


def test_names_stay_for_as_long_as_others_go_by_them(desk: Desk) -> None:
    desk.people("email,name,team,skills\nana@example.com,Ana Ruiz,Mail,chat\n")
    desk.people("email,name,team,skills\nben@example.com,Ben Okafor,Mail,chat\n")
    desk.undo(1)
    assert (names(desk, "team"), names(desk, "skill")) == ({"Mail"}, {"chat"})
    assert desk.member("ben").team_id is not None


def test_a_queue_stays_for_as_long_as_another_shift_is_on_it(desk: Desk) -> None:
    desk.people()
    desk.shifts(MONDAY)
    desk.shifts(TUESDAY)
    desk.undo(2)
    assert (names(desk, "queue"), len(desk.base())) == ({"Mail"}, 1)


def test_a_name_stays_if_undoing_a_later_import_would_need_it_again(desk: Desk) -> None:
    desk.people()
    desk.shifts(MONDAY)
    desk.shifts(TUESDAY)
    before = desk.tables()["shift"]
    desk.shifts(TUESDAY.replace("Mail", ""))
    desk.undo(2)
    desk.undo(4)
    assert names(desk, "queue") == {"Mail"}
    assert [row for row in desk.tables()["shift"] if row not in before] == []


def test_a_name_with_settings_of_its_own_stays(desk: Desk) -> None:
    desk.people()
    with desk.deps.sessions.read("T1") as session:
        scope = scope_of(session, "Mail", None)
    change_settings(desk.deps, "T1", OPERATOR, scope, {"time_zone": "Asia/Tokyo"})
    desk.undo(1)
    assert (names(desk, "team"), names(desk, "department"), names(desk, "skill")) == ({"Mail"}, set(), set())


def test_what_changes_in_slack_does_not_stand_in_the_way(desk: Desk) -> None:
    before = desk.tables()
    desk.people(TEAM, [account("ana")])
    moved = account("ana", name="Ana María", time_zone="Asia/Tokyo", updated=2)
    follow_account(desk.deps, "T1", "Ev1", moved)
    follow_account(desk.deps, "T1", "Ev2", account("ben"))
    assert (desk.member("ana").slack_name, desk.member("ben").slack_id) == ("Ana María", "U0BEN")
    desk.undo(1)
    assert {**desk.tables(), "seen_event": []} == before


def test_an_account_that_was_linked_by_an_import_is_unlinked_with_all_that_slack_said(desk: Desk) -> None:
    desk.people()
    before = desk.tables()
    desk.people(TEAM, [account("ana", deleted=False)])
    assert desk.member("ana").slack_name == "Ana"
    desk.undo(2)
    assert desk.tables() == before


def test_an_account_that_somebody_else_has_by_now_stands_in_the_way(desk: Desk) -> None:
    accounts = [account("ana"), account("anita"), account("ben")]
    head = "email,name,slack_id\n"
    desk.people(f"{head}ana@example.com,Ana,U0ANA\nben@example.com,Ben,U0BEN\n", accounts)
    desk.people(f"{head}ana@example.com,Ana,U0ANITA\n", accounts)
    desk.people(f"{head}ben@example.com,Ben,U0ANA\n", accounts)
    assert in_use(desk, 2) == Dependents({}, {}, 1, 0, [3])
    desk.undo(3)
    desk.undo(2)
    assert (desk.member("ana").slack_id, desk.member("ana").slack_name) == ("U0ANA", "Ana")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returns or raises when all of them begin at the same moment."""
    results: list[Any] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def run(number: int) -> None:
        ready.wait()
        try:
            results[number] = acts[number]()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_undos_at_once_one_wins(desk: Desk) -> None:
    before = desk.tables()
    desk.people()
    results = at_once(*[lambda: desk.undo(1)] * 4)
    assert sorted(type(each).__name__ for each in results) == ["AlreadyUndone"] * 3 + ["Undone"]
    assert desk.tables() == before


def test_of_the_same_import_several_times_at_once_one_writes(desk: Desk, tmp_path: Any) -> None:
    desk.people()
    desks = [Desk(desk.deps, tmp_path / str(number)) for number in range(4)]
    for each in desks:
        each.folder.mkdir()
    results = at_once(*(lambda each=each: each.shifts(MONDAY, TUESDAY) for each in desks))
    assert sorted(each.number or 0 for each in results) == [0, 0, 0, 2]
    assert len(desk.base()) == 2


def test_an_import_and_the_undo_of_what_it_needs_never_leave_half_of_either(desk: Desk) -> None:
    desk.people()
    desk.people("email,name\ndev@example.com,Dev Rao\n")
    imported, undone = at_once(lambda: desk.shifts("dev@example.com,2026-10-05,09:00,17:00"), lambda: desk.undo(2))
    if isinstance(undone, Undone):
        assert [problem.column for problem in imported.problems] == ["email"]
        assert (desk.base(), len(desk.tables()["member"])) == ([], 3)
    else:
        assert (undone.dependents.later, imported.number) == ([3], 3)
        assert (len(desk.base()), len(desk.tables()["member"])) == (1, 4)
