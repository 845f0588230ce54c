"""Who is reminded of a promise to a customer, once, and what ends it; without Slack."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.actions.absences import Report, report
from bot.actions.people import UnknownPerson
from bot.actions.promises import (
    NewPromise,
    confirm_promise,
    make_promise,
    move_promise,
    promise_form,
    take_promise_back,
    told,
)
from bot.actions.promises_turn import turn_promises
from bot.domain.absences import Kind as Absent
from bot.domain.cases import CaseIsOver, Kind, State
from bot.domain.intervals import Interval
from bot.domain.permissions import Actor, Grant, NotPermitted, Role
from bot.domain.promises import PromiseIsOver
from bot.domain.promises import State as Stands
from storage.cases import events_of
from storage.promises import promise_row
from storage.tables import Audit, CustomerPromise
from tests.actions.desk import account
from tests.nudge_desk import NudgeDesk


@pytest.fixture
def floor(database_url: str, tmp_path: Path) -> Iterator[NudgeDesk]:
    floor = NudgeDesk(database_url, tmp_path)
    floor.prefers(ops_channel="C0OPS", sla="all: resolution none")
    yield floor
    floor.deps.sessions.close()


def promised(floor: NudgeDesk, case_id: UUID, hour: int, *, day: int = 2, owner: str = "ana") -> UUID:
    due = datetime(2026, 11, day, hour, tzinfo=UTC)
    new = NewPromise(floor.deps.new_id(), case_id, due, "The refund & why", f"U0{owner.upper()}")
    return make_promise(floor.deps, floor.caller("ana"), new).id


def ticks(floor: NudgeDesk, hour: int, minute: int = 0, *, day: int = 2) -> list[str]:
    floor.at(hour, minute, day)
    turn_promises(floor.deps, "T1")
    return floor.turns()


def stands(floor: NudgeDesk, promise_id: UUID) -> CustomerPromise:
    with floor.deps.sessions.read("T1") as session:
        row = promise_row(session, promise_id)
        assert row
        return row


def test_its_owner_is_reminded_ahead_and_when_it_went_by_and_then_the_coordinators(floor: NudgeDesk) -> None:
    case_id = floor.opens("Refund")
    promise_id = promised(floor, case_id, 14)
    assert ticks(floor, 11, 59) == []
    (ahead,) = ticks(floor, 12)
    assert ahead.startswith("U0ANA: ")
    assert "was promised to hear by Mon, Nov 2, 14:00: “The refund &amp; why”" in ahead
    assert ticks(floor, 12, 1) == []
    (missed,) = ticks(floor, 14, 1)
    assert "was due Mon, Nov 2, 14:00, and they have not heard" in missed
    (nobody,) = ticks(floor, 15, 1)
    assert nobody.startswith("C0OPS: ")
    assert "A promise of <@U0ANA>" in nobody
    assert ticks(floor, 16, 30) == []
    assert stands(floor, promise_id).missed_at == datetime(2026, 11, 2, 14, tzinfo=UTC)
    told(floor.deps, floor.caller("ben"), promise_id, floor.deps.new_id(), "Hello …")
    assert stands(floor, promise_id).state == Stands.TOLD
    assert {each.ended for each in floor.nudges()} == {"again", "seen"}


def test_what_was_sent_in_time_is_kept_and_is_a_reply_on_the_case(floor: NudgeDesk) -> None:
    case_id = floor.opens("Refund")
    promise_id, nonce = promised(floor, case_id, 14), floor.deps.new_id()
    floor.at(11)
    for _ in range(2):
        shown = told(floor.deps, floor.caller("ana"), promise_id, nonce, "Hello …")
        assert shown.promise.kept is True
    with floor.deps.sessions.read("T1") as session:
        happened = [(row.kind, row.data.get("became")) for row in events_of(session, case_id)]
    assert happened[1:] == [("promise", "make"), ("promise", "keep"), ("message", None)]
    assert ticks(floor, 14, 30) == []
    (asked,) = ticks(floor, 11, day=5)
    assert "Has the customer of case 1, “Refund” confirmed what they were told?" in asked
    confirm_promise(floor.deps, floor.caller("ana"), promise_id)
    assert stands(floor, promise_id).state == Stands.CONFIRMED
    with pytest.raises(PromiseIsOver):
        take_promise_back(floor.deps, floor.caller("ana"), promise_id)


def test_a_promise_moved_in_time_is_due_at_its_new_time_and_may_be_somebody_elses(floor: NudgeDesk) -> None:
    promise_id = promised(floor, floor.opens("Refund"), 12)
    due = datetime(2026, 11, 2, 16, tzinfo=UTC)
    moved = move_promise(floor.deps, floor.caller("ana"), promise_id, floor.deps.new_id(), due, "U0LEA")
    assert (moved.promise.due_at, moved.promise.missed_at) == (due, None)
    (given,) = ticks(floor, 12, 30)
    assert given.startswith("U0LEA: The customer of case 1, “Refund” was promised to hear by Mon, Nov 2, 16:00")
    (ahead,) = ticks(floor, 14)
    assert ahead.startswith("U0LEA: ")
    with floor.deps.sessions.read("T1") as session:
        lines = session.scalars(select(Audit).where(Audit.workspace_id == "T1", Audit.action == "promise.move"))
        assert [(row.before or {}).get("due_at") for row in lines] == ["2026-11-02T12:00:00+00:00"]


def test_while_its_owner_is_away_whoever_has_the_case_hears_and_else_the_coordinators(floor: NudgeDesk) -> None:
    case_id = floor.opens("Refund")
    promised(floor, case_id, 14)
    promised(floor, floor.opens("Parcel"), 14)
    day = Interval(datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC))
    report(floor.deps, floor.caller("ana"), Report(floor.deps.new_id(), Absent.SICK, day, None))
    floor.happens(case_id, Kind.OWNER, name="lea", owner=str(floor.desk.member("lea").id))
    told_now = sorted(ticks(floor, 12))
    assert [each.partition(":")[0] for each in told_now] == ["C0OPS", "U0LEA"]
    assert "case 2, “Parcel”" in told_now[0]
    assert told_now[1].endswith("promise of <@U0ANA>")  # to her lead


def test_what_goes_by_at_night_is_told_to_the_coordinators_and_in_the_morning_to_its_owner(
    floor: NudgeDesk,
) -> None:
    floor.rests("ana", 20, 8)
    promised(floor, floor.opens("Refund"), 3, day=3)
    assert ticks(floor, 1, day=3) == ticks(floor, 3, 1, day=3) == []
    (desk,) = ticks(floor, 4, day=3)
    assert desk.startswith("C0OPS: A promise of <@U0ANA>")
    (owner,) = ticks(floor, 8, day=3)
    assert owner.startswith("U0ANA: A promise to the customer of case 1, “Refund” was due Tue, Nov 3, 03:00")
    assert owner.endswith(" · your promise")


def test_while_its_owner_is_not_at_work_a_lead_who_is_hears_that_a_customer_waits(floor: NudgeDesk) -> None:
    promised(floor, floor.opens("Refund", owner=None), 14, owner="ben")
    assert [each.partition(":")[0] for each in ticks(floor, 10, 1)] == ["U0BEN"]  # it was given to him
    (said,) = ticks(floor, 12)
    assert said.startswith("U0MAX: ")
    assert said.endswith("promise of <@U0BEN>")


def test_only_somebody_who_works_on_the_floor_sees_to_a_promise(floor: NudgeDesk) -> None:
    line = "lars@example.com,Lars,contact,,UTC,Billing"
    text = f"email,name,role,team,timezone,department\n{line}\n"
    floor.desk.people(text, [account("lars", time_zone="UTC")])
    promise_id = promised(floor, floor.opens("Refund"), 14)
    due = datetime(2026, 11, 2, 16, tzinfo=UTC)
    with pytest.raises(UnknownPerson):
        promised(floor, floor.opens("Parcel"), 14, owner="lars")
    with pytest.raises(UnknownPerson):
        move_promise(floor.deps, floor.caller("ana"), promise_id, floor.deps.new_id(), due, "U0LARS")


def test_nothing_is_promised_for_a_case_that_is_closed(floor: NudgeDesk) -> None:
    case_id = floor.opens("Refund")
    floor.happens(case_id, Kind.STATE, state=State.CLOSED)
    with pytest.raises(CaseIsOver):
        promised(floor, case_id, 14)
    with pytest.raises(CaseIsOver):
        promise_form(floor.deps, floor.caller("ana"), case_id)


def test_a_promise_ends_with_its_case(floor: NudgeDesk) -> None:
    case_id = floor.opens("Refund")
    promise_id = promised(floor, case_id, 14)
    floor.happens(case_id, Kind.STATE, state=State.CLOSED)
    assert ticks(floor, 11) == []
    assert stands(floor, promise_id).state == Stands.TAKEN_BACK
    assert ticks(floor, 16) == []


def test_who_has_no_role_on_the_floor_promises_nothing(floor: NudgeDesk) -> None:
    case_id = floor.opens("Refund")
    contact = Actor(floor.caller("ana").actor.member_id, (Grant(Role.CONTACT),))
    new = NewPromise(floor.deps.new_id(), case_id, datetime(2026, 11, 3, tzinfo=UTC), "The refund", "U0ANA")
    with pytest.raises(NotPermitted):
        make_promise(floor.deps, replace(floor.caller("ana"), actor=contact), new)
    assert ticks(floor, 16) == []
