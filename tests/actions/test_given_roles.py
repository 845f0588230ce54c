"""Roles that were given in Slack, beside those that the people file gives."""

from sqlalchemy import select

from bot.actions.people import Caller, recognise
from bot.actions.roles import change_roles
from bot.domain.permissions import Grant, Role
from storage.tables import Audit
from storage.tables import Grant as Row
from tests.actions.desk import Desk, account

MIA = "mia@example.com,Mia Berg,manager,\ncora@example.com,Cora Lind,coordinator,\n"
ANA = "email,name,role,team\nana@example.com,Ana Ruiz,{},Mail\n" + MIA
AGENT, COORDINATOR = Grant(Role.AGENT), Grant(Role.COORDINATOR)


def begin(desk: Desk) -> Caller:
    """Ana is an agent by the file and a coordinator by Mia's word."""
    desk.people(ANA.format("agent"), [account("ana"), account("mia")])
    mia = recognise(desk.deps, desk.workspace_id, "U0MIA")
    change_roles(desk.deps, mia, desk.member("ana").id, frozenset({COORDINATOR}), frozenset())
    return mia


def held(desk: Desk) -> list[tuple[str, bool]]:
    """Ana's roles, and whether each is the file's."""
    with desk.deps.sessions.read(desk.workspace_id) as session:
        rows = session.scalars(
            select(Row).where(Row.workspace_id == desk.workspace_id, Row.member_id == desk.member("ana").id)
        )
        return sorted((row.role, row.from_roster) for row in rows)


def noted(desk: Desk) -> int:
    """How many lines there are about roles."""
    with desk.deps.sessions.read(desk.workspace_id) as session:
        statement = select(Audit).where(Audit.workspace_id == desk.workspace_id, Audit.action == "role.change")
        return len(list(session.scalars(statement)))


def test_a_role_given_by_hand_is_kept_when_the_file_changes_another(desk: Desk) -> None:
    begin(desk)
    desk.people(ANA.format("lead"))
    assert held(desk) == [("coordinator", False), ("lead", True)]


def test_the_file_may_say_the_same_and_an_undo_gives_both_back(desk: Desk) -> None:
    begin(desk)
    number = desk.people(ANA.format("coordinator")).number
    assert held(desk) == [("coordinator", True)]
    desk.undo(number)
    assert held(desk) == [("agent", True), ("coordinator", False)]
    desk.people(ANA.format("coordinator"))
    desk.people(ANA.format("agent"))
    assert held(desk) == [("agent", True)]


def test_a_role_of_the_file_that_was_taken_by_hand_comes_back_with_its_next_change(desk: Desk) -> None:
    mia = begin(desk)
    desk.people(ANA.format("lead"))
    ana = desk.member("ana")
    change_roles(
        desk.deps, mia, ana.id, frozenset({AGENT}), frozenset({COORDINATOR, Grant(Role.LEAD, ana.team_id)})
    )
    assert held(desk) == [("agent", False)]
    desk.people(ANA.format("lead"))
    assert held(desk) == [("agent", False), ("lead", True)]


def test_who_holds_what_they_are_given_is_told_nothing(desk: Desk) -> None:
    mia = begin(desk)
    before = noted(desk)
    change_roles(desk.deps, mia, desk.member("ana").id, frozenset({COORDINATOR}), frozenset())
    assert noted(desk) == before
