"""Who gave or took a role is in the audit."""

from typing import Any

from sqlalchemy import select

from storage.people import teams
from storage.tables import Audit
from tests.actions.desk import Desk

ANA = "email,name,role,team\nana@example.com,Ana Ruiz,{},{}\n"


def roles(desk: Desk) -> list[tuple[str, Any, Any]]:
    """Who got which role instead of which: names of people, and roles with the team that they are for."""
    statement = select(Audit).where(Audit.workspace_id == desk.workspace_id, Audit.action == "role.change")
    with desk.deps.sessions.read(desk.workspace_id) as session:
        rows = session.scalars(statement.order_by(Audit.id)).all()
        names = {str(row.id): row.name for row in teams(session)}
    assert {(row.subject_kind, row.actor) for row in rows} <= {("member", "operator")}
    of_ana = desk.member("ana").id

    def said(role: dict[str, Any] | None) -> Any:
        return role and (role["role"], names.get(role["team_id"]))

    return [("ana" if row.subject_id == of_ana else "another", said(row.before), said(row.after)) for row in rows]


def test_a_role_given_to_somebody_new_leaves_a_line_unless_it_is_that_of_everybody(desk: Desk) -> None:
    desk.people(ANA.format("lead", "Mail") + "ben@example.com,Ben Okafor,agent,Mail\n")
    assert roles(desk) == [("ana", None, ("lead", "Mail"))]


def test_a_changed_role_leaves_a_line_with_both(desk: Desk) -> None:
    desk.people(ANA.format("agent", "Mail"))
    desk.people(ANA.format("lead", "Mail"))
    desk.people(ANA.format("lead", "Phones"))
    desk.people(ANA.format("manager", "Phones"))
    assert roles(desk) == [
        ("ana", ("agent", None), ("lead", "Mail")),
        ("ana", ("lead", "Mail"), ("lead", "Phones")),
        ("ana", ("lead", "Phones"), ("manager", None)),
    ]


def test_what_is_no_role_leaves_no_such_line(desk: Desk) -> None:
    desk.people(ANA.format("coordinator", "Mail"))
    desk.people(ANA.format("coordinator", "Phones").replace("Ruiz", "Díaz"))
    assert roles(desk) == [("ana", None, ("coordinator", None))]


def test_an_undo_says_which_roles_it_takes_back(desk: Desk) -> None:
    desk.people(ANA.format("agent", "Mail"))
    desk.people(
        ANA.format("coordinator", "Mail") + "cora@example.com,Cora Lind,manager,\nben@example.com,Ben,agent,\n"
    )
    desk.undo(2)
    given, taken = roles(desk)[:2], roles(desk)[2:]
    assert sorted(given, key=str) == [
        ("ana", ("agent", None), ("coordinator", None)),
        ("another", None, ("manager", None)),
    ]
    assert sorted(taken, key=str) == [
        ("ana", ("coordinator", None), ("agent", None)),
        ("another", ("manager", None), None),
    ]
