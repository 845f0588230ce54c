"""What the database itself refuses, whatever the program believes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import ForeignKeyConstraint, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError

from storage.db import Sessions, WorkspaceSession
from storage.tables import (
    Assignment,
    Audit,
    Base,
    Department,
    Grant,
    Import,
    ImportChange,
    Member,
    MemberSkill,
    Note,
    Queue,
    SeenEvent,
    Setting,
    Skill,
    Team,
)
from tests.guard import guarded_tables
from tests.storage.rows import MONDAY, a_member, a_note, a_shift, a_team

Refer = Callable[[UUID], Any]


def _assignment(shift_id: UUID, member_id: UUID | None = None, hours: int = 8) -> Assignment:
    shift = a_shift("T1", hours=hours)
    return Assignment(
        workspace_id="T1",
        id=uuid4(),
        shift_id=shift_id,
        member_id=member_id,
        start=shift.start,
        end=shift.end,
        cause="base",
        assigned_at=MONDAY,
    )


def _grant(member_id: UUID, role: str = "lead", team_id: UUID | None = None) -> Grant:
    return Grant(workspace_id="T1", id=uuid4(), member_id=member_id, role=role, team_id=team_id, from_roster=False)


def _department(workspace_id: str, name: str = "Billing") -> Department:
    return Department(workspace_id=workspace_id, id=uuid4(), name=name)


def _queue(workspace_id: str, name: str = "Chat") -> Queue:
    return Queue(workspace_id=workspace_id, id=uuid4(), name=name)


def _skill(workspace_id: str, name: str = "French") -> Skill:
    return Skill(workspace_id=workspace_id, id=uuid4(), name=name)


def _import(workspace_id: str, number: int = 1) -> Import:
    return Import(
        workspace_id=workspace_id, id=uuid4(), number=number, kind="people", files="people.csv", imported_at=MONDAY
    )


def _setting(version: int) -> Setting:
    return Setting(workspace_id="T1", scope="workspace", version=version, document={}, changed_at=MONDAY)


def _change(import_id: UUID, position: int = 1) -> ImportChange:
    return ImportChange(
        workspace_id="T1", id=uuid4(), import_id=import_id, position=position, table="member", subject_id=uuid4()
    )


def _add(session: WorkspaceSession, row: Any) -> UUID:
    session.add(row)
    session.flush()
    found: UUID = row.id
    return found


REFERENCES: dict[str, tuple[Callable[[str], Any], Refer]] = {
    "member.team": (a_team, lambda their_id: a_member("T1", team_id=their_id)),
    "member.department": (_department, lambda their_id: a_member("T1", department_id=their_id)),
    "grant.member": (a_member, _grant),
    "note.author": (a_member, lambda their_id: a_note("T1", author_id=their_id)),
    "shift.member": (a_member, lambda their_id: a_shift("T1", their_id)),
    "shift.queue": (_queue, lambda their_id: a_shift("T1", queue_id=their_id)),
    "shift.note": (a_note, lambda their_id: a_shift("T1", note_id=their_id)),
    "assignment.shift": (a_shift, _assignment),
    "import_change.import": (_import, _change),
}

SAME_TWICE: dict[str, Callable[[WorkspaceSession, UUID], list[Any]]] = {
    "team name": lambda _, __: [a_team("T1"), a_team("T1")],
    "department name": lambda _, __: [_department("T1"), _department("T1")],
    "queue name": lambda _, __: [_queue("T1"), _queue("T1")],
    "skill name": lambda _, __: [_skill("T1"), _skill("T1")],
    "address": lambda _, __: [a_member("T1", "Ada"), a_member("T1", "ada")],
    "Slack account": lambda _, __: [a_member("T1", "A", slack_id="U1"), a_member("T1", "B", slack_id="U1")],
    "role for all teams": lambda _, member_id: [_grant(member_id), _grant(member_id)],
    "number of an import": lambda _, __: [_import("T1"), _import("T1")],
    "version of settings": lambda _, __: [_setting(1), _setting(1)],
    "role for a team": lambda session, member_id: (
        lambda team_id: [_grant(member_id, team_id=team_id), _grant(member_id, team_id=team_id)]
    )(_add(session, a_team("T1"))),
    "event": lambda _, __: [
        SeenEvent(workspace_id="T1", event_id="Ev1", seen_at=MONDAY),
        SeenEvent(workspace_id="T1", event_id="Ev1", seen_at=MONDAY),
    ],
}


def test_every_key_and_every_reference_starts_with_the_workspace() -> None:
    tables = [Base.metadata.tables[name] for name in guarded_tables()]
    assert tables
    for table in tables:
        assert next(iter(table.primary_key.columns)).name == "workspace_id", table.name
        for constraint in table.constraints:
            if isinstance(constraint, ForeignKeyConstraint | UniqueConstraint):
                assert next(iter(constraint.columns)).name == "workspace_id", constraint.name
        for index in table.indexes:
            if not index.dialect_kwargs.get("postgresql_using"):  # one of GIN has no order
                assert next(iter(index.columns)).name == "workspace_id", index.name


@pytest.mark.parametrize("name", REFERENCES)
def test_a_row_refers_to_rows_of_its_own_workspace_only(sessions: Sessions, name: str) -> None:
    build, refer = REFERENCES[name]
    with sessions.write("T2") as session:
        theirs = _add(session, build("T2"))
    with pytest.raises(IntegrityError), sessions.write("T1") as session:
        session.add(refer(theirs))
    with sessions.write("T1") as session:
        ours = _add(session, build("T1"))
        session.add(refer(ours))


def test_a_skill_belongs_to_people_of_its_own_workspace_only(sessions: Sessions) -> None:
    with sessions.write("T2") as session:
        theirs = _add(session, _skill("T2"))
    with sessions.write("T1") as session:
        member_id, ours = _add(session, a_member("T1")), _add(session, _skill("T1"))
        session.add(MemberSkill(workspace_id="T1", member_id=member_id, skill_id=ours))
    with pytest.raises(IntegrityError), sessions.write("T1") as session:
        session.add(MemberSkill(workspace_id="T1", member_id=member_id, skill_id=theirs))


def test_two_workspaces_may_use_the_same_ids_names_and_addresses(sessions: Sessions) -> None:
    shared = uuid4()
    for workspace_id in ("T1", "T2"):
        with sessions.write(workspace_id) as session:
            session.add(Team(workspace_id=workspace_id, id=shared, name="Mail"))
            session.add(a_member(workspace_id, slack_id="U1"))
            session.flush()
            assert session.get_one(Team, (workspace_id, shared)).workspace_id == workspace_id


@pytest.mark.parametrize("name", SAME_TWICE)
def test_what_is_unique_in_a_workspace_cannot_be_there_twice(sessions: Sessions, name: str) -> None:
    with sessions.write("T1") as session:
        member_id = _add(session, a_member("T1", "Grace"))
        first, second = SAME_TWICE[name](session, member_id)
        session.add(first)
    with pytest.raises(IntegrityError), sessions.write("T1") as session:
        session.add(second)


def test_a_member_can_lead_two_teams_and_all(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        member_id = _add(session, a_member("T1"))
        mail, chat = _add(session, a_team("T1", "Mail")), _add(session, a_team("T1", "Chat"))
        session.add_all([_grant(member_id, team_id=mail), _grant(member_id, team_id=chat), _grant(member_id)])


@pytest.mark.parametrize("hours", [0, -1])
def test_a_shift_that_does_not_last_is_refused(sessions: Sessions, hours: int) -> None:
    with pytest.raises(IntegrityError, match="starts_before_it_ends"), sessions.write("T1") as session:
        session.add(a_shift("T1", hours=hours))


@pytest.mark.parametrize("hours", [0, -1])
def test_an_assignment_that_does_not_last_is_refused(sessions: Sessions, hours: int) -> None:
    with sessions.write("T1") as session:
        shift_id = _add(session, a_shift("T1"))
    with pytest.raises(IntegrityError, match="starts_before_it_ends"), sessions.write("T1") as session:
        session.add(_assignment(shift_id, hours=hours))


@pytest.mark.parametrize("capacity", [-0.01, 1.01])
def test_a_capacity_that_is_no_share_is_refused(sessions: Sessions, capacity: float) -> None:
    with pytest.raises(IntegrityError, match="capacity_is_a_share"), sessions.write("T1") as session:
        session.add(a_member("T1", capacity=capacity))


def test_a_member_with_a_shift_cannot_be_deleted(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        member_id = _add(session, a_member("T1"))
        session.add(a_shift("T1", member_id))
    with pytest.raises(IntegrityError), sessions.write("T1") as session:
        session.delete(session.get_one(Member, ("T1", member_id)))


def test_documents_come_back_as_they_were_and_nothing_is_not_the_word_null(sessions: Sessions) -> None:
    before = {"hours": [1, 2.5], "name": "Žofie", "none": None, "deep": {"yes": True}}
    with sessions.write("T1") as session:
        line = Audit(
            workspace_id="T1", id=uuid4(), at=MONDAY, actor="slack", action="x", subject_kind="y", before=before
        )
        session.add(line)
    with sessions.read("T1") as session:
        found = session.scalars(select(Audit).where(Audit.workspace_id == "T1", Audit.after.is_(None))).one()
    assert (found.before, found.after) == (before, None)


def test_text_of_any_length_and_script_comes_back(sessions: Sessions) -> None:
    words = "Grüße, 你好, 🙂 " * 2000
    with sessions.write("T1") as session:
        note_id = _add(session, a_note("T1", words))
    with sessions.read("T1") as session:
        assert session.get_one(Note, ("T1", note_id)).text == words
