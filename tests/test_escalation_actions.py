"""What is stored of escalations: by several people at once, and by messages that are none of ours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select, text

from bot.actions.cases_do import close as close_case
from bot.actions.cases_do import reopen
from bot.actions.cases_open import open_case
from bot.actions.cases_turn import CARD as CASE
from bot.actions.chase import ASK, MISSED, UP
from bot.actions.chase_turn import turn_all
from bot.actions.departures_duties import leave_duties
from bot.actions.escalations_answer import answer, ask_again, give_eta, inform, need_info, own
from bot.actions.escalations_ask import ask
from bot.actions.escalations_cards import CARD, NOTE
from bot.actions.escalations_close import close
from bot.actions.escalations_list import list_escalations
from bot.actions.escalations_route import reroute
from bot.actions.escalations_thread import Reply, hear, take_back
from bot.actions.promises import keep_draft, open_promise
from bot.actions.reliability import measured
from bot.domain import cases
from bot.domain.cases import CaseIsOver
from bot.domain.cases_new import NewCase
from bot.domain.escalations import Cause, NotOpen, OtherDepartment, Outcome, OwnedAlready
from bot.domain.permissions import OPERATOR, NotPermitted
from handlers.escalations_thread import hear_thread
from storage.tables import CaseWrite, Connection, Member
from tests.escalation_desk import BILLING, NOW, EscalationDesk
from tests.races import at_once

HOUR = timedelta(hours=1)


@pytest.fixture
def both(database_url: str, tmp_path: Path) -> Iterator[EscalationDesk]:
    desk = EscalationDesk(database_url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[EscalationDesk]:
    desk = EscalationDesk(sqlite_url, tmp_path)
    yield desk
    desk.close()


def test_of_two_who_own_it_at_once_one_does_and_the_other_learns_it(both: EscalationDesk) -> None:
    asked = both.asks()
    came = at_once(*(lambda name=name: own(both.deps, both.caller(name), asked) for name in ("ben", "dev")))
    assert sorted(type(each).__name__ for each in came) == ["OwnedAlready", "bool"]
    (told,) = [each for each in came if isinstance(each, OwnedAlready)]
    assert told.owner == both.row(asked).owner_id
    assert both.audited("escalation.owned") == 1


def test_a_form_and_a_reply_that_come_several_times_at_once_count_once(both: EscalationDesk) -> None:
    question = both.question()
    came = at_once(*[lambda: ask(both.deps, both.caller("ana"), question)] * 3)
    assert len({getattr(each, "escalation_id", None) for each in came}) == 1
    assert both.audited("escalation.asked") == 1
    asked = both.row(getattr(came[0], "escalation_id", uuid4())).id
    both.sent(CARD, BILLING, BILLING, "1.0")
    reply = Reply(BILLING, "1.0", "1.1", "U0BEN", "Soon")
    assert at_once(*[lambda: hear(both.deps, "T1", reply)] * 3) == [True] * 3
    assert len(both.messages(NOTE, "U0ANA")) == 1
    nonce = uuid4()
    came = at_once(*[lambda: answer(both.deps, both.caller("ben"), asked, nonce, "There")] * 3)
    assert came == [None] * 3
    assert both.audited("escalation.answered") == 1


def test_a_reply_in_the_case_reaches_the_department_that_waits_for_it(both: EscalationDesk) -> None:
    first, second = both.asks("Logistics"), both.asks("Billing")
    both.sent(CASE, "U0ANA", "D0ANA", "5.0")
    assert hear(both.deps, "T1", Reply("D0ANA", "5.0", "5.1", "U0ANA", "For the newest"))
    assert (len(both.messages(NOTE, BILLING)), len(both.messages(NOTE, "U0CARL"))) == (1, 0)
    need_info(both.deps, both.caller("carl"), first, uuid4(), "Which parcel?")
    assert hear(both.deps, "T1", Reply("D0ANA", "5.0", "5.2", "U0ANA", "The small one"))
    assert (len(both.messages(NOTE, BILLING)), len(both.messages(NOTE, "U0CARL"))) == (1, 1)
    assert (both.row(first).state, both.row(second).state) == ("owned", "asked")
    assert both.audited("escalation.informed") == 1


def test_only_an_answer_in_time_keeps_what_was_promised(desk: EscalationDesk) -> None:
    deps, ben, asked = desk.deps, desk.caller("ben"), desk.asks()
    give_eta(deps, ben, asked, NOW + HOUR)
    give_eta(deps, ben, asked, NOW + 2 * HOUR)
    give_eta(deps, ben, asked, NOW + 2 * HOUR)
    desk.now = NOW + 2 * HOUR + timedelta(microseconds=1)
    give_eta(deps, ben, asked, NOW + 4 * HOUR)
    desk.now = NOW + 4 * HOUR
    answer(deps, ben, asked, uuid4(), "Here")
    assert desk.etas() == ["taken back", "missed", "kept"]
    assert desk.row(asked).misses == 1


def test_the_case_waits_for_whoever_is_asked_and_is_the_teams_again_when_all_have_answered(
    desk: EscalationDesk,
) -> None:
    deps, billing, logistics = desk.deps, desk.asks("Billing"), desk.asks("Logistics")
    assert (desk.case().state, desk.case().waits_on_id) == ("on hold", desk.departments["Logistics"])
    answer(deps, desk.caller("carl"), logistics, uuid4(), "Sent")
    assert (desk.case().state, desk.case().waits_on_id) == ("on hold", desk.departments["Billing"])
    reroute(deps, desk.caller("ben"), billing, desk.departments["Logistics"], uuid4(), "")
    assert desk.case().waits_on_id == desk.departments["Logistics"]
    close(deps, desk.caller("ana"), billing, uuid4(), Outcome.NOT_NEEDED, Cause.CUSTOMER, "")
    assert (desk.case().state, desk.case().waits_on_id) == ("open", None)


def test_who_may_do_what_whatever_the_button(desk: EscalationDesk) -> None:
    deps, asked = desk.deps, desk.asks()
    with pytest.raises(OtherDepartment):
        own(deps, desk.caller("carl"), asked)
    with pytest.raises(NotPermitted):
        answer(deps, desk.caller("lea"), asked, uuid4(), "Maybe")
    with pytest.raises(NotPermitted):
        close(deps, desk.caller("ben"), asked, uuid4(), Outcome.FIXED, Cause.DATA, "")
    with pytest.raises(NotPermitted):
        inform(deps, desk.caller("ben"), asked, uuid4(), "It is blue")
    with pytest.raises(NotOpen):
        inform(deps, desk.caller("ana"), asked, uuid4(), "It is blue")
    reroute(deps, desk.caller("lea"), asked, desk.departments["Logistics"], uuid4(), "It is a parcel")
    with pytest.raises(OtherDepartment):
        own(deps, desk.caller("ben"), asked)
    own(deps, desk.caller("carl"), asked)
    close(deps, desk.caller("lea"), asked, uuid4(), Outcome.FIXED, Cause.DATA, "")
    with pytest.raises(NotOpen):
        own(deps, desk.caller("carl"), asked)


def test_a_reply_beside_a_card_of_a_department_that_has_left_it_goes_no_further(desk: EscalationDesk) -> None:
    asked = desk.asks()
    desk.sent(CARD, BILLING, BILLING, "1.0")
    reroute(desk.deps, desk.caller("ben"), asked, desk.departments["Logistics"], uuid4(), "")
    assert not hear(desk.deps, "T1", Reply(BILLING, "1.0", "1.1", "U0BEN", "Still here"))


def test_what_is_deleted_is_erased_and_not_read_again(desk: EscalationDesk) -> None:
    desk.asks()
    desk.sent(CARD, BILLING, BILLING, "1.0")
    hear(desk.deps, "T1", Reply(BILLING, "1.0", "1.1", "U0BEN", "Oops"))
    assert take_back(desk.deps, "T1", BILLING, "1.1")
    assert "Oops" not in str(desk.desk.everything()["note"])


def looked(desk: EscalationDesk, heard: dict[str, Any]) -> int:
    """How many questions a message costs that is none of ours."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(desk.deps.sessions.engine, "before_cursor_execute", note)
    assert not hear_thread(desk.deps, "T1", heard)
    event.remove(desk.deps.sessions.engine, "before_cursor_execute", note)
    return len([each for each in statements if each.lstrip().startswith("SELECT")])


def test_messages_that_are_none_of_ours_cost_one_look_at_an_index_at_most(both: EscalationDesk) -> None:
    both.asks()
    both.sent(CARD, BILLING, BILLING, "1.0")
    said: dict[str, Any] = {"type": "message", "channel": BILLING, "user": "U0BEN", "text": "Hi", "ts": "9.9"}
    reply = {**said, "thread_ts": "7.7"}
    assert looked(both, said) == 0
    assert looked(both, {**reply, "bot_id": "B1"}) == 0
    assert looked(both, {**reply, "subtype": "channel_join"}) == 0
    assert looked(both, {**said, "subtype": "message_changed", "message": said}) == 0
    assert looked(both, reply) == 1
    assert looked(both, {**said, "subtype": "message_changed", "message": reply}) == 1
    assert looked(both, {**said, "subtype": "message_deleted", "previous_message": reply}) == 1
    if both.deps.sessions.engine.dialect.name == "sqlite":
        with both.deps.sessions.read("T1") as session:
            plan = session.execute(
                text("EXPLAIN QUERY PLAN SELECT id FROM message WHERE workspace_id = 'T1' AND ts = '7.7'")
            )
            assert "ix_message_workspace_id_ts" in str(plan.all())


def test_of_a_mirrored_case_the_helpdesk_is_told_what_it_waits_for_and_what_was_said(desk: EscalationDesk) -> None:
    desk.desk.put(
        Connection(
            workspace_id="T1",
            kind="zendesk",
            address="https://acme.zendesk.com",
            secret=b"",
            options={},
            state="connected",
            connected_at=NOW,
        )
    )
    with desk.deps.sessions.write("T1") as session:
        mirrored = NewCase("Parcel", source="zendesk", external_id="35436", external_version="1")
        desk.case_id = open_case(session, desk.deps, OPERATOR, mirrored).id
    asked = desk.asks()
    desk.sent(CARD, BILLING, BILLING, "1.0")
    hear(desk.deps, "T1", Reply(BILLING, "1.0", "1.1", "U0BEN", "Soon"))
    answer(desk.deps, desk.caller("ben"), asked, uuid4(), "There")
    with desk.deps.sessions.read("T1") as session:
        rows = session.scalars(select(CaseWrite).where(CaseWrite.workspace_id == "T1").order_by(CaseWrite.number))
        written = [(row.kind, row.wanted, row.member_id) for row in rows]
    ana, ben = desk.desk.member("ana").id, desk.desk.member("ben").id
    assert written == [("state", {"state": "on hold"}, ana), ("note", {}, ben), ("state", {"state": "open"}, ben)]


def test_a_case_that_is_over_asks_nobody_until_it_is_opened_again(desk: EscalationDesk) -> None:
    deps, ana, ben, asked = desk.deps, desk.caller("ana"), desk.caller("ben"), desk.asks()
    give_eta(deps, ben, asked, NOW + 3 * HOUR)
    close_case(deps, ana, desk.case_id, uuid4(), cases.State.SOLVED)
    for hours in range(2, 30):
        desk.now = NOW + hours * HOUR
        turn_all(deps, "T1")
    assert desk.messages(ASK, BILLING) == desk.messages(MISSED, BILLING) == desk.messages(UP, BILLING) == []
    assert (desk.etas(), desk.row(asked).misses) == (["taken back"], 0)
    [shown] = list_escalations(deps, desk.caller("cora")).every
    assert (shown.over, shown.late, shown.next) == (True, False, None)
    with pytest.raises(CaseIsOver):
        desk.asks("Logistics")
    reopen(deps, ana, desk.case_id, uuid4(), by_mistake=False)
    desk.now += HOUR
    turn_all(deps, "T1")
    assert desk.messages(UP, BILLING) == []
    [shown] = list_escalations(deps, desk.caller("cora")).every
    assert shown.next
    assert shown.next.at > desk.now


def test_what_somebody_owned_who_is_no_longer_here_is_the_departments_again(desk: EscalationDesk) -> None:
    deps, asked = desk.deps, desk.asks()
    give_eta(deps, desk.caller("ben"), asked, NOW + 3 * HOUR)
    ben = desk.desk.member("ben").id
    for _ in range(2):
        with deps.sessions.write("T1") as session:
            leave_duties(session, deps, OPERATOR, session.get_one(Member, ("T1", ben)))
    row = desk.row(asked)
    assert (row.state, row.owner_id, row.eta_at, desk.etas()) == ("asked", None, None, ["taken back"])
    assert desk.audited("escalation.left") == 1
    own(deps, desk.caller("dev"), asked)


def test_an_answer_is_counted_for_who_gave_it_and_from_when_they_were_asked(desk: EscalationDesk) -> None:
    deps, asked, logistics = desk.deps, desk.asks(), desk.departments["Logistics"]
    answer(deps, desk.caller("ben"), asked, uuid4(), "It is a parcel")
    ask_again(deps, desk.caller("ana"), asked, uuid4(), "Where is it?")
    desk.now = NOW + HOUR
    reroute(deps, desk.caller("ben"), asked, logistics, uuid4(), "")
    row = desk.row(asked)
    assert (row.answer_id, row.answered_at, row.sent_at) == (None, None, desk.now)
    desk.now += HOUR
    answer(deps, desk.caller("carl"), asked, uuid4(), "In Hamburg")
    with deps.sessions.read("T1") as session:
        found, total = measured(session, NOW.date())
    assert (list(found), total.took) == ([logistics], (HOUR,))


def test_a_draft_follows_the_last_answer_unless_somebody_has_edited_it(desk: EscalationDesk) -> None:
    deps, ana, ben = desk.deps, desk.caller("ana"), desk.caller("ben")
    promised = replace(desk.question(), promised="News", promised_by=NOW + 20 * HOUR)
    asked = ask(deps, ana, promised).escalation_id
    promise_id = desk.row(asked).promise_id
    assert promise_id

    def draft() -> str | None:
        return open_promise(deps, ana, promise_id).draft

    answer(deps, ben, asked, uuid4(), "On Monday")
    assert "On Monday" in str(draft())
    ask_again(deps, ana, asked, uuid4(), "Which?")
    answer(deps, ben, asked, uuid4(), "On the 9th")
    assert "On the 9th" in str(draft())
    keep_draft(deps, ana, promise_id, uuid4(), "Dear customer")
    ask_again(deps, ana, asked, uuid4(), "Sure?")
    answer(deps, ben, asked, uuid4(), "Yes")
    assert draft() == "Dear customer"
