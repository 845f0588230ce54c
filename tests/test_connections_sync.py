"""Zendesk is read into our cases, page by page, and nothing is lost or doubled, whatever happens meanwhile."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.cases_open import open_cases
from bot.actions.connections import NoSecretKey, OtherAccount, connections_shown, disconnect
from bot.actions.connections_part import load_writes, write_lines
from bot.actions.connections_read import Overtaken, take_page
from bot.actions.connections_sync import read_from, sync, turn
from bot.connectors.helpdesk import CaseRead, Page, PersonRead, version_of
from bot.connectors.sealed import seal
from bot.domain.cases import By, Kind, State
from bot.domain.connections import WriteState
from bot.domain.permissions import CLOCK, OPERATOR, NotPermitted
from storage.health import workspace_ids
from storage.stuck import may_be_stuck
from storage.tables import Audit, Connection, ExternalPerson
from tests.connection_desk import NOON, TEAM, ConnectionDesk, connected, settings_of
from tests.connectors.zendesk_fake import TOKEN, Fault, zendesk


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[ConnectionDesk]:
    with connected(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
def one_desk(sqlite_url: str, tmp_path: Path) -> Iterator[ConnectionDesk]:
    with connected(sqlite_url, tmp_path) as opened:
        yield opened


def history(desk: ConnectionDesk, ticket: int) -> list[tuple[str, str, dict[str, Any]]]:
    return [(row.kind, row.by, row.data) for row in desk.events(ticket)]


def test_a_ticket_becomes_a_case_and_follows_it_from_then_on(desk: ConnectionDesk) -> None:
    ticket = desk.fake.ticket("Where is my refund?")
    desk.passes(10)
    desk.fake.change(ticket, comment=True, status="pending", assignee_id=desk.fake.ana)
    assert desk.syncs().done
    case, ana = desk.case(ticket), desk.member("ana")
    assert (case.number, case.source, case.title, case.customer) == (
        1,
        "zendesk",
        "Where is my refund?",
        "Jo Client",
    )
    assert (case.state, str(case.owner_id), case.opened_at) == (State.PENDING, ana, NOON)
    assert case.queue_id is not None
    assert case.external_version == version_of(case.changed_at)
    minutes = [(row.kind, row.by, (row.at - NOON).total_seconds() / 60) for row in desk.events(ticket)]
    assert minutes == [
        (Kind.OPENED, By.HELPDESK, 0),
        (Kind.MESSAGE, By.CUSTOMER, 0),
        (Kind.MESSAGE, By.MEMBER, 10),
        (Kind.STATE, By.MEMBER, 10),
        (Kind.OWNER, By.MEMBER, 10),
    ]
    desk.fake.change(ticket, desk.fake.jo, comment=True, status="open")
    desk.fake.promises(ticket, next_reply_time=NOON.replace(hour=15))
    desk.fake.tickets[ticket]["subject"] = "Where is my refund now?"
    desk.syncs()
    case = desk.case(ticket)
    assert (case.state, case.title, case.due_at) == (State.OPEN, "Where is my refund now?", NOON.replace(hour=15))
    before = history(desk, ticket)
    assert desk.syncs().cases == 0
    assert (history(desk, ticket), desk.connection.error) == (before, None)
    assert desk.connection.read_at == desk.now


def test_no_words_of_a_customer_and_no_token_are_stored(desk: ConnectionDesk) -> None:
    ticket = desk.fake.ticket("Title")
    desk.fake.change(ticket, comment=True)
    desk.syncs()
    assert TOKEN.encode() not in desk.connection.secret
    told = repr(history(desk, ticket)) + repr(desk.connection.cursor) + repr(desk.connection.options)
    assert "Words" not in told
    assert TOKEN not in told


def test_pages_go_on_where_they_were_left_and_what_was_read_twice_counts_once(desk: ConnectionDesk) -> None:
    for each in range(105):
        desk.fake.ticket(f"Ticket {each}")
        desk.passes(0.02)
    first = desk.syncs(most=2)  # who works there, and a page
    assert (first.cases, first.done, len(desk.cases())) == (50, False, 50)
    assert desk.connection.read_at is None
    assert desk.syncs().cases == 55
    assert [case.number for case in desk.cases()] == list(range(1, 106))
    events = {case.external_id: len(desk.events(int(case.external_id or 0))) for case in desk.cases()[::20]}
    read_from(desk.deps, "T1", OPERATOR, "zendesk", NOON)
    assert desk.syncs().cases == 105
    assert len(desk.cases()) == 105
    assert events == {
        case.external_id: len(desk.events(int(case.external_id or 0))) for case in desk.cases()[::20]
    }


class Killed(BaseException):
    """The process is gone."""


def test_killed_within_a_page_it_goes_on_with_that_page(
    desk: ConnectionDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in range(60):
        desk.fake.ticket(f"Ticket {each}")
        desk.passes(0.02)
    opened = [0]

    def dies(*arguments: Any) -> Any:
        opened[0] += 1
        if opened[0] == 55:
            raise Killed
        return open_cases(*arguments)

    monkeypatch.setattr("bot.actions.connections_read.open_cases", dies)
    with pytest.raises(Killed):
        desk.syncs()
    assert len(desk.cases()) == 50  # a page is whole, or not there
    monkeypatch.undo()
    assert desk.syncs().cases == 10
    assert [case.number for case in desk.cases()] == list(range(1, 61))


def test_whoever_is_overtaken_writes_nothing(desk: ConnectionDesk) -> None:
    ticket = desk.fake.ticket("Contended")
    desk.syncs()
    read = CaseRead(str(ticket), version_of(desk.now), title="Older", changed_at=desk.now)
    with pytest.raises(Overtaken):
        take_page(desk.deps, "T1", CLOCK, desk.connection, Page({"cursor": "x"}, more=False, cases=(read,)), None)
    assert desk.case(ticket).title == "Contended"


def test_a_deleted_ticket_is_gone_and_comes_back(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    ticket, unknown = desk.fake.ticket("Delete me"), desk.fake.ticket("Never seen")
    desk.fake.delete(unknown)
    desk.syncs()
    desk.fake.delete(ticket)
    desk.syncs()
    case = desk.case(ticket)
    assert case.external_gone_at is not None
    assert case.title == "Delete me"
    assert [each.external_id for each in desk.cases()] == [str(ticket)]
    desk.fake.change(ticket, status="open")
    desk.syncs()
    assert (desk.case(ticket).external_gone_at, desk.case(ticket).state) == (None, State.OPEN)


def test_what_was_changed_here_is_not_changed_back_by_what_nobody_changed_there(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    ticket = desk.fake.ticket("Ours", priority="normal")
    desk.syncs()
    desk.does("ben", ticket, Kind.PRIORITY, priority="urgent")
    desk.fake.change(ticket, comment=False)
    desk.syncs()
    assert desk.case(ticket).priority == "urgent"
    desk.fake.change(ticket, priority="high")
    desk.syncs()
    assert desk.case(ticket).priority == "high"


def test_a_clock_that_is_ahead_there_leaves_nothing_in_the_future(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    ahead = desk.now.replace(hour=13)
    read = CaseRead("77", version_of(ahead), title="Ahead", state=State.OPEN, opened_at=ahead, changed_at=ahead)
    began = desk.connection
    take_page(desk.deps, "T1", CLOCK, began, Page({"cursor": "x"}, more=False, cases=(read,)), began.cursor)
    assert (desk.case(77).opened_at, desk.case(77).changed_at) == (desk.now, desk.now)


def test_by_a_clock_that_is_behind_what_happened_there_last_holds(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    desk.fake.clock = lambda: desk.now - timedelta(minutes=10)
    ticket = desk.fake.ticket("Behind", status="open")
    desk.syncs()
    desk.does("ben", ticket, Kind.STATE, state="pending")
    desk.syncs()
    assert desk.fake.tickets[ticket]["status"] == "pending"
    desk.fake.change(ticket, status="solved", assignee_id=desk.fake.ana)
    desk.syncs()
    assert (desk.case(ticket).state, str(desk.case(ticket).owner_id)) == (State.SOLVED, desk.member("ana"))
    assert desk.syncs().cases == 0


def test_told_to_wait_it_waits_and_then_goes_on(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    ticket = desk.fake.ticket("Patience")
    desk.fake.faults.append(Fault(429, "incremental", {"Retry-After": "300"}))
    synced = desk.syncs()
    assert (synced.done, synced.error, desk.cases()) == (False, "too many requests", [])
    asked = len(desk.fake.asked)
    desk.syncs()
    assert len(desk.fake.asked) == asked
    desk.passes(3)
    assert desk.syncs().done
    assert (desk.case(ticket).title, desk.connection.error, desk.connection.failed_at) == ("Patience", None, None)


def test_while_it_is_away_it_is_asked_again_each_minute(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    ticket = desk.fake.ticket("Away")
    desk.fake.faults += [Fault(500, "incremental"), Fault(500, f"tickets/{ticket}/audits")]
    assert [desk.syncs().error, desk.syncs().error] == ["away", "away"]
    assert desk.connection.failed_at == NOON.replace(minute=2)
    assert desk.syncs().done
    assert len(desk.cases()) == 1


def test_a_token_that_is_over_is_asked_for_once_and_nothing_more_is_sent(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    desk.fake.token = "another"
    assert desk.syncs().error == "sign-in failed"
    asked = len(desk.fake.asked)
    desk.syncs()
    assert (len(desk.fake.asked), desk.told("helpdesk.failed")) == (asked, ["C0OPS"])
    ticket = desk.fake.ticket("After")
    desk.connects("another")
    assert desk.syncs().done
    assert desk.case(ticket).title == "After"


def test_with_another_key_nothing_is_opened_and_with_both_it_is_sealed_anew(
    sqlite_url: str, tmp_path: Path
) -> None:
    new = "A" * 43 + "="
    with connected(sqlite_url, tmp_path) as desk:
        old, sealed = desk.deps, desk.connection.secret
        desk.deps = replace(old, settings=settings_of(sqlite_url, new))
        assert desk.syncs().error == "wrong key"
        assert desk.connection.secret == sealed
        desk.deps = replace(old, settings=settings_of(sqlite_url, f"{new},{settings_key(old)}"))
        assert desk.syncs().done
        assert desk.connection.secret != sealed
        desk.deps = replace(old, settings=settings_of(sqlite_url, new))
        assert desk.syncs().done


def settings_key(deps: Any) -> str:
    key: str = deps.settings.secret_key.get_secret_value()
    return key


def test_only_the_clock_and_the_operator_read(one_desk: ConnectionDesk) -> None:
    with pytest.raises(NotPermitted):
        sync(one_desk.deps, "T1", one_desk.caller("cora").actor, "zendesk")
    assert workspace_ids(one_desk.deps.sessions) == ["T1"]


def test_two_processes_that_read_and_write_at_once_do_each_thing_once(desk: ConnectionDesk) -> None:
    mirrored = [desk.fake.ticket(f"Ticket {each}", status="open") for each in range(3)]
    desk.syncs()
    for ticket in mirrored:
        desk.note("ben", ticket, "Asked billing.")
    for each in range(120):
        desk.fake.ticket(f"Later {each}")
        desk.passes(0.02)
    desk.passes()
    with ThreadPoolExecutor(4) as pool:
        ran = [pool.submit(sync, desk.deps, "T1", CLOCK, "zendesk") for _ in range(4)]
    ends = {type(each.exception()) for each in ran}
    assert ends <= {type(None), Overtaken}
    assert type(None) in ends
    assert sorted(case.number for case in desk.cases()) == list(range(1, 124))
    assert len({case.external_id for case in desk.cases()}) == 123
    assert len(desk.fake.updates) == 3
    assert {row.state for row in desk.writes()} == {WriteState.DONE}


def test_one_that_died_while_it_wrote_is_followed_by_the_next_after_its_lease(
    one_desk: ConnectionDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = one_desk
    ticket = desk.fake.ticket("Refund", status="open")
    desk.syncs()
    desk.note("ben", ticket, "Asked billing.")

    def dies(*_: Any) -> None:
        raise Killed

    monkeypatch.setattr("bot.actions.connections_deliver._settle", dies)
    with pytest.raises(Killed):
        desk.syncs()
    monkeypatch.undo()
    assert (len(desk.fake.updates), desk.writes()[0].state) == (1, WriteState.WAITING)
    desk.passes(-1.5)
    desk.syncs()
    assert desk.writes()[0].state == WriteState.WAITING
    desk.syncs()
    assert (len(desk.fake.updates), desk.writes()[0].state) == (1, WriteState.DONE)


def test_another_account_is_refused_where_cases_of_the_first_are_and_taken_where_none_are(
    one_desk: ConnectionDesk,
) -> None:
    desk = one_desk
    first = desk.fake.url
    with zendesk(lambda: desk.now) as desk.fake:
        desk.connects()
        assert desk.connection.address == desk.fake.url != first
        desk.fake.ticket("Refund")
        desk.syncs()
        with zendesk(lambda: desk.now) as desk.fake, pytest.raises(OtherAccount):
            desk.connects()
    assert desk.connection.address not in (first, desk.fake.url)


def test_without_a_key_nothing_is_kept(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    settings = desk.deps.settings.model_copy(update={"secret_key": None})
    desk.deps = replace(desk.deps, settings=settings)
    with pytest.raises(NoSecretKey):
        desk.connects()


def test_whoever_comes_on_the_roster_later_owns_what_they_own_there(desk: ConnectionDesk) -> None:
    dev = desk.fake.user("Dev Rao", "dev@example.com", "agent")
    ticket = desk.fake.ticket("Refund", status="open", assignee_id=dev)
    desk.syncs()
    assert desk.case(ticket).owner_id is None
    desk.people(f"{TEAM}dev@example.com,Dev Rao,agent,Mail,UTC\n")
    desk.passes(60)
    desk.syncs()
    assert str(desk.case(ticket).owner_id) == desk.member("dev")
    assert desk.writes() == []


def test_a_case_that_somebody_unknown_owns_there_says_so_and_is_not_nobodys(desk: ConnectionDesk) -> None:
    dev = desk.fake.user("Dev Rao", "dev@elsewhere.example", "agent")
    theirs, nobodys = desk.fake.ticket("Dev's", status="open", assignee_id=dev), desk.fake.ticket("Nobody's")
    desk.syncs()
    with desk.deps.sessions.read("T1") as session:
        shown = load_writes(session, desk.case(theirs), desk.now)
        assert shown
        assert write_lines(shown, desk.caller("ben").formats) == [
            "Owned in Zendesk by Dev Rao, who is not on the roster"
        ]
        assert load_writes(session, desk.case(nobodys), desk.now) is None
        assert [case.title for case in may_be_stuck(session, desk.now, 10)] == ["Nobody's"]


def test_an_address_is_the_same_however_it_is_written_there(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    began = desk.connection
    people = (PersonRead("9", "Ben Okafor", "Ben@Example.com", is_agent=True),)
    read = CaseRead("7", version_of(desk.now), title="Ben's", owner="9")
    page = Page({"cursor": "x"}, more=False, cases=(read,), people=people)
    take_page(desk.deps, "T1", CLOCK, began, page, began.cursor)
    assert str(desk.case(7).owner_id) == desk.member("ben")


def test_customers_are_not_noted_as_people(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    desk.fake.ticket("Refund")
    desk.syncs()
    statement = select(ExternalPerson.email).where(ExternalPerson.workspace_id == "T1")
    with desk.deps.sessions.read("T1") as session:
        assert set(session.scalars(statement)) == {"ana@example.com", "cora@example.com"}


def test_what_no_database_holds_is_left_out_of_a_text(desk: ConnectionDesk) -> None:
    """Half an emoji, where a subject was cut within it, or a zero byte."""
    ticket = desk.fake.ticket("Broken \ud83d and \0 empty", tags=["\udc00"])
    assert desk.syncs().done
    assert desk.case(ticket).title == "Broken ? and  empty"


def test_a_case_that_cannot_be_taken_over_keeps_no_other_back(desk: ConnectionDesk) -> None:
    began, version = desk.connection, version_of(desk.now)
    bad: Any = CaseRead("7", version, title="Bad", priority="extreme")  # type: ignore[arg-type]
    page = Page({"cursor": "x"}, more=False, cases=(bad, CaseRead("8", version, title="Good")))
    take_page(desk.deps, "T1", CLOCK, began, page, began.cursor)
    assert [case.title for case in desk.cases()] == ["Good"]
    began = desk.connection
    with pytest.raises(ValueError, match="extreme"):
        take_page(desk.deps, "T1", CLOCK, began, replace(page, cases=(bad,), cursor={}), began.cursor)
    assert desk.connection.cursor == {"cursor": "x"}


def test_what_is_wrong_with_one_helpdesk_keeps_no_other_back(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    ticket = desk.fake.ticket("Refund")
    with desk.deps.sessions.write("T1") as session:
        row = session.get(Connection, ("T1", "zendesk"))
        assert row
        same = {name: getattr(row, name) for name in ("address", "options", "state", "connected_at")}
        secret = seal(desk.deps.settings.secret_keys, "T1:elsewhere", {})
        session.add(Connection(workspace_id="T1", kind="elsewhere", secret=secret, **same))
    desk.passes()
    with pytest.raises(KeyError):
        turn(desk.deps, "T1")
    assert desk.case(ticket).title == "Refund"


def test_cases_that_are_read_are_no_lines_of_the_audit(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    for each in range(10):
        desk.fake.change(desk.fake.ticket(f"Ticket {each}"), comment=True, status="solved")
    assert desk.syncs().cases == 10
    statement = select(Audit.action).where(Audit.workspace_id == "T1", Audit.action.startswith("case."))
    with desk.deps.sessions.read("T1") as session:
        assert session.scalars(statement).all() == []


def test_whoever_signs_in_while_it_is_read_with_the_old_token_stays_signed_in(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    ticket = desk.fake.ticket("Refund")
    desk.passes()

    def changes_the_token(_: Any) -> None:
        if desk.fake.token != "another":
            desk.fake.token = "another"
            desk.connects("another")

    with pytest.raises(Overtaken):
        sync(desk.deps, "T1", CLOCK, "zendesk", progress=changes_the_token)
    assert (desk.connection.state, desk.told("helpdesk.failed")) == ("good", [])
    assert desk.syncs().done
    assert desk.case(ticket).title == "Refund"


def test_since_a_day_skips_nothing_that_was_not_read_yet(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    unread = desk.fake.ticket("Unread")
    desk.passes(60 * 24 * 3)
    began = desk.connection
    read_from(desk.deps, "T1", OPERATOR, "zendesk", desk.now)
    page = Page({"cursor": "of whoever had begun before"}, more=False)
    with pytest.raises(Overtaken):
        take_page(desk.deps, "T1", CLOCK, began, page, began.cursor)
    assert desk.syncs().done
    assert desk.case(unread).title == "Unread"
    missed = desk.fake.ticket("Missed")
    desk.passes(60 * 24 * 3)
    read_from(desk.deps, "T1", OPERATOR, "zendesk", desk.now)
    assert desk.syncs().done
    assert desk.case(missed).title == "Missed"


def test_connected_again_after_long_it_is_read_from_where_it_was_left(one_desk: ConnectionDesk) -> None:
    desk = one_desk
    known = desk.fake.ticket("Known")
    desk.syncs()
    disconnect(desk.deps, desk.caller("cora"), "zendesk")
    meanwhile = desk.fake.ticket("Meanwhile")
    desk.fake.change(known, priority="urgent")
    desk.passes(60 * 24 * 30)
    desk.connects()
    assert desk.syncs().done
    assert (desk.case(meanwhile).title, desk.case(known).priority) == ("Meanwhile", "urgent")


def test_a_case_that_goes_to_a_group_that_is_no_queue_here_leaves_its_queue(desk: ConnectionDesk) -> None:
    ticket = desk.fake.ticket("Refund")
    desk.syncs()
    assert desk.case(ticket).queue_id is not None
    desk.fake.change(ticket, group_id=92)
    desk.syncs()
    assert desk.case(ticket).queue_id is None
    (shown,) = connections_shown(desk.deps, desk.caller("cora"))
    assert shown.unknown_groups == ("Chat",)
    desk.fake.change(ticket, group_id=91)
    desk.syncs()
    assert desk.case(ticket).queue_id is not None
