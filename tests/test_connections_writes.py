"""What is decided here is written to Zendesk, by whoever pressed it; what changed there is never written over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.cases_turn import amend, happen
from bot.actions.connections import disconnect
from bot.actions.connections_decide import take_theirs, write_again
from bot.actions.notes import write_note
from bot.domain.cases import By, CaseIsOver, Happening, Kind, State
from bot.domain.connections import WriteIsSettled, WriteState
from storage.cases import case_of_reference
from storage.tables import Audit
from tests.connection_desk import ConnectionDesk, connected
from tests.connectors.zendesk_fake import Fault


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[ConnectionDesk]:
    with connected(sqlite_url, tmp_path) as opened:
        yield opened


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[ConnectionDesk]:
    with connected(database_url, tmp_path) as opened:
        yield opened


def mirrored(desk: ConnectionDesk, **fields: Any) -> int:
    """A ticket that was read."""
    ticket = desk.fake.ticket("Refund", **fields)
    desk.syncs()
    return ticket


def there(desk: ConnectionDesk, ticket: int) -> tuple[str, object]:
    row = desk.fake.tickets[ticket]
    return row["status"], row["assignee_id"]


def outcomes(desk: ConnectionDesk) -> list[tuple[str, str]]:
    return [(row.kind, row.state) for row in desk.writes()]


def test_state_owner_note_and_tags_are_written_in_order_and_come_back_as_nothing_new(
    either: ConnectionDesk,
) -> None:
    desk = either
    ticket = mirrored(desk)
    actor = desk.caller("ben").actor
    desk.does("ben", ticket, Kind.STATE, state="open")
    desk.does("ben", ticket, Kind.OWNER, owner=desk.member("ana"))
    desk.does("ben", ticket, Kind.STATE, state="on hold")
    with desk.deps.sessions.write("T1") as session:
        case = case_of_reference(session, str(ticket))
        assert case
        note_id = write_note(session, desk.deps, actor.member_id, "Billing looks into it.")
        happen(session, desk.deps, actor, case, Happening(Kind.NOTE, note_id=note_id))
        amend(session, desk.deps, actor, case, tags=["billing", "web"])
    assert desk.fake.updates == []  # nothing is sent within a transaction
    desk.syncs()
    assert there(desk, ticket) == ("hold", desk.fake.ana)
    assert desk.fake.tickets[ticket]["tags"] == ["billing", "web"]
    assert [update.get("status") for update in desk.fake.updates[:3]] == ["open", None, "hold"]
    assert desk.fake.updates[3]["comment"] == {"body": "Ben Okafor: Billing looks into it.", "public": False}
    kinds = ["state", "owner", "state", "note", "tags"]
    assert outcomes(desk) == [(kind, WriteState.DONE) for kind in kinds]
    assert {str(row.member_id) for row in desk.writes()} == {desk.member("ben")}
    before = [(row.kind, row.by) for row in desk.events(ticket)]
    desk.syncs()
    desk.syncs()
    assert [(row.kind, row.by) for row in desk.events(ticket)] == before
    assert (desk.case(ticket).state, desk.told("case.write")) == (State.ON_HOLD, [])


def test_what_was_changed_there_meanwhile_is_shown_and_stands(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.fake.change(ticket, status="solved")
    desk.syncs()
    assert there(desk, ticket)[0] == "solved"
    assert (outcomes(desk), desk.told("case.write")) == ([("state", WriteState.CONFLICT)], ["U0BEN"])
    assert desk.case(ticket).state == State.SOLVED
    take_theirs(desk.deps, desk.caller("ben"), desk.writes()[0].id)
    with pytest.raises(WriteIsSettled):
        write_again(desk.deps, desk.caller("cora"), desk.writes()[0].id)
    desk.syncs()
    assert (there(desk, ticket)[0], desk.case(ticket).state) == ("solved", State.SOLVED)
    assert outcomes(desk) == [("state", WriteState.TAKEN)]


def test_ours_is_written_again_upon_what_stands_there_if_somebody_wants_that(either: ConnectionDesk) -> None:
    desk = either
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.OWNER, owner=desk.member("ana"))
    desk.fake.change(ticket, assignee_id=desk.fake.cora)
    desk.syncs()
    assert str(desk.case(ticket).owner_id) == desk.member("cora")
    write_again(desk.deps, desk.caller("cora"), desk.writes()[0].id)
    assert str(desk.case(ticket).owner_id) == desk.member("ana")
    desk.syncs()
    assert there(desk, ticket)[1] == desk.fake.ana
    assert outcomes(desk) == [("owner", WriteState.REPEATED), ("owner", WriteState.DONE)]
    assert [str(row.member_id) for row in desk.writes()] == [desk.member("ben"), desk.member("cora")]
    desk.syncs()
    assert str(desk.case(ticket).owner_id) == desk.member("ana")


def test_a_change_of_something_else_there_is_no_conflict(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.fake.change(ticket, priority="high", comment=True)
    desk.syncs()
    assert there(desk, ticket)[0] == "pending"
    desk.syncs()
    assert (desk.case(ticket).state, desk.case(ticket).priority) == (State.PENDING, "high")


def test_a_write_of_one_field_hides_no_change_of_another(desk: ConnectionDesk) -> None:
    ticket, stranger = mirrored(desk, status="open"), desk.fake.user("Dev Rao", "dev@example.com", "agent")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.does("ben", ticket, Kind.OWNER, owner=desk.member("ana"))
    desk.fake.change(ticket, assignee_id=stranger)
    desk.syncs()
    assert outcomes(desk) == [("state", WriteState.DONE), ("owner", WriteState.CONFLICT)]
    assert there(desk, ticket) == ("pending", stranger)
    desk.does("ben", ticket, Kind.STATE, state="open")
    desk.fake.change(ticket, assignee_id=None)
    desk.fake.faults.append(Fault(500, "incremental"))
    desk.syncs()
    desk.does("ben", ticket, Kind.OWNER, owner=desk.member("ana"))
    desk.syncs()
    assert outcomes(desk)[2:] == [("state", WriteState.DONE), ("owner", WriteState.CONFLICT)]
    assert there(desk, ticket) == ("open", None)


def test_a_lost_answer_writes_nothing_twice_and_waits_longer_each_time(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.fake.faults.append(Fault(502, f"PUT tickets/{ticket}", after=True))
    desk.syncs()
    assert outcomes(desk) == [("state", WriteState.WAITING)]
    desk.syncs()
    assert outcomes(desk) == [("state", WriteState.DONE)]
    assert (len(desk.fake.updates), desk.writes()[0].tries) == (1, 2)
    assert [row.by for row in desk.events(ticket) if row.kind == Kind.STATE] == [By.MEMBER]


def test_writes_of_a_case_keep_their_order_while_one_waits(desk: ConnectionDesk) -> None:
    first, second = mirrored(desk, status="open"), mirrored(desk, status="open")
    desk.does("ben", first, Kind.STATE, state="pending")
    desk.does("ben", first, Kind.STATE, state="open")
    desk.does("ben", second, Kind.STATE, state="pending")
    desk.fake.faults.append(Fault(500, f"PUT tickets/{first}"))
    desk.syncs()
    assert [state for _, state in outcomes(desk)] == [WriteState.WAITING, WriteState.WAITING, WriteState.DONE]
    desk.syncs()
    assert [update["status"] for update in desk.fake.updates] == ["pending", "pending", "open"]


def test_what_zendesk_refuses_stands_here_again_as_it_is_there(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.fake.faults.append(Fault(422, f"PUT tickets/{ticket}"))
    desk.does("ben", ticket, Kind.OWNER, owner=desk.member("ben"))  # who has no account there
    desk.syncs()
    assert outcomes(desk) == [("state", WriteState.REFUSED), ("owner", WriteState.REFUSED)]
    assert [row.error for row in desk.writes()] == ["refused", "no account there"]
    assert (desk.case(ticket).state, desk.case(ticket).owner_id) == (State.OPEN, None)
    assert desk.told("case.write") == ["U0BEN", "U0BEN"]


def test_what_is_closed_there_can_be_changed_here_no_more(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.fake.change(ticket, status="solved")
    desk.syncs()
    desk.fake.change(ticket, status="closed")
    desk.syncs()
    (row,) = desk.writes()
    with pytest.raises(CaseIsOver):
        write_again(desk.deps, desk.caller("ben"), row.id)
    assert (outcomes(desk), desk.case(ticket).state) == ([("state", WriteState.CONFLICT)], State.CLOSED)


def test_while_nobody_is_let_in_writes_wait_and_are_made_after_the_next_sign_in(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.fake.token = "another"
    desk.syncs()
    assert outcomes(desk) == [("state", WriteState.WAITING)]
    desk.connects("another")
    desk.syncs()
    assert there(desk, ticket)[0] == "pending"


def test_disconnected_nothing_is_written_and_the_case_is_ours_alone(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    disconnect(desk.deps, desk.caller("cora"), "zendesk")
    desk.does("ben", ticket, Kind.STATE, state="solved")
    assert (outcomes(desk), desk.fake.updates) == ([("state", WriteState.REFUSED)], [])
    desk.connects()
    desk.syncs()
    assert there(desk, ticket)[0] == "open"


def test_what_may_not_be_written_is_refused_alone_and_all_else_goes_on(desk: ConnectionDesk) -> None:
    first, second = mirrored(desk, status="open"), mirrored(desk, status="open")
    desk.does("ben", first, Kind.STATE, state="pending")
    desk.does("ben", second, Kind.STATE, state="pending")
    desk.fake.faults.append(Fault(403, f"PUT tickets/{first}"))
    assert desk.syncs().done
    assert outcomes(desk) == [("state", WriteState.REFUSED), ("state", WriteState.DONE)]
    assert desk.case(first).state == State.OPEN


def test_where_nobody_is_let_in_at_all_no_write_is_refused(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.fake.faults += [Fault(403, f"PUT tickets/{ticket}"), Fault(403, "users/me")]
    assert desk.syncs().error == "sign-in failed"
    assert outcomes(desk) == [("state", WriteState.WAITING)]
    desk.connects()
    desk.syncs()
    assert there(desk, ticket)[0] == "pending"


def test_what_is_locked_for_a_moment_is_written_later_and_reading_goes_on(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.note("ben", ticket, "Asked billing.")
    desk.fake.faults.append(Fault(409, f"PUT tickets/{ticket}"))
    assert desk.syncs().done
    assert outcomes(desk) == [("note", WriteState.WAITING)]
    desk.syncs()
    assert outcomes(desk) == [("note", WriteState.DONE)]


def test_what_is_not_there_any_more_is_gone_here_too(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    fields = desk.fake.tickets.pop(ticket)
    desk.syncs()
    assert [row.error for row in desk.writes()] == ["gone"]
    assert desk.case(ticket).external_gone_at is not None
    desk.fake.tickets[ticket] = fields
    desk.fake.change(ticket, comment=False)
    desk.syncs()
    assert desk.case(ticket).external_gone_at is None


def test_ours_is_written_again_also_where_it_stands_here_already(desk: ConnectionDesk) -> None:
    """Whoever owns it there is nobody whom we know, so here nobody owns it in both cases."""
    stranger = desk.fake.user("Dev Rao", "dev@elsewhere.example", "agent")
    ticket = mirrored(desk, status="open", assignee_id=desk.fake.ana)
    desk.does("ben", ticket, Kind.OWNER, owner=None)
    desk.fake.change(ticket, assignee_id=stranger)
    desk.syncs()
    (row,) = desk.writes()
    assert (row.state, desk.case(ticket).owner_id) == (WriteState.CONFLICT, None)
    write_again(desk.deps, desk.caller("ben"), row.id)
    desk.syncs()
    assert there(desk, ticket)[1] is None
    assert outcomes(desk) == [("owner", WriteState.REPEATED), ("owner", WriteState.DONE)]


def test_disconnected_there_is_nothing_left_to_decide(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.fake.change(ticket, status="hold")
    desk.syncs()
    (row,) = desk.writes()
    disconnect(desk.deps, desk.caller("cora"), "zendesk")
    with pytest.raises(WriteIsSettled):
        write_again(desk.deps, desk.caller("ben"), row.id)
    assert (desk.writes()[0].state, desk.writes()[0].error) == (WriteState.REFUSED, "disconnected")


def test_each_write_leaves_a_line_of_who_wanted_it_and_what_came_of_it(desk: ConnectionDesk) -> None:
    ticket = mirrored(desk, status="open")
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.syncs()
    statement = select(Audit).where(Audit.workspace_id == "T1", Audit.action == "case.write")
    with desk.deps.sessions.read("T1") as session:
        (line,) = session.scalars(statement)
    assert (str(line.actor_id), line.number) == (desk.member("ben"), 1)
    assert line.after == {"helpdesk": "zendesk", "field": "state", "state": "done"}
